using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class MoveItemTests
{
    private const string Anna =
        "<t:DisplayName>Anna</t:DisplayName><t:EmailAddresses><t:Entry Key='EmailAddress1'>anna@contoso.com</t:Entry></t:EmailAddresses>";

    [Fact]
    public async Task A_moved_contact_has_a_new_id_and_the_same_change_key_and_content()
    {
        await using var service = await TestService.StartAsync();
        var created = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Should().Succeed().All("ItemId").Single();
        var id = created.Attribute("Id")!.Value;

        var moved = (await service.PostAsync(EwsRequest.TransferItem("MoveItem", "deleteditems", [id]))).Should().Succeed();

        moved.Id("ItemId").Should().NotBe(id);
        moved.All("ItemId").Single().Attribute("ChangeKey")!.Value.Should().Be(created.Attribute("ChangeKey")!.Value);
        (await service.PostAsync(EwsRequest.GetItem([id])))
            .Should().BeError("ErrorItemNotFound", "The specified object was not found in the store.");
        var item = (await service.PostAsync(EwsRequest.GetItem([moved.Id("ItemId")]))).Should().Succeed();
        item.Value("DisplayName").Should().Be("Anna");
        item.Id("ParentFolderId").Should().Be((await FolderAsync(service, "deleteditems")).Id("FolderId"));
        (await service.PostAsync(EwsRequest.FindItem("contacts"))).Should().Succeed().All("Contact").Should().BeEmpty();
        (await service.PostAsync(EwsRequest.FindItem("deleteditems"))).Should().Succeed().Id("ItemId").Should().Be(moved.Id("ItemId"));
    }

    [Fact]
    public async Task The_counts_of_both_folders_change()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");

        await service.PostAsync(EwsRequest.TransferItem("MoveItem", "deleteditems", [id]));

        (await FolderAsync(service, "contacts")).Value("TotalCount").Should().Be("0");
        (await FolderAsync(service, "deleteditems")).Value("TotalCount").Should().Be("1");
    }

    [Fact]
    public async Task A_contact_in_Deleted_Items_is_not_found_as_a_person_until_it_is_moved_back()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");

        var deleted = (await service.PostAsync(EwsRequest.TransferItem("MoveItem", "deleteditems", [id]))).Id("ItemId");
        (await PeopleAsync()).Should().BeEmpty();
        await service.PostAsync(EwsRequest.TransferItem("MoveItem", "contacts", [deleted]));

        (await PeopleAsync()).Should().Equal("Anna");

        async Task<List<string>> PeopleAsync() => (await service.PostAsync(EwsRequest.For(
            "FindPeople",
            "<m:IndexedPageItemView BasePoint='Beginning' Offset='0' MaxEntriesReturned='10'/>"
                + "<m:ParentFolderId><t:DistinguishedFolderId Id='mycontacts'/></m:ParentFolderId>")))
            .Should().Succeed().All("DisplayNameFirstLast").ConvertAll(name => name.Value);
    }

    [Fact]
    public async Task A_contact_that_is_moved_to_its_own_folder_has_a_new_id()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");

        var moved = (await service.PostAsync(EwsRequest.TransferItem("MoveItem", "contacts", [id]))).Should().Succeed().Id("ItemId");

        moved.Should().NotBe(id);
        (await service.PostAsync(EwsRequest.FindItem("contacts"))).Should().Succeed().Id("ItemId").Should().Be(moved);
    }

    [Fact]
    public async Task Without_ReturnNewItemIds_the_response_contains_no_id()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");

        var response = await service.PostAsync(EwsRequest.TransferItem(
            "MoveItem", "deleteditems", [id], "<m:ReturnNewItemIds>false</m:ReturnNewItemIds>"));

        response.Should().Succeed().All("Items").Single().Elements().Should().BeEmpty();
        (await FolderAsync(service, "deleteditems")).Value("TotalCount").Should().Be("1");
    }

    [Fact]
    public async Task A_move_is_a_deletion_and_a_creation_for_synchronizing_clients()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");
        var source = (await service.PostAsync(EwsRequest.SyncFolderItems("contacts"))).Value("SyncState");
        var target = (await service.PostAsync(EwsRequest.SyncFolderItems("deleteditems"))).Value("SyncState");

        var moved = (await service.PostAsync(EwsRequest.TransferItem("MoveItem", "deleteditems", [id]))).Id("ItemId");

        var deletion = (await service.PostAsync(EwsRequest.SyncFolderItems("contacts", source))).Should().Succeed();
        deletion.All("Delete").Should().ContainSingle();
        deletion.Id("ItemId").Should().Be(id);
        var creation = (await service.PostAsync(EwsRequest.SyncFolderItems("deleteditems", target))).Should().Succeed();
        creation.All("Create").Should().ContainSingle();
        creation.Id("ItemId").Should().Be(moved);
    }

    [Fact]
    public async Task A_move_is_one_event_with_both_ids_followed_by_those_of_both_folders()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");
        var subscription = (await service.PostAsync(EwsRequest.SubscribeToPull("contacts"))).Should().Succeed();

        var moved = (await service.PostAsync(EwsRequest.TransferItem("MoveItem", "deleteditems", [id]))).Id("ItemId");

        var events = (await service.PostAsync(EwsRequest.GetEvents(
            subscription.Value("SubscriptionId"), subscription.Value("Watermark")))).Should().Succeed();
        var move = events.All("MovedEvent").Should().ContainSingle().Subject;
        move.Elements().Single(part => part.Name.LocalName == "ItemId").Attribute("Id")!.Value.Should().Be(moved);
        move.Elements().Single(part => part.Name.LocalName == "OldItemId").Attribute("Id")!.Value.Should().Be(id);
        events.All("ModifiedEvent").Should().ContainSingle("the subscription does not cover Deleted Items");
    }

    [Theory]
    [InlineData("inbox")]
    [InlineData("calendar")]
    [InlineData("quickcontacts")]
    [InlineData("imcontactlist")]
    [InlineData("root")]
    public async Task A_contact_cannot_be_moved_to_another_folder(string target)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");

        (await service.PostWithoutEffectAsync(EwsRequest.TransferItem("MoveItem", target, [id])))
            .Should().BeError("ErrorMoveCopyFailed", "The move or copy operation failed.");
    }

    [Fact]
    public async Task An_IM_contact_and_a_group_cannot_be_moved_but_an_IM_contact_can_be_deleted_so()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var contactId = await service.AddContactAsync("anna@contoso.com", groupId);

        foreach (var id in new[] { groupId, contactId })
        {
            (await service.PostWithoutEffectAsync(EwsRequest.TransferItem("MoveItem", "contacts", [id])))
                .Should().BeError("ErrorMoveCopyFailed", "The move or copy operation failed.");
        }

        (await service.PostAsync(EwsRequest.TransferItem("MoveItem", "deleteditems", [contactId])))
            .Should().Succeed().All("Items").Single().Elements().Should().BeEmpty();
        (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed().All("Persona").Should().BeEmpty();
    }

    [Fact]
    public async Task Each_id_has_its_own_response_message_and_code()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");
        var folderId = MailboxFolder.Contacts.Id((await service.MailboxAsync())!.MailboxGuid);

        var response = await service.PostAsync(EwsRequest.TransferItem("MoveItem", "deleteditems", ["", folderId, id, id]));

        response.Codes().Should().Equal(
            "ErrorInvalidIdEmpty", "ErrorCannotUseFolderIdForItemId", "NoError", "ErrorItemNotFound");
        response.SchemaViolations().Should().BeEmpty();
        (await service.PostAsync(EwsRequest.TransferItem("MoveItem", "archiveinbox", [id])))
            .Should().BeError("ErrorToFolderNotFound", "The specified target folder could not be found.");
    }

    private static async Task<EwsResponse> FolderAsync(TestService service, string name) =>
        (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId(name)))).Should().Succeed();
}
