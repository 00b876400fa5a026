using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.ImList;

public sealed class AddNewTelUriContactToGroupTests
{
    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task A_phone_contact_returns_the_documented_persona(string spelling)
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();

        var response = await service.PostAsync(EwsRequest.AddNewTelUriContactToGroup(groupId: groupId).Spelled(spelling));

        response.Should().Succeed();
        response.ShouldMatchDocument(Documents.Read("Response").Spelled(spelling));
        (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed().Members("Team").Should().Equal(response.Id("SourceId"));
    }

    [Theory]
    [InlineData("tel:5625550100")]
    [InlineData("tel:562-555-0100")]
    [InlineData("TEL:(562) 555 0100")]
    public async Task Adding_an_existing_number_returns_the_existing_contact(string telUri)
    {
        await using var service = await TestService.StartAsync();
        var first = (await service.PostAsync(EwsRequest.AddNewTelUriContactToGroup())).Should().Succeed();

        var second = (await service.PostWithoutEffectAsync(EwsRequest.AddNewTelUriContactToGroup(telUri, number: "other")))
            .Should().Succeed();

        second.Id("SourceId").Should().Be(first.Id("SourceId"));
        second.Value("DisplayNameFirstLast").Should().Be("5625550100");
    }

    [Fact]
    public async Task A_phone_contact_and_an_IM_contact_with_the_same_text_are_separate()
    {
        await using var service = await TestService.StartAsync();
        await service.AddContactAsync("tel:5625550100");

        (await service.PostAsync(EwsRequest.AddNewTelUriContactToGroup())).Should().Succeed();

        (await service.MailboxAsync())!.ImContacts.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_limit_and_the_errors_of_groups_are_those_of_IM_contacts()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new MailboxLimits(MaxContacts: 1) });
        var contactId = await service.AddContactAsync("a@contoso.com");
        var mailbox = (await service.MailboxAsync())!;

        (await service.PostWithoutEffectAsync(EwsRequest.AddNewTelUriContactToGroup())).Should()
            .BeError("ErrorImContactLimitReached", "The maximum number of IM contacts has been reached.");
        (await service.PostWithoutEffectAsync(EwsRequest.AddNewTelUriContactToGroup(groupId: ForeignIds.MissingItemOf(mailbox)))).Should()
            .BeError("ErrorItemNotFound", "The specified object was not found in the store.");
        (await service.PostWithoutEffectAsync(EwsRequest.AddNewTelUriContactToGroup(groupId: contactId))).Should()
            .BeError("ErrorInvalidImGroupId", "The specified Im Group Id is invalid.");
        foreach (var (id, code, text) in ForeignIds.Unusable(mailbox))
            (await service.PostWithoutEffectAsync(EwsRequest.AddNewTelUriContactToGroup(groupId: id))).Should().BeError(code, text);
    }

    [Fact]
    public async Task A_phone_contact_survives_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with { DatabasePath = directory.File("mailboxes.db") };
        string before;
        await using (var service = await TestService.StartAsync(settings))
        {
            await service.PostAsync(EwsRequest.AddNewTelUriContactToGroup());
            before = (await service.PostAsync(EwsRequest.GetImItemList())).Text;
        }

        await using var restarted = await TestService.StartAsync(settings);

        (await restarted.PostAsync(EwsRequest.GetImItemList())).Text.Should().Be(before);
    }
}
