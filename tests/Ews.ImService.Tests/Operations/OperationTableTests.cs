using System.Runtime.CompilerServices;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Operations.Personas;

namespace Ews.ImService.Tests.Operations;

public sealed class OperationTableTests
{
    /// <summary>The table as the service has it; what its operations would work on is not there.</summary>
    internal static OperationTable Table { get; } = new(null!, new PersonaXml(PersonaProfile.BySpelling), AddressList.Empty, null!, TimeProvider.System);

    [Fact]
    public void Every_operation_has_a_name_that_Exchange_knows()
    {
        Table.All.Select(operation => operation.Name).Should().Equal(
            "AddImGroup", "SetImGroup", "RemoveImGroup",
            "AddImContactToGroup", "AddNewImContactToGroup", "AddNewTelUriContactToGroup", "RemoveImContactFromGroup", "RemoveContactFromImList",
            "AddDistributionGroupToImList", "RemoveDistributionGroupFromImList",
            "GetImItemList", "GetImItems", "SetImListMigrationCompleted", "GetPersona", "FindPeople", "GetUserPhoto",
            "CreateItem", "GetItem", "UpdateItem", "DeleteItem", "FindItem", "GetFolder", "FindFolder",
            "ResolveNames", "ConvertId", "GetServerTimeZones");
        Table.All.Select(operation => operation.Name).Should().BeSubsetOf(ExchangeOperationNames.All);
    }

    /// <summary>Run with UPDATE_DOCS=1 to write the page anew.</summary>
    [Fact]
    public void The_page_of_operations_in_docs_is_what_the_table_says()
    {
        var page = OperationsPage.Write(Table);

        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(DocsPage(), page);

        File.ReadAllText(DocsPage()).Should().Be(page);
    }

    [Theory]
    [InlineData("Exchange2007", new[] { "CreateItem", "GetItem", "UpdateItem", "DeleteItem", "FindItem", "GetFolder", "FindFolder", "ResolveNames" })]
    [InlineData("Exchange2007_SP1", new[] { "ConvertId" })]
    [InlineData("Exchange2010", new[] { "GetServerTimeZones" })]
    public void Operations_older_than_the_Unified_Contact_Store_are_in_the_versions_that_had_them(string version, string[] operations) =>
        Table.All.Where(operation => operation.SinceVersion == version).Select(operation => operation.Name).Should().Equal(operations);

    private static string DocsPage([CallerFilePath] string testFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(testFile)!, "../../../docs/operations.md"));
}
