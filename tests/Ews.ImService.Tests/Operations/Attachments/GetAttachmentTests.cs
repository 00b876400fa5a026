using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests.Operations.Attachments;

public sealed class GetAttachmentTests
{
    [Fact]
    public async Task Attachments_are_returned_with_their_contents_in_the_order_of_the_request()
    {
        await using var service = await TestService.StartAsync();
        var contact = await service.AddContactAsync("ben@contoso.com");
        var content = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();
        var ids = (await service.PostAsync(EwsRequest.CreateAttachment(
            contact, EwsRequest.File("large", content, "<t:ContentType>image/png</t:ContentType>"), EwsRequest.File("empty", []))))
            .Should().Succeed().All("AttachmentId").Select(id => id.Attribute("Id")!.Value).ToArray();

        var response = (await service.PostAsync(EwsRequest.GetAttachment(ids[1], ids[0]))).Should().Succeed();

        response.All("Name").Select(name => name.Value).Should().Equal("empty", "large");
        response.All("Size").Select(size => size.Value).Should().Equal("0", "100000");
        Convert.FromBase64String(response.All("Content")[1].Value).Should().Equal(content);
        response.Value("ContentType").Should().Be("image/png");
    }

    [Fact]
    public async Task Contents_beyond_the_maximum_length_of_the_response_are_errors()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxResponseBytes = 10_000 });
        var contact = await service.AddContactAsync("ben@contoso.com");
        var id = (await service.PostAsync(EwsRequest.CreateAttachment(contact, EwsRequest.File("a", new byte[5000]))))
            .Should().Succeed().All("AttachmentId").Single().Attribute("Id")!.Value;

        var response = await service.PostAsync(EwsRequest.GetAttachment(id, id, id, "AAAA", id));

        response.Codes().Should().Equal(
            "NoError", "NoError", "ErrorDataSizeLimitExceeded", "ErrorInvalidAttachmentId", "ErrorDataSizeLimitExceeded");
        response.All("Content").Should().HaveCount(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not Base64")]
    public async Task An_id_without_an_attachment_is_invalid(string id)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.GetAttachment(id)))
            .Should().BeError("ErrorInvalidAttachmentId", "The specified attachment Id is invalid.");
    }

    [Fact]
    public async Task The_id_of_an_item_or_of_another_attachment_number_is_invalid()
    {
        await using var service = await TestService.StartAsync();
        var contact = await service.AddContactAsync("ben@contoso.com");
        (await service.PostAsync(EwsRequest.CreateAttachment(contact, EwsRequest.File("a", [1])))).Should().Succeed();
        var (guid, ordinal) = ((await service.MailboxAsync())!.MailboxGuid, (await service.MailboxAsync())!.ImContacts.Single().Ordinal);
        string[] ids =
        [
            contact,
            StoreId.ForAttachment(guid, MailboxFolder.QuickContacts, ordinal, 1),
            StoreId.ForAttachment(Guid.NewGuid(), MailboxFolder.QuickContacts, ordinal, ordinal + 1),
        ];

        (await service.PostAsync(EwsRequest.GetAttachment(ids))).Codes().Should().Equal(Enumerable.Repeat("ErrorInvalidAttachmentId", 3));
    }
}
