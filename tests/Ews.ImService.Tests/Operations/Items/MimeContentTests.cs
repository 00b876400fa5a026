using System.Text;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class MimeContentTests
{
    private const string IncludeMimeContent = "<t:IncludeMimeContent>true</t:IncludeMimeContent>";

    [Fact]
    public async Task The_MIME_content_of_a_contact_is_a_vCard()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem("""
            <t:Sensitivity>Private</t:Sensitivity><t:Body BodyType="HTML">&lt;p&gt;one&lt;br&gt;two&lt;/p&gt;</t:Body>
            <t:Categories><t:String>A</t:String><t:String>B, C</t:String></t:Categories>
            <t:DisplayName>Alex Wilbur</t:DisplayName><t:GivenName>Alex</t:GivenName><t:Nickname>Al</t:Nickname>
            <t:CompanyName>Contoso; Ltd.</t:CompanyName>
            <t:EmailAddresses><t:Entry Key="EmailAddress1">a@contoso.com</t:Entry></t:EmailAddresses>
            <t:PhysicalAddresses>
              <t:Entry Key="Business">
                <t:Street>4567 Main St</t:Street><t:City>Buffalo</t:City><t:State>NY</t:State>
                <t:CountryOrRegion>United States of America</t:CountryOrRegion><t:PostalCode>98052</t:PostalCode>
              </t:Entry>
            </t:PhysicalAddresses>
            <t:PhoneNumbers>
              <t:Entry Key="BusinessPhone">(425) 555-0100</t:Entry><t:Entry Key="HomeFax">1</t:Entry>
            </t:PhoneNumbers>
            <t:Birthday>1980-02-01T11:59:00Z</t:Birthday><t:Children><t:String>Cleo</t:String></t:Children>
            <t:Department>Sales</t:Department><t:ImAddresses><t:Entry Key="ImAddress1">sip:a@contoso.com</t:Entry></t:ImAddresses>
            <t:JobTitle>Clerk</t:JobTitle><t:PostalAddressIndex>Business</t:PostalAddressIndex><t:Surname>Wilbur</t:Surname>
            """))).Should().Succeed().Id("ItemId");

        var response = (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", options: IncludeMimeContent))).Should().Succeed();

        response.All("Contact").Single().Elements().Select(element => element.Name.LocalName).Should().Equal("MimeContent", "ItemId");
        response.All("MimeContent").Single().Attribute("CharacterSet")!.Value.Should().Be("UTF-8");
        var lines = Decode(response).Split("\r\n");
        lines[^3].Should().MatchRegex(@"^REV;VALUE=DATE-TIME:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{3}Z$");
        lines[..^3].Should().Equal(
            "BEGIN:VCARD",
            "PROFILE:VCARD",
            "VERSION:3.0",
            "MAILER:Microsoft Exchange",
            "PRODID:Microsoft Exchange",
            "FN:Alex Wilbur",
            "N:Wilbur;Alex;;;",
            "NICKNAME:Al",
            "EMAIL;TYPE=INTERNET:a@contoso.com",
            "NOTE:one\\ntwo\\n",
            "ORG:Contoso\\; Ltd.;Sales",
            "CLASS:PRIVATE",
            "ADR;TYPE=WORK,PREF:;;4567 Main St;Buffalo;NY;98052;United States of America",
            "LABEL;TYPE=WORK,PREF:4567 Main St\\nBuffalo NY 98052\\nUnited States of Ameri",
            " ca",
            "ADR;TYPE=HOME:;;;;;;",
            "ADR;TYPE=POSTAL:;;;;;;",
            "TEL;TYPE=WORK:(425) 555-0100",
            "TEL;TYPE=HOME,FAX:1",
            "TITLE:Clerk",
            "X-MS-IMADDRESS:sip:a@contoso.com",
            "BDAY;VALUE=DATE:1980-02-01",
            "X-MS-CHILD:Cleo",
            "CATEGORIES:A,B\\, C");
        lines[^2..].Should().Equal("END:VCARD", "");
    }

    [Fact]
    public async Task A_contact_without_properties_has_the_lines_that_are_always_present()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");

        var response = (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", "<t:FieldURI FieldURI='item:MimeContent'/>")))
            .Should().Succeed();

        Decode(response).Split("\r\n")[5..^3].Should().Equal(
            "FN:", "N:;;;;", "ORG:;", "CLASS:PUBLIC", "ADR;TYPE=WORK:;;;;;;", "ADR;TYPE=HOME:;;;;;;", "ADR;TYPE=POSTAL:;;;;;;", "TITLE:",
            "X-MS-IMADDRESS:");
    }

    [Fact]
    public async Task A_long_line_is_folded_between_characters()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem($"<t:JobTitle>{new string('\u00E4', 100)}</t:JobTitle>"))).Id("ItemId");

        var card = Decode(await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", options: IncludeMimeContent)));

        card.Split("\r\n").Should().AllSatisfy(line => Encoding.UTF8.GetByteCount(line).Should().BeLessThanOrEqualTo(75));
        card.Replace("\r\n ", "", StringComparison.Ordinal).Should().Contain("TITLE:" + new string('\u00E4', 100) + "\r\n");
    }

    [Theory]
    [InlineData("Team", "Subject: Team")]
    [InlineData("\u00C4rzte", "Subject: =?utf-8?B?w4RyenRl?=")]
    public async Task The_MIME_content_of_a_distribution_list_is_a_message_with_the_names_of_its_members(string name, string subject)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateList(
            $"<t:DisplayName>{name}</t:DisplayName>" + EwsRequest.Members(
                "<t:Name>Anna</t:Name><t:EmailAddress>anna@contoso.com</t:EmailAddress>",
                "<t:Name>Ben&#13;&#10;Carl</t:Name><t:EmailAddress>ben@contoso.com</t:EmailAddress>")))).Should().Succeed().Id("ItemId");

        var response = (await service.PostAsync(EwsRequest.GetItem([id], "IdOnly", options: IncludeMimeContent))).Should().Succeed();

        Decode(response).Split("\r\n").Should().Equal(
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=\"utf-8\"",
            "Content-Transfer-Encoding: 8bit",
            subject,
            "",
            "Anna",
            "Ben Carl",
            "");
    }

    [Fact]
    public async Task An_IM_group_has_no_MIME_content_and_FindItem_returns_none()
    {
        await using var service = await TestService.StartAsync();
        var group = await service.AddGroupAsync("Team");
        (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>Anna</t:GivenName>"))).Should().Succeed();

        (await service.PostAsync(EwsRequest.GetItem([group], "IdOnly", options: IncludeMimeContent)))
            .Should().BeError("ErrorUnsupportedMimeConversion", "Mime conversion is not supported for this item type.");
        (await service.PostAsync(EwsRequest.FindItem("contacts", "IdOnly", "<t:FieldURI FieldURI='item:MimeContent'/>")))
            .Should().Succeed().All("MimeContent").Should().BeEmpty();
    }

    private static string Decode(EwsResponse response) => Encoding.UTF8.GetString(Convert.FromBase64String(response.Value("MimeContent")));
}
