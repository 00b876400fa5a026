using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Settings;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations.Sync;

public sealed class SyncFolderItemsTests
{
    private const string InvalidState = "Synchronization state data is corrupt or otherwise invalid.";

    [Fact]
    public async Task The_first_synchronization_returns_all_items_of_the_folder_newest_first()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");
        var (ben, cleo) = (await service.AddContactAsync("ben@contoso.com"), await service.AddContactAsync("cleo@contoso.com"));
        var zoe = await CreateAsync(service, "Zoe");

        var contacts = await SyncAsync(service, "contacts");
        var quickContacts = await SyncAsync(service, "quickcontacts");
        var groups = await service.PostAsync(EwsRequest.SyncFolderItems("imcontactlist", baseShape: "Default"));

        contacts.Changes.Should().Equal($"Create Contact {zoe}");
        quickContacts.Changes.Should().Equal($"Create Contact {cleo}", $"Create Contact {ben}");
        groups.Should().Succeed().All("DistributionList").Elements().Where(element => element.Name.LocalName == "DisplayName")
            .Select(name => name.Value).Should().Equal("Team", "Favorites", "Tagged", "Other Contacts");
        new[] { contacts, quickContacts }.Should().OnlyContain(sync => sync.IsComplete);
    }

    [Fact]
    public async Task An_empty_folder_returns_no_changes_and_a_state()
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(EwsRequest.SyncFolderItems("contacts"))).Should().Succeed();

        response.All("Changes").Should().ContainSingle().Which.IsEmpty.Should().BeTrue();
        response.Value("SyncState").Should().NotBeEmpty();
        response.Value("IncludesLastItemInRange").Should().Be("true");
    }

    [Fact]
    public async Task A_moved_item_is_deleted_in_one_folder_and_created_in_the_other_and_a_copied_one_is_created()
    {
        await using var service = await TestService.StartAsync();
        var (zoe, yara) = (await CreateAsync(service, "Zoe"), await CreateAsync(service, "Yara"));
        var (contacts, deleted) = (await SyncAsync(service, "contacts"), await SyncAsync(service, "deleteditems"));

        var moved = (await service.PostAsync(EwsRequest.TransferItem("MoveItem", "deleteditems", [zoe]))).Should().Succeed().Id("ItemId");
        var copy = (await service.PostAsync(EwsRequest.TransferItem("CopyItem", "deleteditems", [yara]))).Should().Succeed().Id("ItemId");

        (await SyncAsync(service, "contacts", contacts.State)).Changes.Should().Equal($"Delete {zoe}");
        (await SyncAsync(service, "deleteditems", deleted.State)).Changes
            .Should().Equal($"Create Contact {moved}", $"Create Contact {copy}");
    }

    [Fact]
    public async Task Elements_that_only_the_specification_describes_are_ignored()
    {
        await using var service = await TestService.StartAsync();
        var zoe = await CreateAsync(service, "Zoe");
        const string End = "</m:MaxChangesReturned>";
        var request = EwsRequest.SyncFolderItems("contacts").Replace(
            End,
            End + "<m:SyncScope>NormalItems</m:SyncScope><m:NumberOfDays>0</m:NumberOfDays><m:MinimumCount>1</m:MinimumCount>",
            StringComparison.Ordinal);

        (await service.PostAsync(request)).Should().Succeed().Id("ItemId").Should().Be(zoe);
    }

    [Fact]
    public async Task A_later_synchronization_returns_one_change_of_each_item_that_changed()
    {
        await using var service = await TestService.StartAsync();
        var (kept, updated, deleted) =
            (await CreateAsync(service, "Kept"), await CreateAsync(service, "Updated"), await CreateAsync(service, "Deleted"));
        var before = await SyncAsync(service, "contacts");

        await UpdateAsync(service, updated, "Once");
        var created = await CreateAsync(service, "Created");
        await UpdateAsync(service, updated, "Twice");
        await UpdateAsync(service, created, "Changed");
        await DeleteAsync(service, deleted);
        await DeleteAsync(service, await CreateAsync(service, "Gone"));
        var after = await SyncAsync(service, "contacts", before.State);

        before.Changes.Should().HaveCount(3).And.Contain($"Create Contact {kept}");
        after.Changes.Should().Equal($"Update Contact {updated}", $"Create Contact {created}", $"Delete {deleted}");
        after.IsComplete.Should().BeTrue();
        (await SyncAsync(service, "contacts", before.State)).Changes.Should().Equal(after.Changes, "a state can be used again");
        (await SyncAsync(service, "contacts", after.State)).Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Items_are_returned_as_they_are_now_in_the_requested_shape()
    {
        await using var service = await TestService.StartAsync();
        var state = (await SyncAsync(service, "contacts")).State;
        var id = await CreateAsync(service, "Before");
        await UpdateAsync(service, id, "After");

        var response = await service.PostAsync(
            EwsRequest.SyncFolderItems("contacts", state, additional: "<t:FieldURI FieldURI='contacts:DisplayName'/>"));
        var read = await service.PostAsync(EwsRequest.GetItem([id], "IdOnly"));

        response.Should().Succeed().Value("DisplayName").Should().Be("After");
        response.All("ItemId").Single().Attribute("ChangeKey")!.Value
            .Should().Be(read.All("ItemId").Single().Attribute("ChangeKey")!.Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Pages_return_all_items_although_the_folder_changes_in_between(int maxChanges)
    {
        await using var service = await TestService.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await CreateAsync(service, $"Contact {i}"));
        var copy = new Dictionary<string, string>();

        var sync = await SyncIntoAsync(service, copy, null, maxChanges);
        await UpdateAsync(service, ids[0], "Updated");
        await DeleteAsync(service, ids[1]);
        await CreateAsync(service, "Later");
        while (!sync.IsComplete)
            sync = await SyncIntoAsync(service, copy, sync.State, maxChanges);
        await UpdateAsync(service, ids[2], "Updated again");
        await UpdateAsync(service, ids[3], "Updated again");
        do
        {
            sync = await SyncIntoAsync(service, copy, sync.State, maxChanges);
            if (sync.Changes.Count > 0)
                await UpdateAsync(service, ids[4], "Updated");
        }
        while (!sync.IsComplete && copy.Count < 100);

        sync = await SyncIntoAsync(service, copy, sync.State, 512);
        sync.IsComplete.Should().BeTrue();
        var found = await service.PostAsync(EwsRequest.FindItem("contacts", "IdOnly"));
        copy.Should().BeEquivalentTo(found.All("ItemId").ToDictionary(Id, id => id.Attribute("ChangeKey")!.Value));
    }

    [Fact]
    public async Task A_page_that_is_not_the_last_contains_the_requested_number_of_changes()
    {
        await using var service = await TestService.StartAsync();
        var state = (await SyncAsync(service, "contacts")).State;
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
            ids.Add(await CreateAsync(service, $"Contact {i}"));
        await UpdateAsync(service, ids[0], "Updated");

        var first = await SyncAsync(service, "contacts", state, maxChanges: 3);
        var second = await SyncAsync(service, "contacts", first.State, maxChanges: 3);

        first.Changes.Should().Equal(ids.Skip(1).Select(id => $"Create Contact {id}"));
        first.IsComplete.Should().BeFalse();
        second.Changes.Should().Equal($"Create Contact {ids[0]}");
        second.IsComplete.Should().BeTrue();
    }

    [Fact]
    public async Task Changes_of_ignored_items_are_omitted_also_later()
    {
        await using var service = await TestService.StartAsync();
        var (anna, ben) = (await CreateAsync(service, "Anna"), await CreateAsync(service, "Ben"));
        var ignore = $"<m:Ignore><t:ItemId Id='{anna}' ChangeKey='old'/><t:ItemId Id='unknown'/></m:Ignore>";

        var response = await service.PostAsync(EwsRequest.SyncFolderItems("contacts", ignore: ignore));
        var sync = Sync.Read(response);

        sync.Changes.Should().Equal($"Create Contact {ben}");
        (await SyncAsync(service, "contacts", sync.State)).Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Changes_of_the_IM_list_are_changes_of_its_folders()
    {
        await using var service = await TestService.StartAsync();
        var team = await service.AddGroupAsync("Team");
        var (groups, contacts) = ((await SyncAsync(service, "imcontactlist")).State, (await SyncAsync(service, "quickcontacts")).State);

        var ben = await service.AddContactAsync("ben@contoso.com", team);
        var (groupsAfter, contactsAfter) =
            (await SyncAsync(service, "imcontactlist", groups), await SyncAsync(service, "quickcontacts", contacts));
        await service.PostAsync(EwsRequest.RemoveImGroup(team));

        groupsAfter.Changes.Should().Equal($"Update DistributionList {team}");
        contactsAfter.Changes.Should().Equal($"Create Contact {ben}");
        (await SyncAsync(service, "imcontactlist", groupsAfter.State)).Changes.Should().HaveCount(2).And.StartWith($"Delete {team}");
        (await SyncAsync(service, "quickcontacts", contactsAfter.State)).Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_folder_can_be_named_by_its_name_and_its_id()
    {
        await using var service = await TestService.StartAsync();
        var state = (await SyncAsync(service, "contacts")).State;
        var id = await CreateAsync(service, "Zoe");
        var folderId = MailboxFolder.Contacts.Id((await service.MailboxAsync())!.MailboxGuid);

        (await SyncAsync(service, $"<t:FolderId Id='{folderId}'/>", state)).Changes.Should().Equal($"Create Contact {id}");
    }

    [Fact]
    public async Task States_that_the_service_did_not_issue_for_the_folder_are_invalid()
    {
        await using var service = await TestService.StartAsync();
        await CreateAsync(service, "Zoe");
        await CreateAsync(service, "Yara");
        var page = (await SyncAsync(service, "contacts", maxChanges: 1)).State;
        var state = (await SyncAsync(service, "contacts")).State;
        var other = await service.PostAsync(EwsRequest.SyncFolderItems("contacts").Replace(
            EwsRequest.Version, EwsRequest.Impersonating("SmtpAddress", "other@contoso.com"), StringComparison.Ordinal));
        var altered = Convert.FromBase64String(state);
        altered[12] ^= 1;

        string[] invalid =
        [
            "not base64", "AAAA", "H4sIAAAA", state[..^4], state[4..], state + "AAAA", Convert.ToBase64String(altered),
            page[..^8], (await SyncAsync(service, "quickcontacts")).State, other.Should().Succeed().Value("SyncState"),
        ];
        foreach (var text in invalid)
        {
            var error = (await service.PostAsync(EwsRequest.SyncFolderItems("contacts", text)))
                .Should().BeError("ErrorInvalidSyncStateData", InvalidState);
            error.Messages().Single().Elements().Skip(3).Select(element => $"{element.Name.LocalName}={element.Value}")
                .Should().Equal("SyncState=", "IncludesLastItemInRange=true");
        }

        (await SyncAsync(service, "contacts", "")).Changes.Should().HaveCount(2, "an empty state is no state");
    }

    [Theory]
    [InlineData(
        "<t:DistinguishedFolderId Id='archiveroot'/>", "ErrorSyncFolderNotFound", "The folder to be synchronized could not be found.")]
    [InlineData("<t:AddressListId Id='x'/>", "ErrorInvalidOperation", "The requested operation is invalid.")]
    [InlineData("<t:FolderId Id='x'/>", "ErrorInvalidIdMalformed", "Id is malformed.")]
    public async Task Folders_that_cannot_be_synchronized_are_errors(string folder, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.SyncFolderItems(folder))).Should().BeError(code, text);
    }

    [Fact]
    public async Task The_id_of_an_item_is_not_the_id_of_a_folder()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "Zoe");

        (await service.PostAsync(EwsRequest.SyncFolderItems($"<t:FolderId Id='{id}'/>"))).Codes()
            .Should().Equal("ErrorCannotUseItemIdForFolderId");
    }

    [Fact]
    public async Task MIME_content_is_not_available()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.SyncFolderItems("contacts").Replace(
            "</t:BaseShape>", "</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>", StringComparison.Ordinal));

        response.Should().BeError("ErrorInvalidPropertyForOperation", "Property is not valid for this operation.");
    }

    [Theory]
    [InlineData(0, "MinInclusive")]
    [InlineData(513, "MaxInclusive")]
    public async Task The_number_of_changes_is_limited_by_the_schema(int maxChanges, string constraint)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.SyncFolderItems("contacts", maxChanges: maxChanges));

        response.Status.Should().Be(500);
        response.Text.Should().Contain("MaxSyncChangesReturnedType' - The " + constraint + " constraint failed.");
    }

    [Fact]
    public async Task A_state_survives_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with { DatabasePath = directory.File("mailboxes.db") };
        string state;
        string deleted;
        await using (var service = await TestService.StartAsync(settings))
        {
            deleted = await CreateAsync(service, "Deleted");
            state = (await SyncAsync(service, "contacts")).State;
            await DeleteAsync(service, deleted);
        }

        await using var restarted = await TestService.StartAsync(settings);
        var created = await CreateAsync(restarted, "Created");

        (await SyncAsync(restarted, "contacts", state)).Changes.Should().Equal($"Delete {deleted}", $"Create Contact {created}");
    }

    [Theory]
    [InlineData("/reset")]
    [InlineData("/snapshots/one/restore")]
    public async Task A_mailbox_that_was_reset_or_restored_is_synchronized_from_the_beginning(string call)
    {
        await using var service = await TestService.StartAsync();
        await CreateAsync(service, "Zoe");
        using var taken = await service.SendAsync("PUT", "/snapshots/one");
        taken.IsSuccessStatusCode.Should().BeTrue();
        var state = (await SyncAsync(service, "contacts")).State;

        using var called = await service.SendAsync("POST", call);
        called.IsSuccessStatusCode.Should().BeTrue();

        (await service.PostAsync(EwsRequest.SyncFolderItems("contacts", state)))
            .Should().BeError("ErrorInvalidSyncStateData", InvalidState);
        (await SyncAsync(service, "contacts")).Changes.Should().HaveCount(call == "/reset" ? 0 : 1);
    }

    [Fact]
    public async Task A_state_older_than_the_change_log_is_invalid()
    {
        ServiceSettings settings = TestService.InMemory with { Limits = new MailboxLimits(MaxChanges: 8) };
        await using var service = await TestService.StartAsync(settings);
        var state = (await SyncAsync(service, "contacts")).State;
        for (var i = 0; i < 4; i++)
            await CreateAsync(service, $"Contact {i}");
        (await SyncAsync(service, "contacts", state)).Changes.Should().HaveCount(4);

        await CreateAsync(service, "One more");

        (await service.PostAsync(EwsRequest.SyncFolderItems("contacts", state)))
            .Should().BeError("ErrorInvalidSyncStateData", InvalidState);
    }

    private static async Task<string> CreateAsync(TestService service, string name) =>
        (await service.PostAsync(EwsRequest.CreateItem($"<t:DisplayName>{name}</t:DisplayName>"))).Should().Succeed().Id("ItemId");

    private static async Task UpdateAsync(TestService service, string id, string name) => (await service.PostAsync(EwsRequest.UpdateItem(
        id, EwsRequest.SetField("contacts:DisplayName", $"<t:DisplayName>{name}</t:DisplayName>")))).Should().Succeed();

    private static async Task DeleteAsync(TestService service, string id) =>
        (await service.PostAsync(EwsRequest.DeleteItem(id))).Should().Succeed();

    private static async Task<Sync> SyncAsync(TestService service, string folder, string? state = null, int maxChanges = 512) =>
        Sync.Read(await service.PostAsync(EwsRequest.SyncFolderItems(folder, state, maxChanges)));

    /// <summary>Synchronizes the Contacts folder into a copy, as a client does.</summary>
    private static async Task<Sync> SyncIntoAsync(TestService service, Dictionary<string, string> copy, string? state, int maxChanges)
    {
        var sync = await SyncAsync(service, "contacts", state, maxChanges);
        foreach (var (kind, id) in sync.Elements)
        {
            if (kind == "Delete")
                copy.Remove(Id(id));
            else
                copy[Id(id)] = id.Attribute("ChangeKey")!.Value;
        }

        (sync.Changes.Count <= maxChanges).Should().BeTrue();
        return sync;
    }

    private static string Id(XElement id) => id.Attribute("Id")!.Value;

    /// <summary>A response.</summary>
    private sealed record Sync(string State, bool IsComplete, List<string> Changes, List<(string Kind, XElement Id)> Elements)
    {
        public static Sync Read(EwsResponse response)
        {
            var elements = response.Should().Succeed().All("Changes").Single().Elements().ToList();
            return new Sync(
                response.Value("SyncState"),
                response.Value("IncludesLastItemInRange") == "true",
                elements.ConvertAll(Describe),
                elements.ConvertAll(element => (element.Name.LocalName, ItemId(element))));
        }

        private static string Describe(XElement change) => change.Name.LocalName
            + (change.Name.LocalName == "Delete" ? " " : $" {change.Elements().Single().Name.LocalName} ")
            + Id(ItemId(change));

        private static XElement ItemId(XElement change) => change.Descendants().Single(element => element.Name.LocalName == "ItemId");
    }
}
