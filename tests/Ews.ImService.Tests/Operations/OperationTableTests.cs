using System.Runtime.CompilerServices;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Operations.ImList;
using Ews.ImService.Protocol.Operations.Notifications;
using Ews.ImService.Protocol.Operations.Personas;

namespace Ews.ImService.Tests.Operations;

public sealed class OperationTableTests
{
    [Fact]
    public void The_name_of_every_entry_is_that_of_its_class_and_an_operation_of_Exchange()
    {
        var names = OperationTable.Entries.Select(entry => entry.Name).ToList();

        CreateTable().All.Select(operation => operation.Name).Should().Equal(names);
        names.Should().OnlyHaveUniqueItems().And.BeSubsetOf(ExchangeOperationNames.All);
    }

    [Fact]
    public void Every_operation_is_in_the_table() =>
        typeof(OperationTable).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(EwsOperation)) && !type.IsAbstract)
            .Select(type => type.Name).Should().BeEquivalentTo(OperationTable.Entries.Select(entry => entry.Name));

    [Theory]
    [InlineData(
        "Exchange2007",
        "CreateItem GetItem UpdateItem DeleteItem MoveItem CopyItem FindItem GetFolder FindFolder CreateFolder UpdateFolder DeleteFolder "
        + "MoveFolder CopyFolder SyncFolderHierarchy SyncFolderItems "
        + "Subscribe Unsubscribe GetEvents ResolveNames ExpandDL CreateAttachment GetAttachment DeleteAttachment "
        + "GetUserAvailability GetUserOofSettings SetUserOofSettings")]
    [InlineData("Exchange2007_SP1", "ConvertId GetDelegate")]
    [InlineData("Exchange2010", "GetServerTimeZones GetUserConfiguration")]
    [InlineData("Exchange2010_SP1", "EmptyFolder GetStreamingEvents GetPasswordExpirationDate")]
    public void Operations_older_than_the_Unified_Contact_Store_are_available_since_their_own_version(string version, string operations) =>
        CreateTable().All.Where(operation => operation.SinceVersion == version).Select(operation => operation.Name)
            .Should().Equal(operations.Split(' '));

    /// <remarks>Run with UPDATE_DOCS=1 to write the page.</remarks>
    [Fact]
    public void The_page_of_operations_matches_the_table()
    {
        var page = OperationsPage.Write(CreateTable());

        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(PagePath(), page);

        File.ReadAllText(PagePath()).Should().Be(page);
    }

    private static OperationTable CreateTable()
    {
        var accounts = new AccountDirectory([], autoCreate: true, new ImpersonationRights([]));
        return new OperationTable(new OperationServices(
            null!,
            AddressList.Empty,
            accounts,
            new FolderIds(accounts),
            new PersonaXml(default),
            new ImItemListCache(new EwsOptions(), null!),
            new EventConnectionServices(null!, null!),
            new PushServices(null!, null!, null!, null!, new EwsOptions(), null!, null!, () => default),
            TimeProvider.System,
            null!));
    }

    private static string PagePath([CallerFilePath] string testFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(testFile)!, "../../../docs/operations.md"));
}
