using System.Text.RegularExpressions;
using Ews.ImService.Mailbox;
using Ews.ImService.Tests.Commands.Documentation;

namespace Ews.ImService.Tests.Control.Seeds;

public sealed partial class ContactPropertyTableTests
{
    [Fact]
    public void The_page_lists_all_properties_of_contacts()
    {
        var page = File.ReadAllText(GeneratedFile.PathOf("control-api.md"));
        var section = page.Split("### Properties of contacts")[1].Split("\n## ")[0];
        var rows = section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) && !line.Contains("property |"));

        rows.SelectMany(PathsOf).Should().BeEquivalentTo(ContactProperty.All.Select(property => property.Path));
    }

    private static IEnumerable<string> PathsOf(string row)
    {
        var cells = row.Split('|');
        var keys = NamesIn(cells[2]).ToList();
        return NamesIn(cells[1]).SelectMany(
            name => name.EndsWith(":KEY", StringComparison.Ordinal) ? keys.Select(key => name[..^"KEY".Length] + key) : [name]);
    }

    private static IEnumerable<string> NamesIn(string cell) => Name().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
