using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests.Operations.ImList;

public sealed class AddNewImContactToGroupTests
{
    private const string DocumentedGroupId = "AAMkAGQ1MjJjMTBkLTc4Y2UtNDAAAQKAAA=";
    private const string DocumentedForeignGuid = "d5fasdadcw3d-23de-2341-8f59-b71523fsddda";
    private const string LimitReached = "The maximum number of IM contacts has been reached.";

    [Fact]
    public async Task The_documented_request_returns_the_documented_response()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();

        var response = await service.PostAsync(Documents.Read("Request").Replace(DocumentedGroupId, groupId, StringComparison.Ordinal));

        response.Status.Should().Be(200);
        response.ShouldMatchDocument(Documents.Read("Response"));
    }

    [Fact]
    public async Task The_documented_request_succeeds_unchanged()
    {
        await using var service = await TestService.StartAsync();
        await service.ImportAsync(new() { Groups = [new() { DisplayName = "Team", Id = DocumentedGroupId }] });

        var response = await service.PostAsync(Documents.Read("Request"));

        response.ShouldMatchDocument(Documents.Read("Response"));
    }

    [Fact]
    public async Task In_the_http_spelling_the_response_has_the_addresses_of_the_schema()
    {
        await using var service = await TestService.StartAsync();
        await service.ImportAsync(new() { Groups = [new() { DisplayName = "Team", Id = DocumentedGroupId }] });

        var response = await service.PostAsync(Documents.Read("Request").Spelled("http"));

        response.Should().Succeed();
        response.ShouldMatchDocument(Documents.Read("SuccessAsSchema"));
    }

    [Theory]
    [InlineData(PersonaProfile.Schema, "https", "SuccessAsSchema")]
    [InlineData(PersonaProfile.Documentation, "http", "Response")]
    public async Task The_persona_profile_determines_the_form_of_addresses_in_both_spellings(
        PersonaProfile profile, string spelling, string expected)
    {
        await using var service = await TestService.StartAsync(new EwsOptions { PersonaProfile = profile });
        await service.ImportAsync(new() { Groups = [new() { DisplayName = "Team", Id = DocumentedGroupId }] });

        var response = await service.PostAsync(Documents.Read("Request").Spelled(spelling));

        response.ShouldMatchDocument(Documents.Read(expected).Spelled(spelling));
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task A_group_of_another_mailbox_returns_the_documented_error(string spelling)
    {
        await using var service = await TestService.StartAsync(new EwsOptions { ServerVersion = new ServerVersion(15, 0, 578, 11) });
        var request = Documents.Read("Request").Spelled(spelling)
            .Replace(DocumentedGroupId, ForeignIds.ItemOf(DocumentedForeignGuid), StringComparison.Ordinal);

        var response = await service.PostWithoutEffectAsync(request);

        response.Should().BeError("ErrorNonExistentMailbox", "No mailbox with such guid.");
        response.ShouldMatchDocument(Documents.Read("Error").Spelled(spelling));
    }

    [Fact]
    public async Task The_returned_ids_have_the_lengths_of_Exchange_and_the_source_id_is_that_of_the_contact()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com"));

        response.Should().Succeed();
        response.Id("PersonaId").Should().HaveLength(80).And.StartWith("AAQk");
        response.Id("SourceId").Should().HaveLength(152).And.StartWith("AAMk");
        response.Id("FolderId").Should().HaveLength(120).And.StartWith("AAMk");
        response.Xml.Descendants().Single(e => e.Name.LocalName == "SourceId").Attribute("ChangeKey")!.Value
            .Should().HaveLength(40).And.StartWith("EQAAABYAAA");
        (await service.MailboxAsync())!.Contacts.Keys.Should().Equal(new ContactId(response.Id("SourceId")));
    }

    [Fact]
    public async Task The_display_name_defaults_to_the_address()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.AddNewImContactToGroup("sip:r%26d@contoso.com"));

        response.Should().Succeed().Value("ImAddress").Should().Be("sip:r%26d@contoso.com");
        response.Value("DisplayNameFirstLast").Should().Be("sip:r%26d@contoso.com");
        response.Xml.Descendants().Where(e => e.Name.LocalName == "EmailAddress" && !e.HasElements)
            .Should().OnlyContain(e => e.Value == "r%26d@contoso.com").And.HaveCount(3);
    }

    [Theory]
    [InlineData("sip:")]
    [InlineData("  ")]
    public async Task An_address_of_only_a_scheme_or_spaces_omits_the_email_fields(string imAddress)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.AddNewImContactToGroup(imAddress));

        response.Should().Succeed().Value("ImAddress").Should().Be(imAddress);
        response.Xml.Descendants().Should().NotContain(e => e.Name.LocalName == "EmailAddress" || e.Name.LocalName == "Emails1");
    }

    [Theory]
    [InlineData("tsmith@contoso.com")]
    [InlineData("TSMITH@contoso.com")]
    [InlineData("sip:tsmith@contoso.com")]
    [InlineData(" SIP:tsmith@contoso.com ")]
    public async Task Adding_an_existing_address_returns_the_existing_contact_and_its_name(string imAddress)
    {
        await using var service = await TestService.StartAsync();
        var first = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("tsmith@contoso.com", "Tony Smith"))).Should().Succeed();
        var groupId = await service.AddGroupAsync();

        var second = (await service.PostAsync(EwsRequest.AddNewImContactToGroup(imAddress, "Somebody else", groupId))).Should().Succeed();

        second.Id("SourceId").Should().Be(first.Id("SourceId"));
        second.Id("PersonaId").Should().Be(first.Id("PersonaId"));
        second.Value("DisplayNameFirstLast").Should().Be("Tony Smith");
        var mailbox = (await service.MailboxAsync())!;
        mailbox.ImContacts.Should().ContainSingle();
        mailbox.MembersOf(mailbox.Groups[new ImGroupId(groupId)]).Should().ContainSingle();
    }

    [Fact]
    public async Task A_contact_beyond_the_limit_returns_ErrorImContactLimitReached_and_an_existing_one_joins_the_group()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new MailboxLimits(MaxContacts: 2) });
        await service.AddContactAsync("a@contoso.com");
        await service.AddContactAsync("b@contoso.com");
        var groupId = await service.AddGroupAsync();

        var third = await service.PostWithoutEffectAsync(EwsRequest.AddNewImContactToGroup("c@contoso.com"));
        var known = await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com", groupId: groupId));

        third.Should().BeError("ErrorImContactLimitReached", LimitReached);
        known.Should().Succeed();
    }

    [Fact]
    public async Task A_missing_group_returns_ErrorItemNotFound_and_another_item_ErrorInvalidImGroupId()
    {
        await using var service = await TestService.StartAsync();
        var contact = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com"))).Should().Succeed();
        var missing = ForeignIds.MissingItemOf((await service.MailboxAsync())!);

        var notFound = await service.PostWithoutEffectAsync(EwsRequest.AddNewImContactToGroup("b@contoso.com", groupId: missing));
        var isContact =
            await service.PostWithoutEffectAsync(EwsRequest.AddNewImContactToGroup("b@contoso.com", groupId: contact.Id("SourceId")));
        var isPersona =
            await service.PostWithoutEffectAsync(EwsRequest.AddNewImContactToGroup("b@contoso.com", groupId: contact.Id("PersonaId")));

        notFound.Should().BeError("ErrorItemNotFound", "The specified object was not found in the store.");
        isContact.Should().BeError("ErrorInvalidImGroupId", "The specified Im Group Id is invalid.");
        isPersona.Should().BeError("ErrorInvalidImGroupId", "The specified Im Group Id is invalid.");
    }

    [Fact]
    public async Task An_invalid_id_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();

        foreach (var (id, code, text) in ForeignIds.Unusable((await service.MailboxAsync())!))
            (await service.PostWithoutEffectAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com", groupId: id)))
                .Should().BeError(code, text);
    }
}
