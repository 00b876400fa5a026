namespace Ews.ImService.Tests.Commands.Documentation;

public sealed class CommandPageTests
{
    /// <summary>Set UPDATE_DOCS=1 to write the page.</summary>
    [Fact]
    public void The_page_of_commands_matches_the_declarations() => GeneratedFile.Verify("command-line.md", CommandPage.Write());
}
