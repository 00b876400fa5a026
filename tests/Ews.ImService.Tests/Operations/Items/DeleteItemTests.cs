namespace Ews.ImService.Tests.Operations.Items;

public sealed class DeleteItemTests
{
    private const string NotFound = "The specified object was not found in the store.";

    [Theory]
    [InlineData("HardDelete")]
    [InlineData("SoftDelete")]
    [InlineData("MoveToDeletedItems")]
    public async Task Deleting_a_contact_again_returns_ErrorItemNotFound(string deleteType)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("<t:DisplayName>A</t:DisplayName>"))).Id("ItemId");
        var request = EwsRequest.DeleteItem(id).Replace("HardDelete", deleteType, StringComparison.Ordinal);

        (await service.PostAsync(request)).Should().Succeed();

        (await service.PostAsync(EwsRequest.GetItem([id]))).Should().BeError("ErrorItemNotFound", NotFound);
        (await service.PostAsync(request)).Should().BeError("ErrorItemNotFound", NotFound);
    }

    [Fact]
    public async Task Deleting_an_IM_contact_removes_it_from_all_groups_and_the_list()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync("Team");
        var id = await service.AddContactAsync("anna@contoso.com", groupId);

        (await service.PostAsync(EwsRequest.DeleteItem(id))).Should().Succeed();

        var list = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();
        list.All("Persona").Should().BeEmpty();
        list.Members("Team").Should().BeEmpty();
        (await service.AddContactAsync("anna@contoso.com")).Should().NotBe(id);
    }

    [Fact]
    public async Task A_user_group_can_be_deleted_and_a_system_group_cannot()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync("Team");
        var id = await service.AddContactAsync("anna@contoso.com", groupId);
        var favorites = (await service.MailboxAsync())!.Groups.Values.Single(group => group.DisplayName == "Favorites").Id.Value;

        (await service.PostWithoutEffectAsync(EwsRequest.DeleteItem(favorites)))
            .Should().BeError("ErrorCannotDeleteObject", "The object cannot be deleted.");
        (await service.PostAsync(EwsRequest.DeleteItem(groupId))).Should().Succeed();

        (await service.PostAsync(EwsRequest.GetImItemList())).Members("Other Contacts").Should().Equal(id);
    }

    [Fact]
    public async Task Each_id_has_its_own_response_message_and_code()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");
        var unusable = ForeignIds.Unusable((await service.MailboxAsync())!).ToList();

        var response = await service.PostAsync(EwsRequest.DeleteItem([.. unusable.Select(one => one.Id), id]));

        response.Codes().Should().Equal(unusable.Select(one => one.Code).Append("NoError"));
        response.SchemaViolations().Should().BeEmpty();
    }

    [Theory]
    [InlineData("MoveToDeletedItems", "deleteditems")]
    [InlineData("SoftDelete", "recoverableitemsdeletions")]
    public async Task A_deleted_contact_is_found_in_another_folder_with_a_new_id_and_the_same_change_key(string type, string folder)
    {
        await using var service = await TestService.StartAsync();
        var created = (await service.PostAsync(EwsRequest.CreateItem("<t:DisplayName>A</t:DisplayName>"))).All("ItemId").Single();

        (await service.PostAsync(EwsRequest.DeleteItem([created.Attribute("Id")!.Value], type))).Should().Succeed();

        var found = (await service.PostAsync(EwsRequest.FindItem(folder))).Should().Succeed();
        found.Value("DisplayName").Should().Be("A");
        found.Id("ItemId").Should().NotBe(created.Attribute("Id")!.Value);
        found.All("ItemId").Single().Attribute("ChangeKey")!.Value.Should().Be(created.Attribute("ChangeKey")!.Value);
    }

    [Theory]
    [InlineData("MoveToDeletedItems", 1, 0)]
    [InlineData("SoftDelete", 0, 1)]
    [InlineData("HardDelete", 0, 0)]
    public async Task A_contact_in_Deleted_Items_can_be_deleted_again(string type, int deleted, int recoverable)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");
        await service.PostAsync(EwsRequest.DeleteItem([id], "MoveToDeletedItems"));
        var moved = (await service.PostAsync(EwsRequest.FindItem("deleteditems"))).Id("ItemId");

        (await service.PostAsync(EwsRequest.DeleteItem([moved], type))).Should().Succeed();

        (await service.PostAsync(EwsRequest.FindItem("deleteditems"))).Should().Succeed().All("Contact").Should().HaveCount(deleted);
        var rest = (await service.PostAsync(EwsRequest.FindItem("recoverableitemsdeletions"))).Should().Succeed();
        rest.All("Contact").Should().HaveCount(recoverable);
        if (recoverable == 1)
            (await service.PostAsync(EwsRequest.DeleteItem([rest.Id("ItemId")], type))).Should().Succeed();
        (await service.PostAsync(EwsRequest.FindItem("recoverableitemsdeletions"))).Should().Succeed().All("Contact").Should().BeEmpty();
    }
}
