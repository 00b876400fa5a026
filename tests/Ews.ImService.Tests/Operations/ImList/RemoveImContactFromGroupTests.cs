using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.ImList;

public sealed class RemoveImContactFromGroupTests
{
    private const string DocumentedContactId = "AAMkAGQ1MjJjMTBkLTcAAAAvcAAA=";
    private const string DocumentedGroupId = "AAMkAGQ1MjJjMTBkbWAAAAAAQKAAA=";
    private const string InvalidContact = "The specified Im Contact Id is invalid.";

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_request_returns_the_documented_response_and_when_repeated_the_documented_error(string spelling)
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var contactId = await service.AddContactAsync("a@contoso.com", groupId);
        await service.PostAsync(EwsRequest.AddImContactToGroup(contactId, await service.AddGroupAsync("Another")));
        var request = Documents.Read("Request").Spelled(spelling)
            .Replace(DocumentedContactId, contactId, StringComparison.Ordinal)
            .Replace(DocumentedGroupId, groupId, StringComparison.Ordinal);

        var first = await service.PostAsync(request);
        var second = await service.PostWithoutEffectAsync(request);

        first.Should().Succeed();
        first.ShouldMatchDocument(Documents.Read("Response").Spelled(spelling));
        second.Should().BeError("ErrorInvalidImContactId", InvalidContact);
        second.ShouldMatchDocument(Documents.Read("Error").Spelled(spelling));
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_request_succeeds_unchanged(string spelling)
    {
        await using var service = await TestService.StartAsync();
        await service.ImportAsync(new()
        {
            Groups = [new() { DisplayName = "Team", Id = DocumentedGroupId, Members = [new() { Contact = "a@contoso.com" }] }],
            ImContacts = [new() { ImAddress = "a@contoso.com", DisplayName = "A", Id = DocumentedContactId }],
        });

        var response = await service.PostAsync(Documents.Read("Request").Spelled(spelling));

        response.ShouldMatchDocument(Documents.Read("Response").Spelled(spelling));
        (await service.MailboxAsync())!.ImContacts.Should().BeEmpty("it was the contact's last group");
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_request_for_a_contact_outside_the_group_returns_the_documented_error(string spelling)
    {
        await using var service = await TestService.StartAsync();
        await service.ImportAsync(new()
        {
            Groups = [new() { DisplayName = "Team", Id = DocumentedGroupId }],
            ImContacts = [new() { ImAddress = "a@contoso.com", DisplayName = "A", Id = DocumentedContactId }],
        });

        var response = await service.PostWithoutEffectAsync(Documents.Read("Request").Spelled(spelling));

        response.ShouldMatchDocument(Documents.Read("Error").Spelled(spelling));
    }

    [Fact]
    public async Task A_contact_removed_from_one_of_two_groups_remains_on_the_list()
    {
        await using var service = await TestService.StartAsync();
        var one = await service.AddGroupAsync("One");
        var two = await service.AddGroupAsync("Two");
        var contactId = await service.AddContactAsync("a@contoso.com", one);
        await service.PostAsync(EwsRequest.AddImContactToGroup(contactId, two));

        (await service.PostAsync(EwsRequest.RemoveImContactFromGroup(contactId, one))).Should().Succeed();

        var mailbox = (await service.MailboxAsync())!;
        mailbox.MembersOf(mailbox.Groups[new ImGroupId(one)]).Should().BeEmpty();
        mailbox.MembersOf(mailbox.Groups[new ImGroupId(two)]).Select(member => member.Id.Value).Should().Equal(contactId);
    }

    [Theory]
    [InlineData("Team", "")]
    [InlineData("Tagged", "a@contoso.com")]
    public async Task The_group_Tagged_does_not_keep_a_contact_on_the_list_and_removal_from_it_does_not_delete_one(
        string removedFrom, string remaining)
    {
        await using var service = await TestService.StartAsync();
        var contactId = await service.AddContactAsync("a@contoso.com", await service.AddGroupAsync("Team"));
        await service.PostAsync(EwsRequest.AddImContactToGroup(contactId, await IdOfAsync("Tagged")));

        (await service.PostAsync(EwsRequest.RemoveImContactFromGroup(contactId, await IdOfAsync(removedFrom)))).Should().Succeed();

        string.Join(',', (await service.MailboxAsync())!.ImContacts.Select(contact => contact.ImAddress)).Should().Be(remaining);

        async Task<string> IdOfAsync(string group) =>
            (await service.MailboxAsync())!.Groups.Values.Single(candidate => candidate.DisplayName == group).Id.Value;
    }

    [Fact]
    public async Task A_contact_that_is_only_in_Tagged_moves_to_Other_Contacts_when_it_is_removed_from_it()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");
        var tagged = (await service.MailboxAsync())!.Groups.Values.Single(group => group.Type == GroupType.Tagged).Id.Value;
        var contactId = await service.AddContactAsync("a@contoso.com", tagged);

        (await service.PostAsync(EwsRequest.RemoveImContactFromGroup(contactId, tagged))).Should().Succeed();

        var mailbox = (await service.MailboxAsync())!;
        mailbox.MembersOf(mailbox.Groups.Values.Single(group => group.Type == GroupType.OtherContacts))
            .Select(member => member.Id.Value).Should().Equal(contactId);
    }

