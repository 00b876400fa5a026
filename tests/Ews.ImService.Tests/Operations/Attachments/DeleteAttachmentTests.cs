namespace Ews.ImService.Tests.Operations.Attachments;

public sealed class DeleteAttachmentTests
{
    [Fact]
    public async Task A_deleted_attachment_leaves_the_contact_with_a_new_change_key()
    {
        await using var service = await TestService.StartAsync();
        var contact = await service.AddContactAsync("ben@contoso.com");
        var created = (await service.PostAsync(EwsRequest.CreateAttachment(contact, EwsRequest.Picture([1]), EwsRequest.File("a", [2]))))
            .Should().Succeed().All("AttachmentId");

        var deleted = (await service.PostAsync(EwsRequest.DeleteAttachment(created[0].Attribute("Id")!.Value))).Should().Succeed();

        var item = (await service.PostAsync(EwsRequest.GetItem([contact]))).Should().Succeed();
        var root = deleted.All("RootItemId").Single();
        root.Attribute("RootItemId")!.Value.Should().Be(contact);
        root.Attribute("RootItemChangeKey")!.Value.Should().Be(item.All("ItemId").Single().Attribute("ChangeKey")!.Value)
            .And.NotBe(created[1].Attribute("RootItemChangeKey")!.Value);
        item.Value("Name").Should().Be("a");
        item.Value("HasPicture").Should().Be("false");
    }

    [Fact]
    public async Task Each_id_has_its_own_message()
    {
        await using var service = await TestService.StartAsync();
        var contact = await service.AddContactAsync("ben@contoso.com");
        var id = (await service.PostAsync(EwsRequest.CreateAttachment(contact, EwsRequest.File("a", [2])))).Should().Succeed()
            .Id("AttachmentId");

        var response = await service.PostAsync(EwsRequest.DeleteAttachment(id, id, "AAAA"));

        response.Codes().Should().Equal("NoError", "ErrorInvalidAttachmentId", "ErrorInvalidAttachmentId");
        response.SchemaViolations().Should().BeEmpty();
    }

    [Fact]
    public async Task The_attachments_of_a_deleted_contact_are_deleted()
    {
        await using var service = await TestService.StartAsync();
        var contact = await service.AddContactAsync("ben@contoso.com");
        var id = (await service.PostAsync(EwsRequest.CreateAttachment(contact, EwsRequest.File("a", [2])))).Should().Succeed()
            .Id("AttachmentId");

        (await service.PostAsync(EwsRequest.RemoveContactFromImList(contact))).Should().Succeed();

        (await service.PostAsync(EwsRequest.GetAttachment(id)))
            .Should().BeError("ErrorInvalidAttachmentId", "The specified attachment Id is invalid.");
    }
}
