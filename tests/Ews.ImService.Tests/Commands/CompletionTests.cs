using System.Diagnostics;
using Ews.ImService.Commands;
using Ews.ImService.Commands.Completion;

namespace Ews.ImService.Tests.Commands;

/// <summary>The completion scripts, in the shells that are installed: tests of others are skipped. bash is required.</summary>
public sealed class CompletionTests : IDisposable
{
    private const string BashDriver = """
        source "$1"
        set -eu
        COMP_LINE=$2 COMP_POINT=${#2}
        _ews_im
        [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
        """;

    /// <summary>Replaces the functions that need an interactive shell by functions that print the candidates.</summary>
    private const string ZshDriver = """
        compdef() { :; }
        compadd() { shift; print -rl -- "$@"; }
        compset() { current=${current#*=}; }
        _files() { print -r -- files; }
        _describe() { print -rl -- "${(@P)argv[-1]}"; }
        source "$1"
        words=("${(@s: :)2}")
        CURRENT=$#words
        _ews-im || true
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("ews-im fau", "faults")]
    [InlineData("ews-im faults ", "add|delete")]
    [InlineData("ews-im faults add s", "serverBusy|soapFault|slowBody")]
    [InlineData("ews-im faults add serverBusy --ba", "--back-off-milliseconds")]
    [InlineData("ews-im journal --state ", "arrived|answered|failed")]
    [InlineData("ews-im journal --state=an", "answered")]
    [InlineData("ews-im --url", "--urls|--url-file")]
    [InlineData("ews-im serve --Log:Level D", "Debug")]
    [InlineData("ews-im --Https:Names:", "0")]
    [InlineData("ews-im --Limits:MaxGr", "MaxGroups")]
    [InlineData("ews-im clock freeze --js", "--json")]
    [InlineData("ews-im clock freeze ", "")]
    [InlineData("ews-im completion ", "bash|zsh|fish|powershell")]
    [InlineData("ews-im journal --realm ", "")]
    [InlineData("ews-im nothing ", "")]
    public async Task Bash_completes(string line, string expected) =>
        (await RunAsync("bash", BashDriver, line)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should().BeEquivalentTo(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task Bash_completes_every_command_and_option()
    {
        foreach (var command in CommandTable.All)
        {
            var options = await RunAsync("bash", BashDriver, $"ews-im {command.Name} -");
            var missing = command.Options.SelectMany(group => group.Settings)
                .Where(setting => setting.ShortName is not null && !options.Split('\n').Contains(setting.ShortName));

            options.Should().Contain("--help\n");
            missing.Should().BeEmpty();
        }
    }

    [InstalledTheory("fish")]
    [InlineData("ews-im faults ", "add|delete")]
    [InlineData("ews-im faults add s", "serverBusy|soapFault|slowBody")]
    [InlineData("ews-im journal --state ", "arrived|answered|failed")]
    [InlineData("ews-im --Limits:MaxGr", "--Limits:MaxGroups")]
    [InlineData("ews-im clock freeze --js", "--json")]
    [InlineData("ews-im nothing ", "")]
    public async Task Fish_completes(string line, string expected)
    {
        (await RunAsync("fish", "source $argv[1]; complete -C $argv[2]", line)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(candidate => candidate.Split('\t')[0])
            .Should().BeEquivalentTo(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [InstalledTheory("zsh")]
    [InlineData("ews-im ser", "serve")]
    [InlineData("ews-im faults ", "add|delete")]
    [InlineData("ews-im faults add s", "serverBusy|soapFault|slowBody")]
    [InlineData("ews-im journal --state ", "arrived|answered|failed")]
    [InlineData("ews-im journal --state=an", "arrived|answered|failed")]
    [InlineData("ews-im --Limits:MaxGr", "--Limits:MaxGroups")]
    [InlineData("ews-im clock freeze --js", "--json")]
    [InlineData("ews-im --db ", "files")]
    [InlineData("ews-im seed ", "files")]
    [InlineData("ews-im nothing ", "")]
    public async Task Zsh_completes(string line, string expected)
    {
        var word = line[(line.LastIndexOf(' ') + 1)..];
        (await RunAsync("zsh", ZshDriver, line)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(candidate => candidate.Replace("\\:", ";").Split(':')[0].Replace(';', ':'))
            .Where(candidate => word.Contains('=') || candidate.StartsWith(word, StringComparison.Ordinal))
            .Should().BeEquivalentTo(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_PowerShell_script_contains_every_option_and_value_as_a_literal()
    {
        var script = PowerShellCompletion.Write(CompletedCommand.All());

        script.Should().Contain("'serve --Log:Level' = @(").And.Contain(",@('serverBusy', 'serverBusy')");
        var settings = CommandTable.All.SelectMany(command => command.Options).SelectMany(group => group.Settings);
        foreach (var setting in settings.Where(setting => !setting.Key.EndsWith("...", StringComparison.Ordinal)))
            script.Should().Contain($",@('{setting.ShortName ?? "--" + setting.KeyWithIndexesOf("")}', '");
        script.Count(c => c == '(').Should().Be(script.Count(c => c == ')'));
    }

    [InstalledFact("pwsh")]
    public async Task PowerShell_parses_the_script()
    {
        const string Driver = """
            $errors = $null
            [void][Management.Automation.Language.Parser]::ParseFile($args[0], [ref]$null, [ref]$errors)
            $errors.Count
            """;
        var driver = _directory.File("driver.ps1");
        File.WriteAllText(driver, Driver);

        (await RunAsync("powershell", driver)).Trim().Should().Be("0");
    }

    /// <summary>Writes the script of a shell to a file, and runs a driver with the file and further arguments.</summary>
    private async Task<string> RunAsync(string shell, string driver, params string[] arguments)
    {
        var script = _directory.File("script");
        var printed = await ServiceProcess.RunAsync(_directory, ["completion", shell]);
        printed.Should().Match<(int ExitCode, string Output, string Errors)>(result => result.ExitCode == 0 && result.Errors == "");
        File.WriteAllText(script, printed.Output);
        string[] beginning = shell switch
        {
            "fish" => ["-c", driver],
            "powershell" => ["-NoProfile", "-File", driver],
            _ => ["-c", driver, shell],
        };
        var start = new ProcessStartInfo(shell == "powershell" ? "pwsh" : shell, [.. beginning, script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory.Path,
        };
        start.Environment["HOME"] = _directory.Path;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync();
        (await errors).Should().BeEmpty();
        return output;
    }
}
