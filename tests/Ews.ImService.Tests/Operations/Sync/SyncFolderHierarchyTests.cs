using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Tests.Control;
using Ews.ImService.Tests.Operations.Folders;

namespace Ews.ImService.Tests.Operations.Sync;

public sealed class SyncFolderHierarchyTests
{
    private const string InvalidState = "Synchronization state data is corrupt or otherwise invalid.";

    [Fact]
    public async Task The_first_synchronization_returns_all_folders_below_the_root_parents_first()
    {
        await using var service = await TestService.StartAsync();
        var team = await CreateAsync(service, "contacts", "Team");

        var response = (await service.PostAsync(EwsRequest.SyncFolderHierarchy(null, baseShape: "AllProperties"))).Should().Succeed();

        response.Value("IncludesLastFolderInRange").Should().Be("true");
        var folders = response.All("Changes").Single().Elements().Select(change => change.Elements().Single()).ToList();
        response.All("Changes").Single().Elements().Should().OnlyContain(change => change.Name.LocalName == "Create");
        var ids = folders.ConvertAll(folder => Id(folder, "FolderId"));
        ids.Should().HaveCount(MailboxFolder.WellKnown.Length - 1 + 1, "the root is not in its own hierarchy").And.OnlyHaveUniqueItems();
        ids.Should().Contain(team);
        var root = (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId("root")))).Id("FolderId");
        folders.Should().OnlyContain(folder =>
            Id(folder, "ParentFolderId") == root || ids.IndexOf(Id(folder, "ParentFolderId")) < ids.IndexOf(Id(folder, "FolderId")));
        folders.Select(folder => Text(folder, "DistinguishedFolderId")).Should().Contain(["inbox", "quickcontacts", "imcontactlist"]);
    }

    [Fact]
    public async Task Later_synchronizations_return_the_folders_that_were_created_changed_and_deleted()
    {
        await using var service = await TestService.StartAsync();
        var (kept, renamed, deleted) = (
            await CreateAsync(service, "contacts", "Kept"),
            await CreateAsync(service, "contacts", "Renamed"),
            await CreateAsync(service, "inbox", "Deleted"));
        var child = await CreateAsync(service, deleted, "Child");
        var before = await SyncAsync(service, null);

        await RenameAsync(service, renamed, "Once");
        await RenameAsync(service, renamed, "Twice");
        await service.PostAsync(EwsRequest.TransferFolder("MoveFolder", "contacts", child));
        await service.PostAsync(EwsRequest.DeleteFolder(deleted));
        var created = await CreateAsync(service, kept, "Created");
        await RenameAsync(service, created, "Also created");
        await service.PostAsync(EwsRequest.DeleteFolder(await CreateAsync(service, "inbox", "Gone")));
        var after = await SyncAsync(service, null, before.State);

        after.Changes.Should().Equal(
            $"Update {child}", $"Create {created}", $"Update {renamed}", $"Delete {deleted}");
        (await SyncAsync(service, null, before.State)).Changes.Should().Equal(after.Changes, "a state can be used again");
        (await SyncAsync(service, null, after.State)).Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_folder_that_leaves_the_hierarchy_is_deleted_with_its_subfolders_and_one_that_enters_it_is_created_with_them()
    {
        await using var service = await TestService.StartAsync();
        var (parent, child, _) = await DeleteFolderTests.CreateAsync(service);
        var (contacts, inbox, all) =
            (await SyncAsync(service, "contacts"), await SyncAsync(service, "inbox"), await SyncAsync(service, "root"));

        await service.PostAsync(EwsRequest.TransferFolder("MoveFolder", "inbox", parent));

        (await SyncAsync(service, "contacts", contacts.State)).Changes.Should().BeEquivalentTo($"Delete {parent}", $"Delete {child}");
        (await SyncAsync(service, "inbox", inbox.State)).Changes.Should().Equal($"Create {parent}", $"Create {child}");
        (await SyncAsync(service, "root", all.State)).Changes.Should().Equal($"Update {parent}");
    }

    [Fact]
    public async Task A_deleted_folder_is_deleted_with_its_subfolders()
    {
        await using var service = await TestService.StartAsync();
        var (parent, child, _) = await DeleteFolderTests.CreateAsync(service);
        var before = await SyncAsync(service, null);

        await service.PostAsync(EwsRequest.DeleteFolder(parent));

        (await SyncAsync(service, null, before.State)).Changes.Should().BeEquivalentTo($"Delete {parent}", $"Delete {child}");
    }

    [Fact]
    public async Task A_copied_folder_is_created()
    {
        await using var service = await TestService.StartAsync();
        var (parent, _, _) = await DeleteFolderTests.CreateAsync(service);
        var before = await SyncAsync(service, null);

        var copy = (await service.PostAsync(EwsRequest.TransferFolder("CopyFolder", "inbox", parent))).Should().Succeed().Id("FolderId");

        var changes = (await SyncAsync(service, null, before.State)).Changes;
        changes.Should().HaveCount(2).And.OnlyContain(change => change.StartsWith("Create", StringComparison.Ordinal));
        changes[0].Should().Be($"Create {copy}");
    }

    [Fact]
    public async Task Changes_of_the_content_of_folders_are_not_changes_of_the_hierarchy()
    {
        await using var service = await TestService.StartAsync();
        var before = await SyncAsync(service, null);

        await service.AddGroupAsync("Team");
        await service.AddContactAsync("ben@contoso.com");

        (await SyncAsync(service, null, before.State)).Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Hidden_folders_have_the_extended_property()
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(EwsRequest.SyncFolderHierarchy(
            "contacts", additional: "<t:ExtendedFieldURI PropertyTag='4340' PropertyType='Boolean'/>"))).Should().Succeed();

        response.All("ExtendedProperty").Should().NotBeEmpty();
        response.All("Value").Should().OnlyContain(value => value.Value == "true");
    }

    [Fact]
    public async Task A_state_of_another_scope_operation_mailbox_or_log_is_invalid()
    {
        await using var service = await TestService.StartAsync();
        var state = (await SyncAsync(service, null)).State;
        var items = (await service.PostAsync(EwsRequest.SyncFolderItems("contacts"))).Value("SyncState");
        var contacts = (await SyncAsync(service, "contacts")).State;

        await InvalidAsync(null, (await SyncAsync(service, "root")).State);
        await InvalidAsync("root", state);
        await InvalidAsync("inbox", contacts);
        await InvalidAsync("contacts", items);
        await InvalidAsync(null, "AAAA");
        await InvalidAsync(null, state[..^4]);
        (await service.PostAsync(EwsRequest.SyncFolderItems("contacts", contacts))).Should()
            .BeError("ErrorInvalidSyncStateData", InvalidState);
        using var reset = await service.SendAsync("POST", "/reset");
        await InvalidAsync(null, state);

        async Task InvalidAsync(string? folder, string syncState)
        {
            var response = await service.PostAsync(EwsRequest.SyncFolderHierarchy(folder, syncState));
            response.Should().BeError("ErrorInvalidSyncStateData", InvalidState);
            response.Messages().Single().Elements().Select(element => $"{element.Name.LocalName}={element.Value}").TakeLast(2)
                .Should().Equal("SyncState=", "IncludesLastFolderInRange=true");
        }
    }

    [Fact]
    public async Task An_unknown_folder_is_not_found()
    {
        await using var service = await TestService.StartAsync();
        var folder = await CreateAsync(service, "contacts", "Team");
        var state = (await SyncAsync(service, folder)).State;
        await service.PostAsync(EwsRequest.DeleteFolder(folder));

        (await service.PostAsync(EwsRequest.SyncFolderHierarchy(folder, state))).Should()
            .BeError("ErrorSyncFolderNotFound", "The folder to be synchronized could not be found.");
        (await service.PostAsync(EwsRequest.SyncFolderHierarchy("archiveroot"))).Codes().Should().Equal("ErrorSyncFolderNotFound");
    }

    private static async Task<string> CreateAsync(TestService service, string parent, string name) =>
        (await service.PostAsync(EwsRequest.CreateFolder(parent, UpdateFolderTests.Folder(name)))).Should().Succeed().Id("FolderId");

    private static async Task RenameAsync(TestService service, string folder, string name) => (await service.PostAsync(
        EwsRequest.UpdateFolder(
            folder,
            "<t:SetFolderField><t:FieldURI FieldURI='folder:DisplayName'/>"
            + $"<t:ContactsFolder><t:DisplayName>{name}</t:DisplayName></t:ContactsFolder></t:SetFolderField>"))).Should().Succeed();

    private static async Task<(string State, List<string> Changes)> SyncAsync(TestService service, string? folder, string? state = null)
    {
        var response = (await service.PostAsync(EwsRequest.SyncFolderHierarchy(folder, state))).Should().Succeed();
        var changes = response.All("Changes").Single().Elements()
            .Select(change => (change.Name.LocalName, Id: change.Descendants().First(one => one.Name.LocalName == "FolderId")))
            .Select(change => $"{change.LocalName} {change.Id.Attribute("Id")!.Value}")
            .ToList();
        return (response.Value("SyncState"), changes);
    }

    private static string Id(XElement folder, string element) =>
        folder.Elements().Single(one => one.Name.LocalName == element).Attribute("Id")!.Value;

    private static string? Text(XElement folder, string element) =>
        folder.Elements().SingleOrDefault(one => one.Name.LocalName == element)?.Value;
}
