using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Schema;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class CreateItemTests
{
    private const string Everything = """
        <t:ItemClass>IPM.Contact.Special</t:ItemClass><t:Subject>Subject</t:Subject>
        <t:Sensitivity>Private</t:Sensitivity><t:Body BodyType="HTML">&lt;p&gt;Body&lt;/p&gt;</t:Body>
        <t:Categories><t:String>One</t:String><t:String>Two</t:String></t:Categories><t:Importance>High</t:Importance>
        <t:ExtendedProperty>
          <t:ExtendedFieldURI PropertySetId="c11ff724-aa03-4555-9952-8fa248a11c3e" PropertyName="Colour" PropertyType="String"/>
          <t:Value>blue</t:Value>
        </t:ExtendedProperty>
        <t:ExtendedProperty>
          <t:ExtendedFieldURI PropertyTag="0x6001" PropertyType="StringArray"/>
          <t:Values><t:Value>1</t:Value><t:Value>2</t:Value></t:Values>
        </t:ExtendedProperty>
        <t:Culture>en-GB</t:Culture><t:FileAs>A to Z</t:FileAs><t:DisplayName>Anna Smith</t:DisplayName>
        <t:GivenName>Anna</t:GivenName><t:Initials>A.S.</t:Initials>
        <t:MiddleName>Maria</t:MiddleName><t:Nickname>Annie</t:Nickname><t:CompanyName>Contoso</t:CompanyName>
        <t:EmailAddresses>
          <t:Entry Key="EmailAddress1" Name="Anna" RoutingType="SMTP">anna@contoso.com</t:Entry>
          <t:Entry Key="EmailAddress3">a3@contoso.com</t:Entry>
        </t:EmailAddresses>
        <t:PhysicalAddresses>
          <t:Entry Key="Business">
            <t:Street>1 Main St</t:Street><t:City>Redmond</t:City><t:State>WA</t:State>
            <t:CountryOrRegion>USA</t:CountryOrRegion><t:PostalCode>98052</t:PostalCode>
          </t:Entry>
        </t:PhysicalAddresses>
        <t:PhoneNumbers><t:Entry Key="BusinessPhone">1</t:Entry><t:Entry Key="MobilePhone">2</t:Entry></t:PhoneNumbers>
        <t:AssistantName>Ben</t:AssistantName>
        <t:Birthday>1980-02-01T02:00:00+02:00</t:Birthday><t:BusinessHomePage>http://contoso.com/</t:BusinessHomePage>
        <t:Children><t:String>Cleo</t:String></t:Children>
        <t:Companies><t:String>Fabrikam</t:String></t:Companies><t:Department>Sales</t:Department><t:Generation>Jr.</t:Generation>
        <t:ImAddresses><t:Entry Key="ImAddress1">anna@im.contoso.com</t:Entry></t:ImAddresses>
        <t:JobTitle>Manager</t:JobTitle><t:Manager>Dan</t:Manager><t:Mileage>7</t:Mileage>
        <t:OfficeLocation>4/2</t:OfficeLocation><t:PostalAddressIndex>Business</t:PostalAddressIndex>
        <t:Profession>Seller</t:Profession><t:SpouseName>Sam</t:SpouseName>
        <t:Surname>Smith</t:Surname><t:WeddingAnniversary>2010-07-09T00:00:00Z</t:WeddingAnniversary>
        """;

    [Fact]
    public async Task Creating_a_contact_returns_its_id_and_change_key_and_stores_it_in_the_Contacts_folder()
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(EwsRequest.CreateItem("<t:DisplayName>Anna</t:DisplayName>"))).Should().Succeed();

        var contact = response.All("Contact").Should().ContainSingle().Subject;
        contact.Elements().Select(element => element.Name.LocalName).Should().Equal("ItemId");
        response.Id("ItemId").Should().HaveLength(152);
        contact.Elements().Single().Attribute("ChangeKey")!.Value.Should().HaveLength(40).And.StartWith("EQAAABYAAA");
        (await service.PostAsync(EwsRequest.FindItem("contacts"))).Should().Succeed().Id("ItemId").Should().Be(response.Id("ItemId"));
        (await service.PostAsync(EwsRequest.FindItem("quickcontacts"))).Should().Succeed().All("ItemId").Should().BeEmpty();
        (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed().All("Persona")
            .Should().BeEmpty("an ordinary contact is not on the IM list");
    }

    [Fact]
    public async Task All_properties_of_a_contact_are_stored_and_survive_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with { DatabasePath = directory.File("mailboxes.db") };
        const string extended =
            "<t:ExtendedFieldURI PropertySetId='C11FF724-AA03-4555-9952-8FA248A11C3E' PropertyName='Colour' "
                + "PropertyType='String'/><t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='StringArray'/>";
        string id, before;
        await using (var service = await TestService.StartAsync(settings))
        {
            id = (await service.PostAsync(EwsRequest.CreateItem(Everything))).Should().Succeed().Id("ItemId");
            before = (await service.PostAsync(EwsRequest.GetItem([id], additional: extended))).Should().Succeed().Text;
        }

        await using var restarted = await TestService.StartAsync(settings);
        var after = (await restarted.PostAsync(EwsRequest.GetItem([id], additional: extended))).Should().Succeed();

        after.Text.Should().Be(before);
        after.ShouldMatchDocument(Documents.Read("Everything"));
    }

    [Theory]
    [InlineData("<t:GivenName>Anna</t:GivenName><t:Surname>Smith</t:Surname>", "Anna Smith", null)]
    [InlineData(
        "<t:FileAsMapping>LastCommaFirst</t:FileAsMapping><t:GivenName>Anna</t:GivenName><t:Surname>Smith</t:Surname>", "Anna Smith",
        "Smith, Anna")]
    [InlineData(
        "<t:FileAsMapping>FirstSpaceLast</t:FileAsMapping><t:GivenName>Anna</t:GivenName><t:MiddleName>M.</t:MiddleName>"
            + "<t:Surname>Smith</t:Surname>",
        "Anna M. Smith", "Anna M. Smith")]
    [InlineData("<t:FileAsMapping>Company</t:FileAsMapping><t:CompanyName>Contoso</t:CompanyName>", "Contoso", "Contoso")]
    [InlineData("<t:FileAs>Filed</t:FileAs>", "Filed", "Filed")]
    [InlineData("<t:EmailAddresses><t:Entry Key='EmailAddress1'>a@contoso.com</t:Entry></t:EmailAddresses>", "a@contoso.com", null)]
    [InlineData("", null, null)]
    public async Task Missing_names_are_derived_from_others(string contact, string? displayName, string? fileAs)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(contact))).Should().Succeed().Id("ItemId");

        var response = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();

        response.All("DisplayName").Select(name => name.Value).SingleOrDefault().Should().Be(displayName);
        response.All("Subject").Select(name => name.Value).SingleOrDefault().Should().Be(displayName);
        response.All("FileAs").Select(name => name.Value).SingleOrDefault().Should().Be(fileAs);
    }

    [Theory]
    [InlineData("de-DE", "", "de-DE")]
    [InlineData("de-DE", "<t:Culture>en-GB</t:Culture>", "en-GB")]
    [InlineData("xx-XX", "", "en-US")]
    public async Task A_new_contact_has_the_culture_of_the_request(string culture, string element, string stored)
    {
        await using var service = await TestService.StartAsync();
        var header = EwsRequest.Version + $"<t:MailboxCulture>{culture}</t:MailboxCulture>";
        var id = (await service.PostAsync(EwsRequest.CreateItem(element).Replace(EwsRequest.Version, header, StringComparison.Ordinal)))
            .Should().Succeed().Id("ItemId");

        (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed().Value("Culture").Should().Be(stored);
    }

    [Fact]
    public async Task Each_item_has_its_own_response_message()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.CreateItem(
            "<t:DisplayName>A</t:DisplayName>", "<t:HasPicture>true</t:HasPicture>", "<t:DisplayName>B</t:DisplayName>"));

        response.Codes().Should().Equal("NoError", "ErrorInvalidPropertySet", "NoError");
        response.SchemaViolations().Should().BeEmpty();
        (await service.PostAsync(EwsRequest.FindItem("contacts"))).All("DisplayName").Select(name => name.Value).Should().Equal("A", "B");
    }

    [Theory]
    [InlineData(
        "<t:HasPicture>true</t:HasPicture>", "ErrorInvalidPropertySet", "Set action is invalid for property.", "contacts:HasPicture")]
    [InlineData(
        "<t:DateTimeCreated>2020-01-01T00:00:00Z</t:DateTimeCreated>", "ErrorInvalidPropertySet", "Set action is invalid for property.",
        "item:DateTimeCreated")]
    [InlineData(
        "<t:XboxLiveTag>x</t:XboxLiveTag>", "ErrorInvalidPropertySet", "Set action is invalid for property.", "contacts:XboxLiveTag")]
    public async Task A_read_only_property_is_named_in_the_error(string contact, string code, string text, string path)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(EwsRequest.CreateItem(contact));

        response.Should().BeError(code, text).All("FieldURI").Single().Attribute("FieldURI")!.Value.Should().Be(path);
    }

    [Theory]
    [InlineData(
        "<t:ItemClass>IPM.Note</t:ItemClass>", "ErrorObjectTypeChanged",
        "Operation would change object type, which is not permitted.")]
    [InlineData(
        "<t:ExtendedProperty><t:ExtendedFieldURI PropertyName='a' PropertyType='String'/><t:Value>b</t:Value></t:ExtendedProperty>",
        "ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid.")]
    public async Task An_invalid_contact_is_rejected(string contact, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem(contact))).Should().BeError(code, text);
    }

    [Theory]
    [InlineData("", "ErrorInvalidContactEmailAddress")]
    [InlineData("RoutingType='smtp'", "ErrorInvalidContactEmailAddress")]
    [InlineData("RoutingType='EX'", "NoError")]
    public async Task An_SMTP_address_has_no_line_breaks(string attributes, string code)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.CreateItem(
            $"<t:EmailAddresses><t:Entry Key='EmailAddress1' {attributes}>a@contoso.com&#10;b</t:Entry></t:EmailAddresses>"));

        response.Codes().Should().Equal(code);
    }

    [Theory]
    [InlineData("Integer", "<t:Value>abc</t:Value>")]
    [InlineData("Short", "<t:Value>99999</t:Value>")]
    [InlineData("Boolean", "<t:Value>maybe</t:Value>")]
    [InlineData("SystemTime", "<t:Value>soon</t:Value>")]
    [InlineData("Binary", "<t:Value>?</t:Value>")]
    [InlineData("CLSID", "<t:Value>1</t:Value>")]
    [InlineData("Long", "<t:Value>1.5</t:Value>")]
    [InlineData("Currency", "<t:Value>EUR</t:Value>")]
    [InlineData("Float", "<t:Value>x</t:Value>")]
    [InlineData("Double", "<t:Value>x</t:Value>")]
    [InlineData("ApplicationTime", "<t:Value>x</t:Value>")]
    [InlineData("String", "<t:Values><t:Value>a</t:Value></t:Values>")]
    [InlineData("StringArray", "<t:Value>a</t:Value>")]
    [InlineData("IntegerArray", "<t:Values><t:Value>1</t:Value><t:Value>b</t:Value></t:Values>")]
    public async Task An_extended_value_that_does_not_match_its_type_is_rejected(string type, string value)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostWithoutEffectAsync(EwsRequest.CreateItem(
            $"<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='{type}'/>{value}</t:ExtendedProperty>")))
            .Should().BeError("ErrorInvalidExtendedPropertyValue", "The extended property value is inconsistent with its type.");
    }

    [Theory]
    [InlineData("String", "text")]
    [InlineData("Boolean", "true")]
    [InlineData("Boolean", "1", "true")]
    [InlineData("Boolean", "0", "false")]
    [InlineData("Integer", " +7 ", "7")]
    [InlineData("SystemTime", "2026-11-21T10:30:00+02:00", "2026-11-21T08:30:00Z")]
    [InlineData("CLSID", "D522C10D-78CE-4097-8F59-B71634CDFDDA", "d522c10d-78ce-4097-8f59-b71634cdfdda")]
    [InlineData("Short", "-5")]
    [InlineData("Integer", "100000")]
    [InlineData("Long", "-10000000000")]
    [InlineData("Currency", "12345")]
    [InlineData("Float", "1.5")]
    [InlineData("Double", "1E10")]
    [InlineData("ApplicationTime", "1.25")]
    [InlineData("SystemTime", "2026-11-21T08:30:00Z")]
    [InlineData("CLSID", "d522c10d-78ce-4097-8f59-b71634cdfdda")]
    [InlineData("Binary", "AQID")]
    public async Task An_extended_value_that_matches_its_type_is_stored(string type, string value, string? stored = null)
    {
        await using var service = await TestService.StartAsync();
        var single = $"<t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='{type}'/>";
        var array = $"<t:ExtendedFieldURI PropertyTag='0x6002' PropertyType='{type}Array'/>";

        var properties = new List<string> { $"<t:ExtendedProperty>{single}<t:Value>{value}</t:Value></t:ExtendedProperty>" };
        if (type != "Boolean") // It has no array type.
            properties.Add($"<t:ExtendedProperty>{array}<t:Values><t:Value>{value}</t:Value></t:Values></t:ExtendedProperty>");

        var id = (await service.PostAsync(EwsRequest.CreateItem(string.Concat(properties)))).Should().Succeed().Id("ItemId");

        var additional = type == "Boolean" ? single : single + array;
        var response = (await service.PostAsync(EwsRequest.GetItem([id], additional: additional))).Should().Succeed();
        response.All("Value").Select(one => one.Value).Should().Equal(Enumerable.Repeat(stored ?? value, properties.Count));
    }

    [Fact]
    public async Task An_extended_property_has_one_value_for_all_its_identifiers()
    {
        await using var service = await TestService.StartAsync();
        const string byGuid =
            "<t:ExtendedFieldURI PropertySetId='00020329-0000-0000-C000-000000000046' PropertyName='5' PropertyType='String'/>";
        const string byName = "<t:ExtendedFieldURI DistinguishedPropertySetId='PublicStrings' PropertyName='5' PropertyType='String'/>";
        const string byId = "<t:ExtendedFieldURI DistinguishedPropertySetId='PublicStrings' PropertyId='5' PropertyType='String'/>";
        const string byPaddedId = "<t:ExtendedFieldURI DistinguishedPropertySetId='PublicStrings' PropertyId='05' PropertyType='String'/>";
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            $"<t:ExtendedProperty>{byGuid}<t:Value>named</t:Value></t:ExtendedProperty>"
                + $"<t:ExtendedProperty>{byId}<t:Value>numbered</t:Value></t:ExtendedProperty>")))
                .Should().Succeed().Id("ItemId");

        var response = (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", byGuid + byName + byId + byPaddedId)))
            .Should().Succeed();

        response.All("Value").Select(value => value.Value).Should().Equal("named", "named", "numbered", "numbered");
    }

    [Fact]
    public async Task Creating_another_item_type_or_in_another_folder_fails()
    {
        await using var service = await TestService.StartAsync();
        const string contact = "<m:Items><t:Contact/></m:Items>";

        (await service.PostWithoutEffectAsync(EwsRequest.For("CreateItem", "<m:Items><t:Message/></m:Items>")))
            .Should().BeError("ErrorInvalidItemForOperationCreateItem", "Item type is invalid for CreateItem operation.");
        (await service.PostWithoutEffectAsync(EwsRequest.For(
            "CreateItem", "<m:SavedItemFolderId><t:DistinguishedFolderId Id='quickcontacts'/></m:SavedItemFolderId>" + contact)))
            .Should().BeError("ErrorCreateItemAccessDenied", "Items cannot be created in this folder.");
        (await service.PostWithoutEffectAsync(EwsRequest.For(
            "CreateItem", "<m:SavedItemFolderId><t:AddressListId Id='contacts'/></m:SavedItemFolderId>" + contact)))
            .Should().BeError("ErrorFolderNotFound", "The specified folder could not be found in the store.");
        (await service.PostWithoutEffectAsync(EwsRequest.For(
            "CreateItem", "<m:SavedItemFolderId><t:DistinguishedFolderId Id='archiveinbox'/></m:SavedItemFolderId>" + contact)))
            .Should().BeError("ErrorSavedItemFolderNotFound", "The folder in which items were to be saved could not be found.");
        var folderId = MailboxFolder.Contacts.Id((await service.MailboxAsync())!.MailboxGuid);
        (await service.PostAsync(EwsRequest.For(
            "CreateItem", $"<m:SavedItemFolderId><t:FolderId Id='{folderId}'/></m:SavedItemFolderId>" + contact)))
            .Should().Succeed();
    }

    [Theory]
    [InlineData("inbox")]
    [InlineData("drafts")]
    [InlineData("calendar")]
    [InlineData("deleteditems")]
    [InlineData("searchfolders")]
    [InlineData("msgfolderroot")]
    [InlineData("root")]
    public async Task A_contact_cannot_be_created_in_a_folder_of_another_type(string folder)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostWithoutEffectAsync(EwsRequest.For(
            "CreateItem",
            $"<m:SavedItemFolderId><t:DistinguishedFolderId Id='{folder}'/></m:SavedItemFolderId><m:Items><t:Contact/></m:Items>")))
            .Should().BeError("ErrorCannotCreateContactInNonContactFolder", "Cannot create a contact in a non-contact Folder.");
    }

    [Fact]
    public async Task A_contact_is_created_in_any_folder_of_contacts()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.For(
            "CreateItem",
            "<m:SavedItemFolderId><t:DistinguishedFolderId Id='recipientcache'/></m:SavedItemFolderId>"
                + "<m:Items><t:Contact><t:DisplayName>Anna</t:DisplayName></t:Contact></m:Items>"))).Should().Succeed();

        (await service.PostAsync(EwsRequest.FindItem("recipientcache"))).Should().Succeed().Value("DisplayName").Should().Be("Anna");
        (await service.PostAsync(EwsRequest.FindItem("contacts"))).Should().Succeed().All("Contact").Should().BeEmpty();
        (await service.PostAsync(EwsRequest.GetFolder("<t:DistinguishedFolderId Id='recipientcache'/>")))
            .Should().Succeed().Value("TotalCount").Should().Be("1");
    }

    [Fact]
    public async Task The_number_of_ordinary_contacts_is_limited()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new MailboxLimits(MaxItems: 2) });
        var item = (await service.PostAsync(EwsRequest.CreateItem(""))).Should().Succeed().Id("ItemId");

        var response = await service.PostAsync(EwsRequest.CreateItem("", ""));

        response.Codes().Should().Equal("NoError", "ErrorQuotaExceeded");
        (await service.PostWithoutEffectAsync(EwsRequest.TransferItem("CopyItem", "contacts", [item])))
            .Should().BeError("ErrorQuotaExceeded", "Mailbox has exceeded maximum mailbox size.");
        (await service.PostAsync(EwsRequest.TransferItem("MoveItem", "deleteditems", [item]))).Should().Succeed();
    }
}