    [Fact]
    public async Task A_contact_removed_from_Other_Contacts_is_deleted_and_gets_new_ids_when_added_again()
    {
        await using var service = await TestService.StartAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");
        var otherContacts = (await service.MailboxAsync())!.Groups.Values.Single(group => group.Type == GroupType.OtherContacts);

        (await service.PostAsync(EwsRequest.RemoveImContactFromGroup(contactId, otherContacts.Id.Value))).Should().Succeed();

        (await service.MailboxAsync())!.ImContacts.Should().BeEmpty();
        (await service.AddContactAsync("a@contoso.com")).Should().NotBe(contactId);
    }

    [Fact]
    public async Task Ids_of_a_missing_contact_a_persona_and_a_group_return_ErrorInvalidImContactId()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var contact = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com", groupId: groupId))).Should().Succeed();
        string[] ids = [ForeignIds.MissingItemOf((await service.MailboxAsync())!), contact.Id("PersonaId"), groupId];

        foreach (var id in ids)
            (await service.PostWithoutEffectAsync(EwsRequest.RemoveImContactFromGroup(id, groupId)))
                .Should().BeError("ErrorInvalidImContactId", InvalidContact);
    }

    [Fact]
    public async Task A_missing_group_returns_ErrorItemNotFound_and_another_item_ErrorInvalidImGroupId()
    {
        await using var service = await TestService.StartAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");
        var missing = ForeignIds.MissingItemOf((await service.MailboxAsync())!);

        var notFound = await service.PostWithoutEffectAsync(EwsRequest.RemoveImContactFromGroup(contactId, missing));
        var isContact = await service.PostWithoutEffectAsync(EwsRequest.RemoveImContactFromGroup(contactId, contactId));

        notFound.Should().BeError("ErrorItemNotFound", "The specified object was not found in the store.");
        isContact.Should().BeError("ErrorInvalidImGroupId", "The specified Im Group Id is invalid.");
    }

    [Fact]
    public async Task An_invalid_id_returns_its_error_code_and_the_contact_id_is_checked_first()
    {
        await using var service = await TestService.StartAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");

        foreach (var (id, code, text) in ForeignIds.Unusable((await service.MailboxAsync())!))
        {
            (await service.PostWithoutEffectAsync(EwsRequest.RemoveImContactFromGroup(contactId, id))).Should().BeError(code, text);
            (await service.PostWithoutEffectAsync(EwsRequest.RemoveImContactFromGroup(id, "not base64!"))).Should().BeError(code, text);
        }
    }
}
