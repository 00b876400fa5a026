using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Personas;

public sealed class GetPersonaTests
{
    private const string NotFound = "The specified object was not found in the store.";

    [Fact]
    public async Task A_persona_found_by_id_equals_the_persona_returned_at_creation()
    {
        await using var service = await TestService.StartAsync();
        var made = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com", "Anna"))).Should().Succeed();

        var response = (await service.PostAsync(ById(made.Id("PersonaId")))).Should().Succeed();

        response.Xml.Descendants().Single(e => e.Name.LocalName == "Persona").ToString()
            .Should().Be(made.Xml.Descendants().Single(e => e.Name.LocalName == "Persona").ToString());
        response.Xml.Descendants().Should().Contain(e => e.Name.LocalName == "GetPersonaResponseMessage");
    }

    [Theory]
    [InlineData("A@contoso.com", "Anna")]
    [InlineData("sip:a@contoso.com", "Anna")]
    [InlineData("ben@contoso.com", "Ben")]
    public async Task A_persona_is_found_by_an_address_of_the_mailbox_or_the_directory(string address, string expected)
    {
        await using var service = await TestService.StartAsync(
            TestService.InMemory with { Directory = new AddressList([People.User("ben@contoso.com", "Ben")], [], false) });
        await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com", "Anna"));

        var response = (await service.PostAsync(ByAddress(address))).Should().Succeed();

        response.Value("DisplayNameFirstLast").Should().Be(expected);
        (await service.PostAsync(ById(response.Id("PersonaId")))).Should().Succeed().Value("DisplayNameFirstLast").Should().Be(expected);
    }

    [Fact]
    public async Task A_missing_id_returns_ErrorMissingArgument_and_an_unknown_address_ErrorItemNotFound()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();
        var mailbox = (await service.MailboxAsync())!;

        (await service.PostAsync(EwsRequest.For("GetPersona", "")))
            .Should().BeError("ErrorMissingArgument", "A required argument is missing: PersonaId or EmailAddress.");
        (await service.PostAsync(ByAddress("sip:"))).Should().BeError("ErrorItemNotFound", NotFound);
        (await service.PostAsync(ByAddress("nobody@contoso.com"))).Should().BeError("ErrorItemNotFound", NotFound);
        (await service.PostAsync(ById(StoreId.ForPersona(mailbox.MailboxGuid, Guid.NewGuid()))))
            .Should().BeError("ErrorItemNotFound", NotFound);
    }

    [Fact]
    public async Task An_id_of_another_kind_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");
        var mailbox = (await service.MailboxAsync())!;

        foreach (var id in new[] { groupId, contactId, MailboxFolder.QuickContacts.Id(mailbox.MailboxGuid), "not base64!" })
            (await service.PostAsync(ById(id))).Should().BeError("ErrorInvalidIdMalformed", ForeignIds.MalformedText);
        (await service.PostAsync(ById(""))).Should().BeError("ErrorInvalidIdEmpty", "Id must be non-empty.");
        (await service.PostAsync(ById(StoreId.ForPersona(Guid.NewGuid(), Guid.NewGuid()))))
            .Should().BeError("ErrorNonExistentMailbox", "No mailbox with such guid.");
    }

    [Fact]
    public async Task The_persona_of_an_IM_contact_replaces_that_of_an_ordinary_contact_with_the_same_address()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem(
            "<t:DisplayName>Anna</t:DisplayName><t:EmailAddresses><t:Entry Key='EmailAddress1'>anna@contoso.com</t:Entry>"
                + "</t:EmailAddresses>"));
        var alone = (await service.PostAsync(ByAddress("anna@contoso.com"))).Should().Succeed();
        alone.All("Attribution").Where(attribution => attribution.HasElements).Should().ContainSingle();

        var quick = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("anna@contoso.com"))).Should().Succeed();

        var both = (await service.PostAsync(ByAddress("anna@contoso.com"))).Should().Succeed();
        both.Id("PersonaId").Should().Be(quick.Id("PersonaId")).And.NotBe(alone.Id("PersonaId"));
        (await service.PostAsync(ById(alone.Id("PersonaId")))).Should().Succeed().Id("PersonaId").Should().Be(quick.Id("PersonaId"));
        both.All("Attribution").Where(attribution => attribution.HasElements).Should().HaveCount(2);
    }

    private static string ById(string id) => EwsRequest.For("GetPersona", $"<m:PersonaId Id='{id}'/>");

    private static string ByAddress(string address) =>
        EwsRequest.For("GetPersona", $"<m:EmailAddress><t:EmailAddress>{address}</t:EmailAddress></m:EmailAddress>");
}
