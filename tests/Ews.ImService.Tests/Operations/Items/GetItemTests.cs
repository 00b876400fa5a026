namespace Ews.ImService.Tests.Operations.Items;

public sealed class GetItemTests
{
    [Fact]
    public async Task An_IM_contact_is_returned_as_a_contact_of_the_Quick_Contacts_folder()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.AddNewImContactToGroup("sip:anna@contoso.com", "Anna"));
        var id = (await service.PostAsync(EwsRequest.GetImItemList())).Id("SourceId");

        var response = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();

        response.Value("ItemClass").Should().Be("IPM.Contact");
        response.Value("DisplayName").Should().Be("Anna");
        response.All("Entry").Select(entry => (entry.Attribute("Key")!.Value, entry.Value))
            .Should().Equal(("EmailAddress1", "anna@contoso.com"), ("ImAddress1", "sip:anna@contoso.com"));
        var persona = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();
        response.Id("ItemId").Should().Be(id);
        response.All("ItemId").Single().Attribute("ChangeKey")!.Value
            .Should().Be(persona.All("SourceId").Single().Attribute("ChangeKey")!.Value);
        response.Id("ParentFolderId").Should().Be(persona.Id("FolderId"));
        response.Value("DateTimeCreated").Should().Be(persona.Value("CreationTime"));
    }

    [Fact]
    public async Task An_IM_group_is_returned_as_a_distribution_list_with_its_type_as_item_class()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddGroupAsync("Team");

        var response = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();

        response.All("DistributionList").Should().ContainSingle();
        response.Value("ItemClass").Should().Be("IPM.DistList.MOC.UserGroup");
        response.Value("DisplayName").Should().Be("Team");
        response.All("ItemId").Single().Attribute("ChangeKey")!.Value.Should().Be("EgAAAA==");
    }

    [Theory]
    [InlineData("IdOnly", "", "ItemId")]
    [InlineData("Default", "", "ItemId,Subject,FileAs,DisplayName,CompleteName,EmailAddresses,PhoneNumbers")]
    [InlineData(
        "IdOnly", "<t:FieldURI FieldURI='contacts:GivenName'/><t:FieldURI FieldURI='item:Importance'/>", "ItemId,Importance,GivenName")]
    [InlineData(
        "IdOnly",
        "<t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='EmailAddress1'/>"
            + "<t:IndexedFieldURI FieldURI='contacts:PhoneNumber' FieldIndex='HomePhone'/>",
        "ItemId,EmailAddresses")]
    [InlineData("IdOnly", "<t:FieldURI FieldURI='item:Attachments'/>", "ItemId")]
    public async Task The_shape_determines_the_returned_properties(string baseShape, string additional, string elements)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("""
            <t:FileAs>A</t:FileAs><t:DisplayName>Anna</t:DisplayName><t:GivenName>Anna</t:GivenName>
            <t:EmailAddresses>
              <t:Entry Key="EmailAddress1">1@contoso.com</t:Entry><t:Entry Key="EmailAddress2">2@contoso.com</t:Entry>
            </t:EmailAddresses>
            <t:PhoneNumbers><t:Entry Key="MobilePhone">1</t:Entry></t:PhoneNumbers>
            """))).Should().Succeed().Id("ItemId");

        var response = (await service.PostAsync(EwsRequest.GetItem([id], baseShape, additional))).Should().Succeed();

        response.All("Contact").Single().Elements().Select(element => element.Name.LocalName).Should().Equal(elements.Split(','));
        if (additional.Contains("EmailAddress1", StringComparison.Ordinal))
            response.Value("Entry").Should().Be("1@contoso.com");
    }

    [Fact]
    public async Task A_property_of_another_item_type_is_ignored_and_an_invalid_one_is_rejected()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");

        (await service.PostAsync(EwsRequest.GetItem(
            [id], "IdOnly", "<t:FieldURI FieldURI='message:From'/><t:FieldURI FieldURI='calendar:Start'/>")))
            .Should().Succeed().All("Contact").Single().Elements().Should().ContainSingle();
        (await service.PostAsync(EwsRequest.GetItem([id], additional: "<t:ExtendedFieldURI PropertyName='a' PropertyType='String'/>")))
            .Should().BeError("ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid.");
    }

    [Fact]
    public async Task Each_id_has_its_own_response_message_and_code()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");
        var mailbox = (await service.MailboxAsync())!;
        var unusable = ForeignIds.Unusable(mailbox).Append((
            Id: ForeignIds.MissingItemOf(mailbox),
            Code: "ErrorItemNotFound",
            Text: "The specified object was not found in the store.")).ToList();

        var response = await service.PostAsync(EwsRequest.GetItem(unusable.Select(one => one.Id).Append(id)));

        response.Codes().Should().Equal(unusable.Select(one => one.Code).Append("NoError"));
        response.All("MessageText").Select(text => text.Value).Should().Equal(unusable.Select(one => one.Text));
        response.SchemaViolations().Should().BeEmpty();
    }
}
