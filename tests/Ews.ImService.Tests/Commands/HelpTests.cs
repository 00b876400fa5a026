using Ews.ImService.Commands;

namespace Ews.ImService.Tests.Commands;

public sealed class HelpTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Names => new(CommandTable.All.Select(command => command.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_help_of_a_command_contains_its_own_options_and_no_others(string name)
    {
        var command = CommandTable.Find(name.Split(' ')).Command!;
        var own = command.Options.SelectMany(group => group.Settings).ToList();
        var others = CommandTable.All.SelectMany(other => other.Options).SelectMany(group => group.Settings).Except(own);

        var help = HelpText.Of(command);

        help.Should().Contain(command.Summary).And.Contain("ews-im " + name);
        own.Should().NotContain(setting => !help.Contains("--" + setting.Key + " ") && !help.Contains(setting.ShortName + " "));
        others.Should().NotContain(setting => help.Contains("--" + setting.Key + " "));
        help.Split('\n').Should().OnlyContain(line => line.Length <= 118);
    }

    [Fact]
    public async Task Help_is_shown_without_creating_a_file()
    {
        var overview = await ServiceProcess.RunAsync(_directory, ["--help"]);

        overview.ExitCode.Should().Be(0);
        foreach (var command in CommandTable.All)
            overview.Output.Should().Contain(command.Name).And.Contain(command.Summary);
        (await ServiceProcess.RunAsync(_directory, ["help"])).Should().Be(overview);
        var seed = (0, HelpText.Of(CommandTable.Find(["seed"]).Command!) + "\n", "");
        (await ServiceProcess.RunAsync(_directory, ["help", "seed"])).Should().Be(seed);
        (await ServiceProcess.RunAsync(_directory, ["seed", "--export", "-h"])).Should().Be(seed);
        Directory.EnumerateFileSystemEntries(_directory.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task The_version_is_a_number() =>
        (await ServiceProcess.RunAsync(_directory, ["--version"])).Output.Trim().Should().MatchRegex(@"^\d+\.\d+\.\d+$");
}
