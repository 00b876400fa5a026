using Ews.ImService.Mailbox;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations.Attachments;

public sealed class CreateAttachmentTests
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0, 1];

    [Fact]
    public async Task A_picture_of_a_contact_is_listed_with_the_contact_and_changes_its_change_key()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateContactAsync(service);
        var before = await GetItemAsync(service, id);

        var created = (await service.PostAsync(EwsRequest.CreateAttachment(id, EwsRequest.Picture(Jpeg)))).Should().Succeed();

        var item = await GetItemAsync(service, id);
        var attachmentId = created.All("AttachmentId").Single();
        attachmentId.Attribute("RootItemId")!.Value.Should().Be(id);
        attachmentId.Attribute("RootItemChangeKey")!.Value.Should().Be(ChangeKeyOf(item)).And.NotBe(ChangeKeyOf(before));
        item.All("FileAttachment").Single().Elements().Select(part => part.Name.LocalName)
            .Should().Equal("AttachmentId", "Name", "Size", "LastModifiedTime", "IsInline", "IsContactPhoto");
        item.Id("AttachmentId").Should().Be(created.Id("AttachmentId"));
        item.Value("Name").Should().Be("ContactPicture.jpg");
        (item.Value("HasAttachments"), item.Value("HasPicture"), item.Value("IsContactPhoto")).Should().Be(("true", "true", "true"));
        (before.Value("HasAttachments"), before.Value("HasPicture")).Should().Be(("false", "false"));
        before.All("Attachments").Should().BeEmpty();
    }

    [Fact]
    public async Task Each_attachment_of_a_request_has_its_own_message()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new(MaxAttachmentBytes: 5) });
        var id = await CreateContactAsync(service);

        var response = await service.PostAsync(EwsRequest.CreateAttachment(
            id,
            EwsRequest.File("five", new byte[5], "<t:ContentType>text/plain</t:ContentType><t:ContentId>1</t:ContentId>"
                + "<t:ContentLocation>five.txt</t:ContentLocation><t:IsInline>1</t:IsInline>"),
            EwsRequest.File("six", new byte[6]),
            EwsRequest.File("empty", []),
            "<t:ItemAttachment><t:Name>none</t:Name></t:ItemAttachment>",
            "<t:ItemAttachment><t:Contact/></t:ItemAttachment>",
            "<t:ReferenceAttachment/>"));

        response.Codes().Should().Equal(
            "NoError",
            "ErrorAttachmentSizeLimitExceeded",
            "NoError",
            "ErrorMissingItemForCreateItemAttachment",
            "ErrorInvalidOperation",
            "ErrorInvalidOperation");
        response.SchemaViolations().Should().BeEmpty();
        var item = await GetItemAsync(service, id);
        item.All("Name").Select(name => name.Value).Should().Equal("five", "empty");
        item.All("Size").Select(size => size.Value).Where(size => size is "5" or "0").Should().Equal("5", "0");
        item.Value("ContentLocation").Should().Be("five.txt");
        item.All("IsInline").Select(inline => inline.Value).Should().Equal("true", "false");
    }

    [Fact]
    public async Task A_new_picture_replaces_the_present_one_and_no_other_attachment()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateContactAsync(service);
        var first = (await service.PostAsync(EwsRequest.CreateAttachment(id, EwsRequest.Picture([1]), EwsRequest.File("notes", [2]))))
            .Should().Succeed().All("AttachmentId")[0].Attribute("Id")!.Value;

        var second = (await service.PostAsync(EwsRequest.CreateAttachment(id, EwsRequest.Picture([3])))).Should().Succeed()
            .Id("AttachmentId");

        second.Should().NotBe(first);
        (await GetItemAsync(service, id)).All("Name").Select(name => name.Value).Should().Equal("notes", "ContactPicture.jpg");
        (await service.PostAsync(EwsRequest.GetAttachment(first)))
            .Should().BeError("ErrorInvalidAttachmentId", "The specified attachment Id is invalid.");
    }

    [Fact]
    public async Task An_inline_attachment_is_not_reported_as_an_attachment()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateContactAsync(service);

        (await service.PostAsync(EwsRequest.CreateAttachment(id, EwsRequest.File("logo", [1], "<t:IsInline>true</t:IsInline>"))))
            .Should().Succeed();

        (await GetItemAsync(service, id)).Value("HasAttachments").Should().Be("false");
    }

    [Fact]
    public async Task The_picture_of_an_IM_contact_or_contact_is_the_photo_of_its_address()
    {
        await using var service = await TestService.StartAsync();
        var imContact = await service.AddContactAsync("ben@contoso.com");
        var contact = await CreateContactAsync(service);
        (await service.PostAsync(EwsRequest.CreateAttachment(imContact, EwsRequest.Picture([1, 2])))).Should().Succeed();
        (await service.PostAsync(EwsRequest.CreateAttachment(contact, EwsRequest.Picture([3, 4])))).Should().Succeed();

        (await GetPhotoAsync(service, "BEN@contoso.com")).Should().Succeed().Value("PictureData").Should().Be("AQI=");
        (await GetPhotoAsync(service, "cleo@contoso.com")).Should().Succeed().Value("PictureData").Should().Be("AwQ=");
        (await GetPhotoAsync(service, "zoe@contoso.com")).Should().BeError("ErrorItemNotFound", "The user has no photo.");
    }

    [Fact]
    public async Task An_item_that_is_not_a_contact_cannot_have_attachments()
    {
        await using var service = await TestService.StartAsync();
        var group = await service.AddGroupAsync();

        (await service.PostWithoutEffectAsync(EwsRequest.CreateAttachment(group, EwsRequest.Picture(Jpeg))))
            .Should().BeError("ErrorInvalidOperation", "The requested operation is invalid.");
        (await service.PostWithoutEffectAsync(EwsRequest.CreateAttachment("", EwsRequest.Picture(Jpeg))))
            .Should().BeError("ErrorInvalidIdEmpty", "Id must be non-empty.");
        var missing = StoreId.ForItem((await service.MailboxAsync())!.MailboxGuid, MailboxFolder.Contacts, 99);
        (await service.PostWithoutEffectAsync(EwsRequest.CreateAttachment(missing, EwsRequest.Picture(Jpeg))))
            .Should().BeError("ErrorItemNotFound", "The specified object was not found in the store.");
    }

    [Fact]
    public async Task An_attachment_is_an_update_for_clients_that_synchronize_the_folder()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateContactAsync(service);
        var state = (await service.PostAsync(EwsRequest.SyncFolderItems("contacts"))).Should().Succeed().Value("SyncState");

        (await service.PostAsync(EwsRequest.CreateAttachment(id, EwsRequest.Picture(Jpeg)))).Should().Succeed();

        var changes = (await service.PostAsync(EwsRequest.SyncFolderItems("contacts", state))).Should().Succeed();
        changes.All("Changes").Single().Elements().Select(change => change.Name.LocalName).Should().Equal("Update");
        changes.Id("ItemId").Should().Be(id);
    }

    [Fact]
    public async Task FindItem_returns_no_attachments()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateContactAsync(service);
        (await service.PostAsync(EwsRequest.CreateAttachment(id, EwsRequest.Picture(Jpeg)))).Should().Succeed();

        var found = (await service.PostAsync(EwsRequest.FindItem(
            "contacts",
            rest: "<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI='item:HasAttachments'/>"
                + "<t:FieldURIOrConstant><t:Constant Value='true'/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>")))
            .Should().Succeed();

        found.Id("ItemId").Should().Be(id);
        found.All("Attachments").Should().BeEmpty();
    }

    [Theory]
    [InlineData("MoveItem")]
    [InlineData("CopyItem")]
    public async Task A_contact_in_another_folder_has_its_attachments_under_ids_of_their_own(string operation)
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateContactAsync(service);
        var before = (await service.PostAsync(EwsRequest.CreateAttachment(id, EwsRequest.Picture(Jpeg)))).Should().Succeed()
            .Id("AttachmentId");

        var other = (await service.PostAsync(EwsRequest.TransferItem(operation, "deleteditems", [id]))).Should().Succeed().Id("ItemId");

        var attachment = (await GetItemAsync(service, other)).Id("AttachmentId");
        attachment.Should().NotBe(before);
        (await service.PostAsync(EwsRequest.GetAttachment(attachment))).Should().Succeed().Value("Content")
            .Should().Be(Convert.ToBase64String(Jpeg));
        (await service.PostAsync(EwsRequest.GetAttachment(before))).Codes()
            .Should().Equal(operation == "MoveItem" ? "ErrorInvalidAttachmentId" : "NoError");
    }

    [Fact]
    public async Task A_snapshot_restores_attachments()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateContactAsync(service);
        var attachment = (await service.PostAsync(EwsRequest.CreateAttachment(id, EwsRequest.Picture(Jpeg)))).Should().Succeed()
            .Id("AttachmentId");
        using var saved = await service.SendAsync("PUT", "/snapshots/one");
        (await service.PostAsync(EwsRequest.DeleteAttachment(attachment))).Should().Succeed();

        using var restored = await service.SendAsync("POST", "/snapshots/one/restore");

        restored.IsSuccessStatusCode.Should().BeTrue();
        (await service.PostAsync(EwsRequest.GetAttachment(attachment))).Should().Succeed().Value("Content")
            .Should().Be(Convert.ToBase64String(Jpeg));
    }

    private static async Task<string> CreateContactAsync(TestService service) => (await service.PostAsync(EwsRequest.CreateItem(
        "<t:GivenName>Cleo</t:GivenName>"
        + "<t:EmailAddresses><t:Entry Key='EmailAddress1'>cleo@contoso.com</t:Entry></t:EmailAddresses>"))).Should().Succeed().Id("ItemId");

    private static async Task<EwsResponse> GetItemAsync(TestService service, string id) =>
        (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();

    private static string ChangeKeyOf(EwsResponse item) => item.All("ItemId").Single().Attribute("ChangeKey")!.Value;

    private static Task<EwsResponse> GetPhotoAsync(TestService service, string email) => service.PostAsync(EwsRequest.For(
        "GetUserPhoto", $"<m:Email>{email}</m:Email><m:SizeRequested>HR48x48</m:SizeRequested>"));
}
