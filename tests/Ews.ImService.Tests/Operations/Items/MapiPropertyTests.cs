using System.Security;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Items;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class MapiPropertyTests
{
    private const string AddressSet = "DistinguishedPropertySetId='Address'";
    private const string CommonSet = "DistinguishedPropertySetId='Common'";
    private const string AirSyncSet = "PropertySetId='71035549-0739-4dcb-9163-00f0580dbbdf'";

    /// <summary>The paths that Exchange does not search. Their extended names can be searched.</summary>
    private static readonly string[] NotSearchable = ["item:Culture", "item:ReminderDueBy"];

    private static readonly int[] EmailIds = [32896, 32898, 32899, 32900];
    private static readonly string[] MailingAddressTags = ["0x3A29", "0x3A27", "0x3A28", "0x3A2A", "0x3A26", "0x3A15"];

    /// <summary>Gets the properties of EWS with a text: the path and the attributes of the extended property.</summary>
    /// <remarks>[MS-OXPROPS]; the contacts of DavMail and Evolution use the same numbers.</remarks>
    public static TheoryData<string, string> Texts() => new()
    {
        { "contacts:GivenName", "PropertyTag='0x3A06'" },
        { "contacts:GivenName", "PropertyTag='14854'" },
        { "contacts:MiddleName", "PropertyTag='0x3A44'" },
        { "contacts:Surname", "PropertyTag='0x3A11'" },
        { "contacts:Generation", "PropertyTag='0x3A05'" },
        { "contacts:Nickname", "PropertyTag='0x3A4F'" },
        { "contacts:Initials", "PropertyTag='0x3A0A'" },
        { "contacts:DisplayName", "PropertyTag='0x3001'" },
        { "contacts:FileAs", $"{AddressSet} PropertyId='32773'" },
        { "contacts:FileAs", "PropertySetId='00062004-0000-0000-C000-000000000046' PropertyId='32773'" },
        { "contacts:CompanyName", "PropertyTag='0x3A16'" },
        { "contacts:Department", "PropertyTag='0x3A18'" },
        { "contacts:JobTitle", "PropertyTag='0x3A17'" },
        { "contacts:OfficeLocation", "PropertyTag='0x3A19'" },
        { "contacts:Manager", "PropertyTag='0x3A4E'" },
        { "contacts:AssistantName", "PropertyTag='0x3A30'" },
        { "contacts:Profession", "PropertyTag='0x3A46'" },
        { "contacts:SpouseName", "PropertyTag='0x3A48'" },
        { "contacts:BusinessHomePage", "PropertyTag='0x3A51'" },
        { "contacts:BusinessHomePage", $"{AddressSet} PropertyId='32811'" },
        { "contacts:Mileage", $"{CommonSet} PropertyId='34100'" },
        { "item:Subject", "PropertyTag='0x0037'" },
        { "item:InReplyTo", "PropertyTag='0x1042'" },
        { "contacts:EmailAddress:EmailAddress1", $"{AddressSet} PropertyId='32899'" },
        { "contacts:EmailAddress:EmailAddress2", $"{AddressSet} PropertyId='32915'" },
        { "contacts:EmailAddress:EmailAddress3", $"{AddressSet} PropertyId='32931'" },
        { "contacts:ImAddress:ImAddress1", $"{AddressSet} PropertyId='32866'" },
        { "contacts:ImAddress:ImAddress2", $"{AirSyncSet} PropertyName='IMAddress2'" },
        { "contacts:ImAddress:ImAddress3", $"{AirSyncSet} PropertyName='IMAddress3'" },
        { "contacts:PhysicalAddress:Street:Business", $"{AddressSet} PropertyId='32837'" },
        { "contacts:PhysicalAddress:City:Business", $"{AddressSet} PropertyId='32838'" },
        { "contacts:PhysicalAddress:State:Business", $"{AddressSet} PropertyId='32839'" },
        { "contacts:PhysicalAddress:PostalCode:Business", $"{AddressSet} PropertyId='32840'" },
        { "contacts:PhysicalAddress:CountryOrRegion:Business", $"{AddressSet} PropertyId='32841'" },
        { "contacts:PhysicalAddress:Street:Home", "PropertyTag='0x3A5D'" },
        { "contacts:PhysicalAddress:City:Home", "PropertyTag='0x3A59'" },
        { "contacts:PhysicalAddress:State:Home", "PropertyTag='0x3A5C'" },
        { "contacts:PhysicalAddress:PostalCode:Home", "PropertyTag='0x3A5B'" },
        { "contacts:PhysicalAddress:CountryOrRegion:Home", "PropertyTag='0x3A5A'" },
        { "contacts:PhysicalAddress:Street:Other", "PropertyTag='0x3A63'" },
        { "contacts:PhysicalAddress:City:Other", "PropertyTag='0x3A5F'" },
        { "contacts:PhysicalAddress:State:Other", "PropertyTag='0x3A62'" },
        { "contacts:PhysicalAddress:PostalCode:Other", "PropertyTag='0x3A61'" },
        { "contacts:PhysicalAddress:CountryOrRegion:Other", "PropertyTag='0x3A60'" },
        { "contacts:PhoneNumber:AssistantPhone", "PropertyTag='0x3A2E'" },
        { "contacts:PhoneNumber:BusinessFax", "PropertyTag='0x3A24'" },
        { "contacts:PhoneNumber:BusinessPhone", "PropertyTag='0x3A08'" },
        { "contacts:PhoneNumber:BusinessPhone2", "PropertyTag='0x3A1B'" },
        { "contacts:PhoneNumber:Callback", "PropertyTag='0x3A02'" },
        { "contacts:PhoneNumber:CarPhone", "PropertyTag='0x3A1E'" },
        { "contacts:PhoneNumber:CompanyMainPhone", "PropertyTag='0x3A57'" },
        { "contacts:PhoneNumber:HomeFax", "PropertyTag='0x3A25'" },
        { "contacts:PhoneNumber:HomePhone", "PropertyTag='0x3A09'" },
        { "contacts:PhoneNumber:HomePhone2", "PropertyTag='0x3A2F'" },
        { "contacts:PhoneNumber:Isdn", "PropertyTag='0x3A2D'" },
        { "contacts:PhoneNumber:MobilePhone", "PropertyTag='0x3A1C'" },
        { "contacts:PhoneNumber:OtherFax", "PropertyTag='0x3A23'" },
        { "contacts:PhoneNumber:OtherTelephone", "PropertyTag='0x3A1F'" },
        { "contacts:PhoneNumber:Pager", "PropertyTag='0x3A21'" },
        { "contacts:PhoneNumber:PrimaryPhone", "PropertyTag='0x3A1A'" },
        { "contacts:PhoneNumber:RadioPhone", "PropertyTag='0x3A1D'" },
        { "contacts:PhoneNumber:Telex", "PropertyTag='0x3A2C'" },
        { "contacts:PhoneNumber:TtyTddPhone", "PropertyTag='0x3A4B'" },
    };

    /// <summary>Gets other properties: the path, a value in EWS, the attributes of the extended property, its type and value.</summary>
    public static TheoryData<string, string, string, string, string> OtherValues() => new()
    {
        { "item:Importance", "High", "PropertyTag='0x0017'", "Integer", "2" },
        { "item:Importance", "Low", "PropertyTag='0x17'", "Integer", "0" },
        { "item:Sensitivity", "Confidential", "PropertyTag='0x0036'", "Integer", "3" },
        { "item:Sensitivity", "Private", $"{CommonSet} PropertyId='34054'", "Boolean", "true" },
        { "item:ItemClass", "IPM.Contact.Special", "PropertyTag='0x001A'", "String", "IPM.Contact.Special" },
        { "item:Culture", "de-DE", "PropertyTag='0x3FF1'", "Integer", "1031" },
        { "item:ReminderIsSet", "true", $"{CommonSet} PropertyId='34051'", "Boolean", "true" },
        { "item:ReminderMinutesBeforeStart", "15", $"{CommonSet} PropertyId='34049'", "Integer", "15" },
        { "item:ReminderDueBy", "2026-11-21T08:30:00Z", $"{CommonSet} PropertyId='34050'", "SystemTime", "2026-11-21T08:30:00Z" },
        { "contacts:Birthday", "1980-02-01T00:00:00Z", "PropertyTag='0x3A42'", "SystemTime", "1980-02-01T00:00:00Z" },
        { "contacts:WeddingAnniversary", "2010-07-09T00:00:00Z", "PropertyTag='0x3A41'", "SystemTime", "2010-07-09T00:00:00Z" },
        { "contacts:PostalAddressIndex", "Business", $"{AddressSet} PropertyId='32802'", "Integer", "2" },
        { "contacts:FileAsMapping", "LastCommaFirst", $"{AddressSet} PropertyId='32774'", "Integer", "32791" },
    };

    /// <summary>Gets the properties that cannot be set: the attributes of the extended property, and its type.</summary>
    public static TheoryData<string, string> Computed() => new()
    {
        { "PropertyTag='0x3007'", "SystemTime" },
        { "PropertyTag='0x3008'", "SystemTime" },
        { "PropertyTag='0x0E06'", "SystemTime" },
        { "PropertyTag='0x0039'", "SystemTime" },
        { "PropertyTag='0x0E1B'", "Boolean" },
        { "PropertyTag='0x0E08'", "Integer" },
        { "PropertyTag='0x0E08'", "Long" },
        { "PropertyTag='0x3FFA'", "String" },
        { "PropertyTag='0x0E02'", "String" },
        { "PropertyTag='0x0E03'", "String" },
        { "PropertyTag='0x0E04'", "String" },
        { "PropertyTag='0x0FF6'", "Binary" },
        { "PropertyTag='0x0E07'", "Integer" },
        { "PropertyTag='0x0E23'", "Integer" },
        { "PropertyTag='0x1080'", "Integer" },
        { "PropertyTag='0x0FF4'", "Integer" },
        { "PropertyTag='0x0FFF'", "Binary" },
        { "PropertyTag='0x0E09'", "Binary" },
        { "PropertyTag='0x65E0'", "Binary" },
        { "PropertyTag='0x65E2'", "Binary" },
        { "PropertyTag='0x300B'", "Binary" },
    };

    [Fact]
    public void Every_MAPI_property_has_a_value_in_EWS()
    {
        MapiProperty.All.Should().OnlyContain(property =>
            property.Compute != null || ItemFields.At(property.Path) != null || ItemFields.IsEntry(property.Path));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public Task A_text_has_one_value_for_both_names(string path, string attributes) =>
        VerifyBothNamesAsync(path, "Ann", attributes, "String", "Ann");

    [Theory]
    [MemberData(nameof(OtherValues))]
    public Task A_value_has_the_type_of_each_name(string path, string value, string attributes, string type, string extendedValue) =>
        VerifyBothNamesAsync(path, value, attributes, type, extendedValue);

    [Theory]
    [InlineData("item:Categories", "DistinguishedPropertySetId='PublicStrings' PropertyName='Keywords'")]
    [InlineData("contacts:Children", "PropertyTag='0x3A58'")]
    [InlineData("contacts:Companies", CommonSet + " PropertyId='34105'")]
    public async Task A_list_has_the_same_entries_for_both_names(string path, string attributes)
    {
        await using var service = await TestService.StartAsync();
        var field = Field(attributes, "StringArray");

        var id = await CreateAsync(
            service, $"<t:ExtendedProperty>{field}<t:Values><t:Value>One</t:Value><t:Value>Two</t:Value></t:Values></t:ExtendedProperty>");

        var response = (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", field + Path(path)))).Should().Succeed();
        response.All("String").Select(text => text.Value).Should().Equal("One", "Two");
        response.All("Value").Select(text => text.Value).Should().Equal("One", "Two");
    }

    [Theory]
    [MemberData(nameof(Computed))]
    public async Task A_computed_property_is_read_only(string attributes, string type)
    {
        await using var service = await TestService.StartAsync();
        var field = Field(attributes, type);
        var id = await CreateAsync(service, "<t:GivenName>Ann</t:GivenName>");
        var value = (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", field))).Should().Succeed().Value("Value");

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem(Extended(field, value))))
            .Should().BeError("ErrorInvalidPropertySet", "Set action is invalid for property.");
        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, Set(field, Extended(field, value)))))
            .Should().BeError("ErrorInvalidPropertySet", "Set action is invalid for property.");
        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, Delete(field))))
            .Should().BeError("ErrorInvalidPropertyDelete", "The delete action is not supported for this property.");
    }

    [Fact]
    public async Task The_entry_id_of_an_item_is_that_which_ConvertId_returns()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "<t:GivenName>Ann</t:GivenName>");
        var entryId = (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", Field("PropertyTag='0x0FFF'", "Binary")))).Value("Value");

        var converted = (await service.PostAsync(EwsRequest.For(
            "ConvertId",
            $"<m:SourceIds><t:AlternateId Format='EntryId' Id='{entryId}' Mailbox='user@contoso.com'/></m:SourceIds>",
            attributes: " DestinationFormat='EwsId'"))).Should().Succeed();

        converted.All("AlternateId").Single().Attribute("Id")!.Value.Should().Be(id);
    }

    [Fact]
    public async Task The_parts_of_an_email_address_follow_its_entry_until_they_are_set()
    {
        await using var service = await TestService.StartAsync();
        var parts = string.Concat(EmailIds.Select(id => Field($"{AddressSet} PropertyId='{id}'", "String")));
        var id = await CreateAsync(
            service, "<t:EmailAddresses><t:Entry Key='EmailAddress1'>ann@contoso.com</t:Entry></t:EmailAddresses>");
        (await ValuesAsync(service, id, parts)).Should().Equal("ann@contoso.com", "SMTP", "ann@contoso.com", "ann@contoso.com");

        var name = Field($"{AddressSet} PropertyId='32896'", "String");
        var original = Field($"{AddressSet} PropertyId='32900'", "String");
        (await service.PostAsync(EwsRequest.UpdateItem(
            id, Set(name, Extended(name, "Ann")) + Set(original, Extended(original, "Ann (original)"))))).Should().Succeed();

        (await ValuesAsync(service, id, parts)).Should().Equal("Ann", "SMTP", "ann@contoso.com", "Ann (original)");
        var entry = (await service.PostAsync(EwsRequest.GetItem([id]))).All("Entry").Single();
        entry.Value.Should().Be("ann@contoso.com");
        entry.Attribute("Name")!.Value.Should().Be("Ann");

        (await service.PostAsync(EwsRequest.UpdateItem(id, Delete(name)))).Should().Succeed();
        (await ValuesAsync(service, id, parts)).Should().Equal("ann@contoso.com", "SMTP", "ann@contoso.com", "Ann (original)");
        var address = Field($"{AddressSet} PropertyId='32899'", "String");
        (await service.PostAsync(EwsRequest.UpdateItem(id, Delete(address)))).Should().Succeed();
        (await ValuesAsync(service, id, parts)).Should().BeEmpty();
        (await service.PostAsync(EwsRequest.GetItem([id]))).All("Entry").Should().BeEmpty();
    }

    [Fact]
    public async Task The_extended_name_prevails_in_a_new_contact_with_both_names()
    {
        await using var service = await TestService.StartAsync();
        var field = Field("PropertyTag='0x3A06'", "String");

        var id = await CreateAsync(service, Extended(field, "Extended") + "<t:GivenName>Plain</t:GivenName>");

        (await service.PostAsync(EwsRequest.GetItem([id]))).Value("GivenName").Should().Be("Extended");
    }

    [Fact]
    public async Task A_body_is_appended_by_its_tag_and_no_other_property_is()
    {
        await using var service = await TestService.StartAsync();
        var body = Field("PropertyTag='0x1000'", "String");
        var name = Field("PropertyTag='0x3A06'", "String");
        var id = await CreateAsync(service, "<t:Body BodyType='Text'>one</t:Body><t:GivenName>Ann</t:GivenName>");

        (await service.PostAsync(EwsRequest.UpdateItem(id, Append(body, " two")))).Should().Succeed();
        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, Append(name, "a"))))
            .Should().BeError("ErrorInvalidPropertyAppend", "The append action is not supported for this property.");

        (await ValuesAsync(service, id, body)).Should().Equal("one two");

        static string Append(string field, string text) =>
            $"<t:AppendToItemField>{field}<t:Contact>{Extended(field, text)}</t:Contact></t:AppendToItemField>";
    }

    [Fact]
    public async Task An_update_uses_one_name_of_the_property()
    {
        await using var service = await TestService.StartAsync();
        var field = Field("PropertyTag='0x3A06'", "String");
        var id = await CreateAsync(service, "<t:GivenName>Ann</t:GivenName>");

        (await service.PostWithoutEffectAsync(EwsRequest.UpdateItem(id, Set(field, "<t:GivenName>Bea</t:GivenName>"))))
            .Should().BeError("ErrorUpdatePropertyMismatch", "Property for update does not match property in object.");
    }

    [Fact]
    public async Task SyncFolderItems_returns_requested_properties_by_both_names()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, Extended(Field("PropertyTag='0x3A06'", "String"), "Ann"));

        var response = (await service.PostAsync(EwsRequest.SyncFolderItems(
            "contacts", additional: Path("contacts:GivenName") + Field("PropertyTag='0x3A06'", "String")))).Should().Succeed();

        response.Id("ItemId").Should().Be(id);
        response.Value("GivenName").Should().Be("Ann");
        response.Value("Value").Should().Be("Ann");
    }

    [Fact]
    public async Task Setting_a_name_by_its_tag_changes_the_names_that_are_derived_from_it()
    {
        await using var service = await TestService.StartAsync();
        var field = Field("PropertyTag='0x3A06'", "String");
        var id = await CreateAsync(
            service,
            "<t:FileAsMapping>LastCommaFirst</t:FileAsMapping><t:GivenName>Ann</t:GivenName><t:Surname>Smith</t:Surname>");

        (await service.PostAsync(EwsRequest.UpdateItem(id, Set(field, Extended(field, "Bea"))))).Should().Succeed();

        var response = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();
        response.Value("FileAs").Should().Be("Smith, Bea");
        response.Value("DisplayName").Should().Be("Bea Smith");
    }

    [Fact]
    public async Task The_mailing_address_is_a_copy_of_the_address_that_the_index_names()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, """
            <t:PhysicalAddresses>
              <t:Entry Key="Home"><t:City>Bonn</t:City></t:Entry>
              <t:Entry Key="Business">
                <t:Street>1 Main St</t:Street><t:City>Redmond</t:City><t:State>WA</t:State>
                <t:CountryOrRegion>USA</t:CountryOrRegion><t:PostalCode>98052</t:PostalCode>
              </t:Entry>
            </t:PhysicalAddresses>
            <t:PostalAddressIndex>Business</t:PostalAddressIndex>
            """);

        var values = await ValuesAsync(service, id, string.Concat(
            MailingAddressTags.Select(tag => Field($"PropertyTag='{tag}'", "String"))));

        values.Should().Equal("1 Main St", "Redmond", "WA", "98052", "USA", "1 Main St\r\nRedmond, WA 98052\r\nUSA");
    }

    [Fact]
    public async Task Certificates_that_a_client_of_MAPI_sets_are_returned_on_request()
    {
        await using var service = await TestService.StartAsync();
        var smime = Field("PropertyTag='0x3A70'", "BinaryArray");

        var id = await CreateAsync(
            service,
            $"<t:ExtendedProperty>{smime}<t:Values><t:Value>AQID</t:Value><t:Value>BAUG</t:Value></t:Values></t:ExtendedProperty>"
                + Extended(Field("PropertyTag='0x3A22'", "Binary"), "BwgJ"));

        var response = (await service.PostAsync(EwsRequest.GetItem(
            [id], "IdOnly", Path("contacts:UserSMIMECertificate") + Path("contacts:MSExchangeCertificate")))).Should().Succeed();
        response.All("UserSMIMECertificate").Single().Elements().Select(one => one.Value).Should().Equal("AQID", "BAUG");
        response.All("MSExchangeCertificate").Single().Elements().Select(one => one.Value).Should().Equal("BwgJ");
    }

    [Fact]
    public async Task The_status_of_a_flag_is_set_by_its_tag()
    {
        await using var service = await TestService.StartAsync();
        var status = Field("PropertyTag='0x1090'", "Integer");
        var completed = Field("PropertyTag='0x1091'", "SystemTime");
        var id = await CreateAsync(service, Extended(status, "2"));
        (await service.PostAsync(EwsRequest.GetItem([id]))).Value("FlagStatus").Should().Be("Flagged");

        (await service.PostAsync(EwsRequest.UpdateItem(id, EwsRequest.SetField(
            "item:Flag",
            "<t:Flag><t:FlagStatus>Complete</t:FlagStatus><t:CompleteDate>2020-01-01T00:00:00Z</t:CompleteDate></t:Flag>"))))
            .Should().Succeed();

        (await ValuesAsync(service, id, status + completed)).Should().Equal("1", "2020-01-01T00:00:00Z");
        (await service.PostAsync(EwsRequest.UpdateItem(id, Delete(status)))).Should().Succeed();
        (await ValuesAsync(service, id, status + completed)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_title_of_the_complete_name_is_set_by_its_tag()
    {
        await using var service = await TestService.StartAsync();
        var field = Field("PropertyTag='0x3A45'", "String");

        var id = await CreateAsync(service, Extended(field, "Dr.") + "<t:GivenName>Ann</t:GivenName>");

        var name = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed().All("CompleteName").Single();
        name.Elements().Select(part => $"{part.Name.LocalName}={part.Value}").Should().Equal("Title=Dr.", "FirstName=Ann", "FullName=Ann");
    }

    [Theory]
    [InlineData("AAECAw==")]
    [InlineData("//79")]
    public async Task Bytes_that_are_not_text_cannot_be_the_HTML_body(string bytes)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem(Extended(Field("PropertyTag='0x1013'", "Binary"), bytes))))
            .Should().BeError("ErrorInvalidExtendedPropertyValue", "The extended property value is inconsistent with its type.");
    }

    [Fact]
    public async Task An_IM_group_has_the_properties_of_a_distribution_list()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddGroupAsync("Team");
        var fields = string.Concat(
            Field("PropertyTag='0x3001'", "String"),
            Field($"{AddressSet} PropertyId='32851'", "String"),
            Field($"{AddressSet} PropertyId='32773'", "String"),
            Field("PropertyTag='0x001A'", "String"),
            Field("PropertyTag='0x1080'", "Integer"));

        (await ValuesAsync(service, id, fields)).Should().Equal("Team", "Team", "Team", "IPM.DistList.MOC.UserGroup", "514");
    }

    [Theory]
    [InlineData("PropertyTag='0x3A06'", "Integer", "1")]
    [InlineData(AddressSet + " PropertyId='32802'", "String", "2")]
    public async Task A_property_with_another_type_is_absent_and_cannot_be_set(string attributes, string type, string value)
    {
        await using var service = await TestService.StartAsync();
        var field = Field(attributes, type);
        var id = await CreateAsync(service, "<t:GivenName>Ann</t:GivenName><t:PostalAddressIndex>Business</t:PostalAddressIndex>");

        (await ValuesAsync(service, id, field)).Should().BeEmpty();
        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem(Extended(field, value))))
            .Should().BeError("ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid.");
    }

    [Theory]
    [InlineData("PropertyTag='0x8000'", "String", "ErrorNoPropertyTagForCustomProperties")]
    [InlineData("PropertyTag='65534'", "String", "ErrorNoPropertyTagForCustomProperties")]
    [InlineData("PropertyTag='0x6001'", "Object", "ErrorUnsupportedMapiPropertyType")]
    [InlineData("PropertyTag='0x6001'", "ObjectArray", "ErrorUnsupportedMapiPropertyType")]
    [InlineData("PropertyTag='0x6001'", "Error", "ErrorUnsupportedMapiPropertyType")]
    [InlineData("PropertyTag='0x6001'", "Null", "ErrorUnsupportedMapiPropertyType")]
    [InlineData("", "String", "ErrorInvalidExtendedProperty")]
    [InlineData("PropertyTag='0x6001' PropertyName='a'", "String", "ErrorInvalidExtendedProperty")]
    [InlineData("PropertyTag='0x6001' " + AddressSet, "String", "ErrorInvalidExtendedProperty")]
    [InlineData(AddressSet, "String", "ErrorInvalidExtendedProperty")]
    [InlineData("PropertyId='1'", "String", "ErrorInvalidExtendedProperty")]
    [InlineData(AddressSet + " " + AirSyncSet + " PropertyId='1'", "String", "ErrorInvalidExtendedProperty")]
    [InlineData(AddressSet + " PropertyId='1' PropertyName='a'", "String", "ErrorInvalidExtendedProperty")]
    public async Task An_invalid_identifier_is_rejected_by_every_operation(string attributes, string type, string code)
    {
        await using var service = await TestService.StartAsync();
        var field = Field(attributes, type);
        var id = await CreateAsync(service, "<t:GivenName>Ann</t:GivenName>");
        string[] requests =
        [
            EwsRequest.CreateItem(Extended(field, "a")),
            EwsRequest.UpdateItem(id, Set(field, Extended(field, "a"))),
            EwsRequest.UpdateItem(id, Delete(field)),
            EwsRequest.GetItem([id], "IdOnly", field),
            EwsRequest.FindItem("contacts", additional: field),
            EwsRequest.FindItem("contacts", rest: $"<m:Restriction><t:Exists>{field}</t:Exists></m:Restriction>"),
            EwsRequest.FindItem(
                "contacts", rest: $"<m:SortOrder><t:FieldOrder Order='Ascending'>{field}</t:FieldOrder></m:SortOrder>"),
        ];

        foreach (var request in requests)
            (await service.PostWithoutEffectAsync(request)).Codes().Should().Equal(code);
    }

    [Theory]
    [InlineData("PropertyTag='14854'", "PropertyTag=0x3a06,PropertyType=String")]
    [InlineData("PropertyTag='0x0037'", "PropertyTag=0x37,PropertyType=String")]
    [InlineData(AddressSet + " PropertyId='32773'", "DistinguishedPropertySetId=Address,PropertyId=32773,PropertyType=String")]
    public async Task The_response_repeats_the_attributes_and_writes_tags_in_hexadecimal_notation(string attributes, string expected)
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "<t:FileAs>Ann</t:FileAs><t:GivenName>Ann</t:GivenName>");

        var response = (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", Field(attributes, "String")))).Should().Succeed();

        string.Join(',', response.All("ExtendedFieldURI").Single().Attributes().Select(one => $"{one.Name}={one.Value}"))
            .Should().Be(expected);
    }

    [Fact]
    public async Task Items_are_sorted_by_the_number_of_an_enumeration()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem(
            "<t:Importance>High</t:Importance><t:DisplayName>High</t:DisplayName>",
            "<t:Importance>Low</t:Importance><t:DisplayName>Low</t:DisplayName>",
            "<t:DisplayName>Default</t:DisplayName>"));

        var response = (await service.PostAsync(EwsRequest.FindItem(
            "contacts",
            rest: $"<m:SortOrder><t:FieldOrder Order='Ascending'>{Field("PropertyTag='0x17'", "Integer")}</t:FieldOrder></m:SortOrder>")))
            .Should().Succeed();

        response.All("DisplayName").Select(name => name.Value).Should().Equal("Low", "Default", "High");
    }

    private static async Task VerifyBothNamesAsync(string path, string value, string attributes, string type, string extendedValue)
    {
        await using var service = await TestService.StartAsync();
        var field = Field(attributes, type);
        await CreateAsync(service, "<t:Body BodyType='Text'>another contact</t:Body>");
        var byPath = await CreateAsync(service, Element(path, value));
        var byField = await CreateAsync(service, Extended(field, extendedValue));
        var updated = await CreateAsync(service, "");
        (await service.PostAsync(EwsRequest.UpdateItem(updated, Set(field, Extended(field, extendedValue))))).Should().Succeed();
        var matching = new[] { byPath, byField, updated };

        foreach (var id in matching)
        {
            (await ValuesAsync(service, id, field)).Should().Equal(extendedValue);
            (await ElementAsync(service, id, path)).Should().Be(value);
        }

        foreach (var (name, constant) in new[] { (Path(path), value), (field, extendedValue) })
        {
            if (name != field && NotSearchable.Contains(path))
                continue;
            (await service.PostAsync(EwsRequest.FindItem("contacts", "IdOnly", rest: IsEqualTo(name, constant)))).Should().Succeed()
                .All("ItemId").Select(id => id.Attribute("Id")!.Value).Should().Equal(matching, name);
        }

        if (path == "item:ItemClass")
            return;
        (await service.PostAsync(EwsRequest.UpdateItem(byPath, Delete(field)))).Should().Succeed();
        (await ElementAsync(service, byPath, path)).Should().NotBe(value);
    }

    private static async Task<string> CreateAsync(TestService service, string contact) =>
        (await service.PostAsync(EwsRequest.CreateItem(contact))).Should().Succeed().Id("ItemId");

    private static async Task<IEnumerable<string>> ValuesAsync(TestService service, string id, string fields)
    {
        var response = (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", fields))).Should().Succeed();
        response.SchemaViolations().Should().BeEmpty();
        return response.All("Value").Select(value => value.Value);
    }

    /// <summary>Returns the text of the element or entry at a path, or <c>null</c> if the item does not have it.</summary>
    private static async Task<string?> ElementAsync(TestService service, string id, string path) =>
        (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", Path(path)))).Should().Succeed()
            .All("Contact").Single().Elements().Skip(1).SingleOrDefault()?.Value;

    private static string Field(string attributes, string type) => $"<t:ExtendedFieldURI {attributes} PropertyType='{type}'/>";

    private static string Extended(string field, string value) =>
        $"<t:ExtendedProperty>{field}<t:Value>{SecurityElement.Escape(value)}</t:Value></t:ExtendedProperty>";

    private static string Set(string field, string content) => $"<t:SetItemField>{field}<t:Contact>{content}</t:Contact></t:SetItemField>";

    private static string Delete(string field) => $"<t:DeleteItemField>{field}</t:DeleteItemField>";

    private static string IsEqualTo(string name, string constant) =>
        $"<m:Restriction><t:IsEqualTo>{name}<t:FieldURIOrConstant><t:Constant Value='{constant}'/></t:FieldURIOrConstant></t:IsEqualTo>"
        + "</m:Restriction>";

    private static string Path(string path)
    {
        var index = path.LastIndexOf(':');
        return path.Count(c => c == ':') == 1
            ? $"<t:FieldURI FieldURI='{path}'/>"
            : $"<t:IndexedFieldURI FieldURI='{path[..index]}' FieldIndex='{path[(index + 1)..]}'/>";
    }

    private static string Element(string path, string value) => path.Split(':') switch
    {
        [_, var element] => $"<t:{element}>{value}</t:{element}>",
        [_, "PhysicalAddress", var part, var key] =>
            $"<t:PhysicalAddresses><t:Entry Key='{key}'><t:{part}>{value}</t:{part}></t:Entry></t:PhysicalAddresses>",
        [_, "EmailAddress", var key] => $"<t:EmailAddresses><t:Entry Key='{key}'>{value}</t:Entry></t:EmailAddresses>",
        [_, "ImAddress", var key] => $"<t:ImAddresses><t:Entry Key='{key}'>{value}</t:Entry></t:ImAddresses>",
        [_, "PhoneNumber", var key] => $"<t:PhoneNumbers><t:Entry Key='{key}'>{value}</t:Entry></t:PhoneNumbers>",
        _ => throw new ArgumentException("The path is not supported.", nameof(path)),
    };
}
