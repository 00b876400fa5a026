using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

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
    public async Task Items_beyond_the_maximum_length_of_the_response_are_errors()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxResponseBytes = 10_000 });
        var contact = (await service.PostAsync(EwsRequest.CreateItem($"<t:Body BodyType='Text'>{new string('a', 6000)}</t:Body>")))
            .Should().Succeed().Id("ItemId");

        (await service.PostAsync(EwsRequest.GetItem([contact, contact, contact, contact]))).Codes()
            .Should().Equal("NoError", "NoError", "ErrorDataSizeLimitExceeded", "ErrorDataSizeLimitExceeded");
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
    [InlineData("Default", "", "ItemId,HasAttachments,FileAs,CompleteName,EmailAddresses,PhoneNumbers")]
    [InlineData("PcxPeopleSearch", "", "ItemId,HasAttachments,FileAs,CompleteName,EmailAddresses,PhoneNumbers")]
    [InlineData(
        "Default",
        "<t:FieldURI FieldURI='contacts:Surname'/><t:FieldURI FieldURI='contacts:FileAs'/><t:FieldURI FieldURI='item:Subject'/>",
        "ItemId,Subject,HasAttachments,FileAs,CompleteName,EmailAddresses,PhoneNumbers")]
    [InlineData("IdOnly", "<t:FieldURI FieldURI='contacts:EmailAddresses'/>", "ItemId,EmailAddresses")]
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
    public async Task AllProperties_contains_the_elements_that_every_contact_has_in_the_order_of_the_schema()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Directory = new AddressList([People.User(TestService.DefaultMailbox, "The User")], [], anyDistributionGroup: false),
        });
        var id = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>Anna</t:GivenName>"))).Id("ItemId");

        var response = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();

        response.All("Contact").Single().Elements().Select(element => element.Name.LocalName).Should().Equal(
            "ItemId", "ParentFolderId", "ItemClass", "Subject", "Sensitivity", "Body", "DateTimeReceived", "Size", "Importance",
            "IsSubmitted", "IsDraft", "IsFromMe", "IsResend", "IsUnmodified", "DateTimeSent", "DateTimeCreated", "ResponseObjects",
            "ReminderIsSet", "ReminderMinutesBeforeStart", "DisplayCc", "DisplayTo", "HasAttachments", "Culture", "EffectiveRights",
            "LastModifiedName", "LastModifiedTime", "IsAssociated", "WebClientReadFormQueryString", "WebClientEditFormQueryString",
            "ConversationId", "Flag", "FileAsMapping", "DisplayName", "GivenName", "CompleteName", "ContactSource", "HasPicture");
        response.All("Body").Single(body => body.Attribute("BodyType") is not null).ToString()
            .Should().Be("""<Body BodyType="Text" xmlns="http://schemas.microsoft.com/exchange/services/2006/types" />""");
        response.Number("Size").Should().BePositive();
        response.Value("Culture").Should().Be("en-US");
        response.Value("LastModifiedName").Should().Be("The User");
        response.Value("FileAsMapping").Should().Be("None");
        response.Value("WebClientReadFormQueryString").Should().Contain("&id=" + Uri.EscapeDataString(id) + "&");
        response.Value("FlagStatus").Should().Be("NotFlagged");
    }

    [Fact]
    public async Task A_longer_value_makes_the_item_larger()
    {
        await using var service = await TestService.StartAsync();
        var small = (await service.PostAsync(EwsRequest.CreateItem("<t:Manager>ä</t:Manager>"))).Id("ItemId");
        var large = (await service.PostAsync(EwsRequest.CreateItem("<t:Manager>ääää</t:Manager>"))).Id("ItemId");

        var sizes = (await service.PostAsync(EwsRequest.GetItem([small, large]))).Should().Succeed().All("Size");

        (int.Parse(sizes[1].Value, CultureInfo.InvariantCulture) - int.Parse(sizes[0].Value, CultureInfo.InvariantCulture)).Should().Be(6);
    }

    [Fact]
    public async Task A_complete_name_has_only_parts_that_are_set_and_is_absent_without_any()
    {
        await using var service = await TestService.StartAsync();
        const string title = "<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='0x3A45' PropertyType='String'/><t:Value>Dr.</t:Value>"
            + "</t:ExtendedProperty>";
        var named = (await service.PostAsync(EwsRequest.CreateItem(
            title + "<t:GivenName>Anna</t:GivenName><t:Generation>II</t:Generation>"))).Id("ItemId");
        var unnamed = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");

        var contacts = (await service.PostAsync(EwsRequest.GetItem([named, unnamed], "Default"))).Should().Succeed().All("Contact");

        contacts[0].Elements().Single(element => element.Name.LocalName == "CompleteName").Elements()
            .Select(part => part.Name.LocalName + "=" + part.Value)
            .Should().Equal("Title=Dr.", "FirstName=Anna", "Suffix=II", "FullName=Anna II");
        contacts[1].Elements().Select(element => element.Name.LocalName).Should().Equal("ItemId", "HasAttachments");
    }

    [Fact]
    public async Task Elements_that_no_base_shape_contains_are_returned_on_request()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");

        var response = (await service.PostAsync(EwsRequest.GetItem(
            [id],
            "IdOnly",
            "<t:FieldURI FieldURI='item:IconIndex'/><t:FieldURI FieldURI='item:InstanceKey'/><t:FieldURI FieldURI='item:BlockStatus'/>"
                + "<t:FieldURI FieldURI='item:EntityExtractionResult'/><t:FieldURI FieldURI='item:DisplayBcc'/>"))).Should().Succeed();

        response.All("Contact").Single().Elements().Select(element => element.Name.LocalName)
            .Should().Equal("ItemId", "DisplayBcc", "InstanceKey", "EntityExtractionResult", "BlockStatus", "IconIndex");
        Convert.FromBase64String(response.Value("InstanceKey")).Should().NotBeEmpty();
        response.Value("IconIndex").Should().Be("OutlookDefaultForContacts");
    }

    [Theory]
    [InlineData("Exchange2013", "Key=EmailAddress1,Name=a@contoso.com,RoutingType=SMTP,MailboxType=Contact")]
    [InlineData("Exchange2007_SP1", "Key=EmailAddress1")]
    public async Task An_email_address_has_all_attributes_since_Exchange_2010(string version, string attributes)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:EmailAddresses><t:Entry Key='EmailAddress1'>a@contoso.com</t:Entry></t:EmailAddresses>"))).Id("ItemId");

        var entry = (await service.PostAsync(OfVersion(version, EwsRequest.GetItem([id])))).Should().Succeed().All("Entry").Single();

        string.Join(',', entry.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}")).Should().Be(attributes);
    }

    [Fact]
    public async Task The_next_reminder_precedes_the_event()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:ReminderDueBy>2030-01-01T12:00:00Z</t:ReminderDueBy><t:ReminderIsSet>true</t:ReminderIsSet>"
                + "<t:ReminderMinutesBeforeStart>90</t:ReminderMinutesBeforeStart>"))).Should().Succeed().Id("ItemId");
        var other = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");

        (await service.PostAsync(EwsRequest.GetItem([id, other], "IdOnly", "<t:FieldURI FieldURI='item:ReminderNextTime'/>")))
            .Should().Succeed().Value("ReminderNextTime").Should().Be("2030-01-01T10:30:00Z");
    }

    [Fact]
    public async Task Base_shapes_omit_elements_that_are_newer_than_the_version_of_the_request()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>Anna</t:GivenName>"))).Id("ItemId");

        var names2007 = await ElementsAsync("Exchange2007_SP1");
        var names2010 = await ElementsAsync("Exchange2010");

        names2007.Should().Contain("Culture").And.NotContain(["ContactSource", "ConversationId", "HasPicture", "Flag"]);
        names2010.Should().Contain(["Culture", "ContactSource", "ConversationId", "HasPicture"]).And.NotContain("Flag");
        (await service.PostAsync(OfVersion("Exchange2010", EwsRequest.GetItem([id], "IdOnly", "<t:FieldURI FieldURI='item:Flag'/>"))))
            .Should().BeError("ErrorInvalidPropertyRequest", "Property is not valid for this object type.");

        async Task<List<string>> ElementsAsync(string version) =>
            (await service.PostAsync(OfVersion(version, EwsRequest.GetItem([id])))).Should().Succeed()
                .All("Contact").Single().Elements().Select(element => element.Name.LocalName).ToList();
    }

    [Theory]
    [InlineData("Exchange2013", "<t:FieldURI FieldURI='folder:DisplayName'/>", "ErrorInvalidPropertyRequest")]
    [InlineData("Exchange2013", "<t:FieldURI FieldURI='persona:DisplayName'/>", "ErrorInvalidPropertyRequest")]
    [InlineData("Exchange2013", "<t:FieldURI FieldURI='message:From'/>", "NoError")]
    [InlineData("Exchange2010", "<t:FieldURI FieldURI='calendar:Start'/>", "NoError")]
    [InlineData("Exchange2007_SP1", "<t:FieldURI FieldURI='calendar:Start'/>", "ErrorInvalidPropertyRequest")]
    [InlineData("Exchange2007", "<t:FieldURI FieldURI='message:IsRead'/>", "ErrorInvalidPropertyRequest")]
    [InlineData("Exchange2007", "<t:FieldURI FieldURI='distributionlist:Members'/>", "NoError")]
    [InlineData(
        "Exchange2013",
        "<t:IndexedFieldURI FieldURI='contacts:PhoneNumber' FieldIndex='Satellite'/>",
        "ErrorInvalidPropertyRequest")]
    [InlineData(
        "Exchange2013",
        "<t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='EmailAddress4'/>",
        "ErrorInvalidContactEmailIndex")]
    [InlineData("Exchange2013", "<t:IndexedFieldURI FieldURI='item:InternetMessageHeader' FieldIndex='X-Any'/>", "NoError")]
    public async Task The_path_of_another_kind_of_object_is_an_error_and_that_of_another_kind_of_item_only_for_Exchange_2007(
        string version, string path, string code)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");

        var response = await service.PostAsync(OfVersion(version, EwsRequest.GetItem([id], "IdOnly", path)));

        response.Codes().Should().Equal(code);
        response.SchemaViolations().Should().BeEmpty();
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

    private static string OfVersion(string version, string request) =>
        request.Replace("Version=\"Exchange2013\"", $"Version=\"{version}\"", StringComparison.Ordinal);
}
