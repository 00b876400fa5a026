namespace Ews.ImService.Tests.Operations.Items;

public sealed class CopyItemTests
{
    private const string Anna = "<t:DisplayName>Anna</t:DisplayName><t:Nickname>Ann</t:Nickname>";

    [Fact]
    public async Task A_copy_has_a_new_id_and_the_original_remains()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");

        var copy = (await service.PostAsync(EwsRequest.TransferItem("CopyItem", "recipientcache", [id]))).Should().Succeed().Id("ItemId");
        await service.PostAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField("contacts:Nickname", "<t:Nickname>A</t:Nickname>")));

        copy.Should().NotBe(id);
        (await service.PostAsync(EwsRequest.GetItem([copy]))).Should().Succeed().All("Nickname")
            .Should().NotBeEmpty().And.OnlyContain(name => name.Value == "Ann");
        (await service.PostAsync(EwsRequest.FindItem("contacts"))).Should().Succeed().Id("ItemId").Should().Be(id);
        (await service.PostAsync(EwsRequest.FindItem("recipientcache"))).Should().Succeed().Id("ItemId").Should().Be(copy);
    }

    [Fact]
    public async Task A_copy_is_a_creation_for_synchronizing_clients_and_a_copy_for_subscribers()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");
        var state = (await service.PostAsync(EwsRequest.SyncFolderItems("recipientcache"))).Value("SyncState");
        var subscription = (await service.PostAsync(EwsRequest.SubscribeToPull("recipientcache"))).Should().Succeed();

        var copy = (await service.PostAsync(EwsRequest.TransferItem("CopyItem", "recipientcache", [id]))).Id("ItemId");

        var changes = (await service.PostAsync(EwsRequest.SyncFolderItems("recipientcache", state))).Should().Succeed();
        changes.All("Create").Should().ContainSingle();
        changes.Id("ItemId").Should().Be(copy);
        var events = (await service.PostAsync(EwsRequest.GetEvents(
            subscription.Value("SubscriptionId"), subscription.Value("Watermark")))).Should().Succeed();
        var copied = events.All("CopiedEvent").Should().ContainSingle().Subject;
        copied.Elements().Single(part => part.Name.LocalName == "ItemId").Attribute("Id")!.Value.Should().Be(copy);
        copied.Elements().Single(part => part.Name.LocalName == "OldItemId").Attribute("Id")!.Value.Should().Be(id);
    }

    [Fact]
    public async Task An_invalid_target_or_item_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(Anna))).Id("ItemId");
        var imContact = await service.AddContactAsync("anna@contoso.com");

        (await service.PostWithoutEffectAsync(EwsRequest.TransferItem("CopyItem", "inbox", [id])))
            .Should().BeError("ErrorMoveCopyFailed", "The move or copy operation failed.");
        (await service.PostWithoutEffectAsync(EwsRequest.TransferItem("CopyItem", "contacts", [imContact])))
            .Should().BeError("ErrorMoveCopyFailed", "The move or copy operation failed.");
        (await service.PostWithoutEffectAsync(EwsRequest.TransferItem("CopyItem", "publicfoldersroot", [id])))
            .Should().BeError("ErrorToFolderNotFound", "The specified target folder could not be found.");
    }
}
