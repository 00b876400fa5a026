using System.Diagnostics;
using Ews.ImService.Commands;

namespace Ews.ImService.Tests.Commands.Documentation;

public sealed class ManPageTests
{
    private static readonly string PageFile = GeneratedFile.PathOf("man/ews-im.1");

    /// <summary>Set UPDATE_DOCS=1 to write the page.</summary>
    [Fact]
    public void The_manual_page_matches_the_declarations() => GeneratedFile.Verify("man/ews-im.1", ManPage.Write());

    [Fact]
    public async Task The_manual_page_is_formatted_without_warnings()
    {
        foreach (var (program, arguments) in new[]
        {
            ("mandoc", new[] { "-T", "lint", "-W", "warning", PageFile }),
            ("groff", ["-man", "-Tutf8", "-ww", "-z", PageFile]),
            ("man", ["--warnings", "-l", "-P", "cat", PageFile]),
        })
        {
            if (!IsInstalled(program))
                continue;

            var (output, errors) = await RunAsync(program, arguments);

            errors.Should().BeEmpty($"{program} reads the page");
            if (program == "man")
            {
                output.Should().Contain("EXIT STATUS").And.Contain("faults add KIND").And.Contain("--back-off-milliseconds number");
                output.Should().NotContain(@"\-").And.NotContain(@"\fI");
            }
            else
            {
                // The page has no date, so that it changes only with the declarations.
                output.Split('\n').Should().OnlyContain(line => line.Length == 0 || line.Contains("missing date"), $"of {program}");
            }
        }
    }

    [Fact]
    public void The_manual_page_contains_every_command_option_and_example()
    {
        var page = File.ReadAllText(PageFile).Replace(@"\-", "-").Replace(@"\(aq", "'").Replace(@"\(ti", "~");

        foreach (var command in CommandTable.All)
        {
            page.Should().Contain($"\n.SS \"{command.Name}");
            command.Examples.Should().OnlyContain(example => page.Contains($"\n{example.Line}\n"));
            foreach (var setting in command.Options.SelectMany(group => group.Settings))
            {
                var name = setting.IsOfCommand || setting.ShortValue == "true" ? setting.ShortName! : "--" + setting.Key;
                page.Should().Contain($"\n.BR {name}");
            }
        }
    }

    private static bool IsInstalled(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<(string Output, string Errors)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MAN_KEEP_FORMATTING"] = "";
        start.Environment["MANWIDTH"] = "120";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (output, await errors);
    }
}
