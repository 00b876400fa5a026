using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.ImList;

public sealed class AddImContactToGroupTests
{
    private const string DocumentedContactId = "AAMkAGQ1MjJjMTBkLTc4Y2AA=";
    private const string DocumentedGroupId = "AAMkAGQ1MjJjMTBkzzAAAQKAAA=";
    private const string InvalidContact = "The specified Im Contact Id is invalid.";

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_request_returns_the_documented_response(string spelling)
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");

        var response = await service.PostAsync(Documents.Read("Request").Spelled(spelling)
            .Replace(DocumentedContactId, contactId, StringComparison.Ordinal)
            .Replace(DocumentedGroupId, groupId, StringComparison.Ordinal));

        response.Should().Succeed();
        response.ShouldMatchDocument(Documents.Read("Response").Spelled(spelling));
        var mailbox = (await service.MailboxAsync())!;
        mailbox.MembersOf(mailbox.Groups[new ImGroupId(groupId)]).Select(member => member.Id.Value).Should().Equal(contactId);
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_request_succeeds_unchanged(string spelling)
    {
        await using var service = await TestService.StartAsync();
        await service.ImportAsync(new()
        {
            Groups = [new() { DisplayName = "Team", Id = DocumentedGroupId }],
            ImContacts = [new() { ImAddress = "a@contoso.com", DisplayName = "A", Id = DocumentedContactId }],
        });

        var response = await service.PostAsync(Documents.Read("Request").Spelled(spelling));

        response.Should().Succeed();
        response.ShouldMatchDocument(Documents.Read("Response").Spelled(spelling));
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_request_with_an_item_of_another_type_returns_the_documented_error(string spelling)
    {
        await using var service = await TestService.StartAsync();
        await service.ImportAsync(new()
        {
            Groups =
            [
                new() { DisplayName = "Team", Id = DocumentedGroupId },
                new() { DisplayName = "An item that is not a contact", Id = DocumentedContactId },
            ],
        });

        var response = await service.PostWithoutEffectAsync(Documents.Read("Request").Spelled(spelling));

        response.ShouldMatchDocument(Documents.Read("Error").Spelled(spelling));
        response.Should().BeError("ErrorInvalidImContactId", InvalidContact);
    }

    [Fact]
    public async Task Ids_of_a_missing_contact_a_persona_and_a_group_return_ErrorInvalidImContactId()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var contact = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com"))).Should().Succeed();
        string[] ids = [ForeignIds.MissingItemOf((await service.MailboxAsync())!), contact.Id("PersonaId"), groupId];

        foreach (var id in ids)
            (await service.PostWithoutEffectAsync(EwsRequest.AddImContactToGroup(id, groupId)))
                .Should().BeError("ErrorInvalidImContactId", InvalidContact);
    }

    [Fact]
    public async Task A_missing_group_returns_ErrorItemNotFound_and_another_item_ErrorInvalidImGroupId()
    {
        await using var service = await TestService.StartAsync();
        var contact = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com"))).Should().Succeed();
        var contactId = contact.Id("SourceId");
        var missing = ForeignIds.MissingItemOf((await service.MailboxAsync())!);

        var notFound = await service.PostWithoutEffectAsync(EwsRequest.AddImContactToGroup(contactId, missing));
        var isContact = await service.PostWithoutEffectAsync(EwsRequest.AddImContactToGroup(contactId, contactId));
        var isPersona = await service.PostWithoutEffectAsync(EwsRequest.AddImContactToGroup(contactId, contact.Id("PersonaId")));

        notFound.Should().BeError("ErrorItemNotFound", "The specified object was not found in the store.");
        isContact.Should().BeError("ErrorInvalidImGroupId", "The specified Im Group Id is invalid.");
        isPersona.Should().BeError("ErrorInvalidImGroupId", "The specified Im Group Id is invalid.");
    }

    [Fact]
    public async Task An_invalid_id_returns_its_error_code_and_the_contact_id_is_checked_first()
    {
        await using var service = await TestService.StartAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");

        foreach (var (id, code, text) in ForeignIds.Unusable((await service.MailboxAsync())!))
        {
            (await service.PostWithoutEffectAsync(EwsRequest.AddImContactToGroup(contactId, id))).Should().BeError(code, text);
            (await service.PostWithoutEffectAsync(EwsRequest.AddImContactToGroup(id, "not base64!"))).Should().BeError(code, text);
        }
    }

    [Fact]
    public async Task Adding_a_member_again_does_not_duplicate_it()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var contactId = await service.AddContactAsync("a@contoso.com", groupId);

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImContactToGroup(contactId, groupId));

        response.Should().Succeed();
    }

    [Fact]
    public async Task Without_a_group_the_memberships_do_not_change()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var contactId = await service.AddContactAsync("a@contoso.com", groupId);

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImContactToGroup(contactId, groupId: null));

        response.Should().Succeed();
    }

    [Fact]
    public async Task Adding_a_contact_to_Favorites_removes_it_from_Other_Contacts()
    {
        await using var service = await TestService.StartAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");
        var favorites = (await service.MailboxAsync())!.Groups.Values.Single(group => group.Type == GroupType.Favorites);

        (await service.PostAsync(EwsRequest.AddImContactToGroup(contactId, favorites.Id.Value))).Should().Succeed();

        var mailbox = (await service.MailboxAsync())!;
        mailbox.MembersOf(mailbox.Groups.Values.Single(group => group.Type == GroupType.OtherContacts)).Should().BeEmpty();
        mailbox.MembersOf(mailbox.Groups[favorites.Id]).Should().ContainSingle();
    }
}
