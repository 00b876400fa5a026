using System.Text.Json;
using Ews.ImService.Commands;
using Ews.ImService.Commands.Faults;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Tests.Commands;

/// <summary>The commands have an option for each parameter of the control API.</summary>
public sealed class ClientOptionCoverageTests
{
    [Fact]
    public void Every_property_of_a_fault_rule_is_an_option_of_faults_add()
    {
        var options = OptionsOf("faults add");
        var properties = ContractJson.Default.FaultRule.Properties.Select(property => property.Name)
            .Except(["kind", "matched", "triggered"]);

        properties.Select(FaultOptions.NameOf).Should().BeSubsetOf(options);
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("tail")]
    public void Every_filter_of_the_journal_is_an_option(string command)
    {
        var filters = typeof(JournalFilter).GetProperties().Select(property => property.Name);

        filters.Select(name => "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(name)).Should().BeSubsetOf(OptionsOf(command));
    }

    private static IEnumerable<string?> OptionsOf(string command) =>
        CommandTable.Find(command.Split(' ')).Command!.Options.SelectMany(group => group.Settings).Select(setting => setting.ShortName);
}
