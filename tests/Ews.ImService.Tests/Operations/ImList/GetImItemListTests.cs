namespace Ews.ImService.Tests.Operations.ImList;

public sealed class GetImItemListTests
{
    private const string DisplayNameField =
        "<m:ExtendedProperties><t:ExtendedProperty PropertyTag='0x3001' PropertyType='String'/></m:ExtendedProperties>";

    [Fact]
    public async Task A_new_mailbox_returns_its_system_groups_and_two_lists()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.GetImItemList());

        response.Should().Succeed();
        response.Groups().Should().Equal("Other Contacts", "Tagged", "Favorites");
        response.Text.Should().Contain("<Personas ").And.NotContain("<Persona>").And.NotContain("MemberCorrelationKey");
    }

    [Fact]
    public async Task Groups_and_personas_are_ordered_by_creation_and_each_persona_is_returned_once()
    {
        await using var service = await TestService.StartAsync();
        var one = await service.AddGroupAsync("One");
        var two = await service.AddGroupAsync("Two");
        var b = await service.AddContactAsync("b@contoso.com", two);
        var a = await service.AddContactAsync("a@contoso.com", one);
        await service.PostAsync(EwsRequest.AddImContactToGroup(b, one));
        var alone = await service.AddContactAsync("alone@contoso.com");

        var response = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();

        response.Groups().Should().Equal("Other Contacts", "Tagged", "Favorites", "One", "Two");
        response.Members("Other Contacts").Should().Equal(alone);
        response.Members("One").Should().Equal(a, b);
        response.Members("Two").Should().Equal(b);
        response.Xml.Descendants().Where(e => e.Name.LocalName == "SourceId").Select(e => e.Attribute("Id")!.Value)
            .Should().Equal(b, a, alone);
    }

    [Fact]
    public async Task Every_group_and_contact_has_an_id_a_change_key_and_the_properties_that_clients_read()
    {
        await using var service = await TestService.StartAsync();
        await service.AddContactAsync("a@contoso.com", await service.AddGroupAsync());

        var response = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();

        string[] withKeys = ["ExchangeStoreId", "SourceId", "ItemId", "FolderId"];
        response.Xml.Descendants().Where(e => withKeys.Contains(e.Name.LocalName)).Should()
            .OnlyContain(
                e => e.Attribute("Id")!.Value.Length > 0 && e.Attribute("ChangeKey")!.Value.Length > 0).And.HaveCount(4 + 1 + 1 + 1);
        response.Value("IsQuickContact").Should().Be("true");
        response.Value("IsHidden").Should().Be("false");
    }

    [Fact]
    public async Task The_display_name_is_available_as_an_extended_property_and_others_are_ignored()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com", "Anna", await service.AddGroupAsync()));
        const string More =
            "<t:ExtendedProperty DistinguishedPropertySetId='Address' PropertyId='1' PropertyType='String'/>"
                + "<t:ExtendedProperty PropertyTag='12289' PropertyType='Integer'/>";

        var response = (await service.PostAsync(EwsRequest.GetImItemList(DisplayNameField.Replace(
            "</m:", More + "</m:", StringComparison.Ordinal))))
            .Should().Succeed();

        response.Xml.Descendants().Where(e => e.Name.LocalName == "ExtendedProperties").Select(e => e.Value).Should()
            .Equal("Other Contacts", "Tagged", "Favorites", "Team", "Anna0");
        response.Xml.Descendants().Where(e => e.Name.LocalName == "ExtendedFieldURI").Should()
            .OnlyContain(e => e.Attribute("PropertyTag")!.Value == "0x3001" && e.Attribute("PropertyType")!.Value == "String");
    }

    [Theory]
    [InlineData("PropertyTag='0x3001' PropertyId='1'")]
    [InlineData("PropertyTag='0x3001' PropertySetId='00062004-0000-0000-C000-000000000046'")]
    [InlineData("PropertyName='a'")]
    [InlineData("DistinguishedPropertySetId='Address'")]
    [InlineData("DistinguishedPropertySetId='Address' PropertyName='a' PropertyId='1'")]
    [InlineData("DistinguishedPropertySetId='Address' PropertySetId='00062004-0000-0000-C000-000000000046' PropertyId='1'")]
    [InlineData("")]
    public async Task Contradictory_attributes_return_ErrorInvalidExtendedProperty(string attributes)
    {
        await using var service = await TestService.StartAsync();
        var field = $"<m:ExtendedProperties><t:ExtendedProperty {attributes} PropertyType='String'/></m:ExtendedProperties>";

        (await service.PostAsync(EwsRequest.GetImItemList(field))).Should()
            .BeError("ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid.");
        (await service.PostAsync(EwsRequest.GetImItems(content: field))).Should()
            .BeError("ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid.");
    }

    [Fact]
    public async Task The_list_contains_no_objects_of_another_mailbox()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.AddImGroup("Hers", EwsRequest.Impersonating("SmtpAddress", "anna@contoso.com")));

        var response = await service.PostAsync(EwsRequest.GetImItemList());

        response.Should().Succeed().Text.Should().NotContain("Hers");
    }

    [Fact]
    public async Task An_old_version_header_returns_the_documented_fault()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.For("GetImItemList", "", "<t:RequestServerVersion Version='Exchange2010_SP2'/>"));

        response.Should().BeFault(
            "ErrorIncorrectSchemaVersion",
            "The request is valid but does not specify the correct server version in the RequestServerVersion SOAP header.  "
                + "Ensure that the RequestServerVersion SOAP header is set with the correct RequestServerVersionValue.");
    }

    [Fact]
    public async Task An_IM_contact_and_an_ordinary_contact_with_one_address_form_the_documented_persona_with_two_attributions()
    {
        await using var service = await TestService.StartAsync();
        var contactId = (await service.PostAsync(EwsRequest.CreateItem("""
            <t:FileAsMapping>LastCommaFirst</t:FileAsMapping><t:GivenName>Anthony</t:GivenName>
            <t:EmailAddresses><t:Entry Key="EmailAddress1">tsmith@contoso.com</t:Entry></t:EmailAddresses>
            <t:PhoneNumbers><t:Entry Key="HomePhone">4255550110</t:Entry><t:Entry Key="MobilePhone">4255550120</t:Entry></t:PhoneNumbers>
            <t:Surname>Smith</t:Surname>
            """))).Should().Succeed().Id("ItemId");
        var quickContact = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("tsmith@contoso.com", "Tony Smith")))
            .Should().Succeed();

        var list = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();

        list.All("Persona").Single().ShouldMatchDocument(Documents.Read("OnePersonTwoContacts"));
        list.All("SourceId").Select(source => source.Attribute("Id")!.Value)
            .Should().StartWith(contactId).And.Equal(quickContact.All("SourceId").Select(source => source.Attribute("Id")!.Value));
        list.Members("Other Contacts").Should().Equal(list.All("SourceId")[1].Attribute("Id")!.Value);
    }

    [Fact]
    public async Task An_ordinary_contact_with_the_addresses_of_two_IM_contacts_belongs_to_one_persona()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem(
            "<t:DisplayName>Both</t:DisplayName><t:EmailAddresses><t:Entry Key='EmailAddress1'>a@contoso.com</t:Entry>"
                + "<t:Entry Key='EmailAddress2'>b@contoso.com</t:Entry></t:EmailAddresses>"));
        await service.AddContactAsync("b@contoso.com");
        await service.AddContactAsync("a@contoso.com");

        var list = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();

        list.All("DisplayNameFirstLast").Select(name => name.Value).Should().Equal("b@contoso.com", "Both");
    }

    [Fact]
    public async Task A_persona_reflects_creation_updates_and_deletion_of_its_contacts()
    {
        await using var service = await TestService.StartAsync();
        await service.AddContactAsync("anna@contoso.com");
        const string address =
            "<t:DisplayName>Anna</t:DisplayName><t:ImAddresses><t:Entry Key='ImAddress2'>sip:ANNA@contoso.com</t:Entry></t:ImAddresses>";

        var contactId = (await service.PostAsync(EwsRequest.CreateItem(address))).Should().Succeed().Id("ItemId");
        (await NameAsync()).Should().Be("Anna", "the name of an ordinary contact takes precedence");
        await service.PostAsync(EwsRequest.UpdateItem(contactId, EwsRequest.SetField(
            "contacts:DisplayName", "<t:DisplayName>Anne</t:DisplayName>")));
        (await NameAsync()).Should().Be("Anne");
        await service.PostAsync(EwsRequest.UpdateItem(
            contactId,
            "<t:DeleteItemField><t:IndexedFieldURI FieldURI='contacts:ImAddress' FieldIndex='ImAddress2'/></t:DeleteItemField>"));
        (await NameAsync()).Should().Be("anna@contoso.com", "no address links the contacts any longer");
        await service.PostAsync(EwsRequest.DeleteItem(contactId));
        (await NameAsync()).Should().Be("anna@contoso.com");

        async Task<string> NameAsync() => (await service.PostAsync(EwsRequest.GetImItemList()))
            .Should().Succeed().Value("DisplayNameFirstLast");
    }
}
