using Ews.ImService.Protocol.Schema;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class ContactNameTests
{
    private const string Names = "<t:DisplayName>Shown</t:DisplayName><t:GivenName>Ben</t:GivenName><t:MiddleName>Lee</t:MiddleName>"
        + "<t:CompanyName>Contoso</t:CompanyName><t:Generation>Jr.</t:Generation><t:Surname>Smith</t:Surname>";

    private const string MappingId = "<t:ExtendedFieldURI DistinguishedPropertySetId='Address' PropertyId='32774' PropertyType='Integer'/>";

    /// <summary>
    /// Gets the mappings: the name, the number in MAPI, and the file-as names of contacts with all names, without a company, with only a
    /// company, with only a surname, and without names.
    /// </summary>
    /// <remarks>[MS-OXWSCONT] 2.2.5.5 and [MS-OXOCNTC] 2.2.1.1.12.</remarks>
    public static TheoryData<string, string, string?[]> Mappings() => new()
    {
        { "LastCommaFirst", "32791", ["Smith, Ben Lee", "Smith, Ben Lee", null, "Smith", null] },
        { "FirstSpaceLast", "32823", ["Ben Lee Smith Jr.", "Ben Lee Smith Jr.", null, "Smith", null] },
        { "Company", "14870", ["Contoso", null, "Contoso", null, null] },
        { "LastCommaFirstCompany", "32793", ["Smith, Ben Lee (Contoso)", "Smith, Ben Lee", "Contoso", "Smith", null] },
        { "CompanyLastFirst", "32818", ["Contoso (SmithBen Lee)", "SmithBen Lee", "Contoso", "Smith", null] },
        { "LastFirst", "32816", ["SmithBen Lee", "SmithBen Lee", null, "Smith", null] },
        { "LastFirstCompany", "32820", ["SmithBen Lee (Contoso)", "SmithBen Lee", "Contoso", "Smith", null] },
        { "CompanyLastCommaFirst", "32792", ["Contoso (Smith, Ben Lee)", "Smith, Ben Lee", "Contoso", "Smith", null] },
        { "LastFirstSuffix", "32824", ["SmithBen Jr.", "SmithBen Jr.", null, "Smith", null] },
        { "LastSpaceFirstCompany", "32821", ["Smith Ben Lee (Contoso)", "Smith Ben Lee", "Contoso", "Smith", null] },
        { "CompanyLastSpaceFirst", "32819", ["Contoso (Smith Ben Lee)", "Smith Ben Lee", "Contoso", "Smith", null] },
        { "LastSpaceFirst", "32817", ["Smith Ben Lee", "Smith Ben Lee", null, "Smith", null] },
        { "DisplayName", "12289", ["Shown", "Shown", "Contoso", "Smith", null] },
        { "FirstName", "14854", ["Ben", "Ben", null, null, null] },
        { "LastFirstMiddleSuffix", "32822", ["Smith Ben Lee Jr.", "Smith Ben Lee Jr.", null, "Smith", null] },
        { "LastName", "14865", ["Smith", "Smith", null, "Smith", null] },
        { "Empty", "0", ["", "", "", "", ""] },
        { "None", "-1", [null, null, null, null, null] },
    };

    [Fact]
    public void Every_mapping_of_the_schema_is_tested()
    {
        Mappings().Select(row => (string)row[0]).Should().BeEquivalentTo(EwsSchema.ChoicesOf("FileAsMappingType"));
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public async Task A_file_as_mapping_selects_the_names_and_their_order(string mapping, string number, string?[] expected)
    {
        await using var service = await TestService.StartAsync();
        string[] contacts =
        [
            Names, Names.Replace("<t:CompanyName>Contoso</t:CompanyName>", "", StringComparison.Ordinal),
            "<t:CompanyName>Contoso</t:CompanyName>", "<t:Surname>Smith</t:Surname>", "",
        ];

        foreach (var (contact, fileAs) in contacts.Zip(expected))
        {
            var id = await CreateAsync(service, $"<t:FileAsMapping>{mapping}</t:FileAsMapping>{contact}");
            var response = (await service.PostAsync(EwsRequest.GetItem([id], additional: MappingId))).Should().Succeed();
            response.All("FileAs").Select(name => name.Value).SingleOrDefault().Should().Be(fileAs, contact);
            response.Value("FileAsMapping").Should().Be(mapping);
            response.Value("Value").Should().Be(number);
        }
    }

    [Theory]
    [InlineData("-2")]
    [InlineData("-3")]
    public async Task A_mapping_that_EWS_does_not_have_is_read_as_none(string number)
    {
        await using var service = await TestService.StartAsync();

        var id = await CreateAsync(service, $"<t:ExtendedProperty>{MappingId}<t:Value>{number}</t:Value></t:ExtendedProperty>");

        (await service.PostAsync(EwsRequest.GetItem([id]))).Value("FileAsMapping").Should().Be("None");
    }

    [Fact]
    public async Task A_file_as_name_beside_a_mapping_is_ignored()
    {
        await using var service = await TestService.StartAsync();

        var id = await CreateAsync(
            service,
            "<t:FileAs>Filed</t:FileAs><t:FileAsMapping>LastName</t:FileAsMapping><t:GivenName>Ben</t:GivenName><t:Surname>Smith</t:Surname>");

        await VerifyAsync(service, id, "Smith", "LastName");
    }

    [Fact]
    public async Task Setting_the_file_as_name_ends_the_mapping()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "<t:FileAsMapping>LastName</t:FileAsMapping><t:Surname>Smith</t:Surname>");

        await UpdateAsync(service, id, EwsRequest.SetField("contacts:FileAs", "<t:FileAs>Filed</t:FileAs>"));

        await VerifyAsync(service, id, "Filed", "None");
    }

    [Theory]
    [InlineData("<t:SetItemField><t:FieldURI FieldURI='contacts:FileAsMapping'/><t:Contact><t:FileAsMapping>None</t:FileAsMapping>"
        + "</t:Contact></t:SetItemField>")]
    [InlineData("<t:DeleteItemField><t:FieldURI FieldURI='contacts:FileAsMapping'/></t:DeleteItemField>")]
    public async Task The_last_derived_name_remains_when_the_mapping_ends(string update)
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "<t:FileAsMapping>LastName</t:FileAsMapping><t:Surname>Smith</t:Surname>");

        await UpdateAsync(service, id, update);
        await UpdateAsync(service, id, EwsRequest.SetField("contacts:Surname", "<t:Surname>Miller</t:Surname>"));

        await VerifyAsync(service, id, "Smith", "None");
    }

    [Theory]
    [InlineData("<t:GivenName>Tanja</t:GivenName><t:Surname>Plate</t:Surname>", "Tanja Plate")]
    [InlineData(
        "<t:GivenName>Ben</t:GivenName><t:MiddleName>Lee</t:MiddleName><t:Generation>Jr.</t:Generation><t:Surname>Smith</t:Surname>",
        "Ben Lee Smith Jr.")]
    [InlineData("<t:FileAs>Filed</t:FileAs><t:CompanyName>Contoso</t:CompanyName>", "Filed")]
    [InlineData("<t:FileAsMapping>Company</t:FileAsMapping><t:CompanyName>Contoso</t:CompanyName>", "Contoso")]
    [InlineData("<t:EmailAddresses><t:Entry Key='EmailAddress1'>a@contoso.com</t:Entry></t:EmailAddresses>", "a@contoso.com")]
    [InlineData("<t:ImAddresses><t:Entry Key='ImAddress1'>im@contoso.com</t:Entry></t:ImAddresses>", "im@contoso.com")]
    public async Task The_display_name_and_the_subject_are_derived_from_the_first_name_that_is_set(string contact, string expected)
    {
        await using var service = await TestService.StartAsync();

        var id = await CreateAsync(service, contact);

        var response = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();
        response.Value("DisplayName").Should().Be(expected);
        response.Value("Subject").Should().Be(expected);
    }

    [Fact]
    public async Task Deleting_a_subject_or_display_name_restores_the_derived_one()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(
            service, "<t:Subject>Subject</t:Subject><t:DisplayName>Shown</t:DisplayName><t:GivenName>Ann</t:GivenName>");

        await UpdateAsync(service, id, "<t:DeleteItemField><t:FieldURI FieldURI='item:Subject'/></t:DeleteItemField>");
        (await service.PostAsync(EwsRequest.GetItem([id]))).Value("Subject").Should().Be("Shown");

        await UpdateAsync(service, id, "<t:DeleteItemField><t:FieldURI FieldURI='contacts:DisplayName'/></t:DeleteItemField>");
        (await service.PostAsync(EwsRequest.GetItem([id]))).Value("DisplayName").Should().Be("Ann");
    }

    [Fact]
    public async Task The_complete_name_contains_the_parts_that_are_set()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(
            service,
            Property("PropertyTag='0x3A45'", "Dr.")
                + Property("DistinguishedPropertySetId='Address' PropertyId='32812'", "Yomi first")
                + Property("DistinguishedPropertySetId='Address' PropertyId='32813'", "Yomi last")
                + "<t:DisplayName>Shown</t:DisplayName><t:GivenName>Ben</t:GivenName><t:Initials>B.L.S.</t:Initials>"
                + "<t:MiddleName>Lee</t:MiddleName><t:Nickname>Benny</t:Nickname><t:Generation>Jr.</t:Generation>"
                + "<t:Surname>Smith</t:Surname>");

        var name = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed().All("CompleteName").Single();

        name.Elements().Select(part => $"{part.Name.LocalName}={part.Value}").Should().Equal(
            "Title=Dr.", "FirstName=Ben", "MiddleName=Lee", "LastName=Smith", "Suffix=Jr.", "Initials=B.L.S.", "FullName=Ben Lee Smith Jr.",
            "Nickname=Benny", "YomiFirstName=Yomi first", "YomiLastName=Yomi last");
    }

    private static string Property(string attributes, string value) =>
        $"<t:ExtendedProperty><t:ExtendedFieldURI {attributes} PropertyType='String'/><t:Value>{value}</t:Value></t:ExtendedProperty>";

    private static async Task<string> CreateAsync(TestService service, string contact) =>
        (await service.PostAsync(EwsRequest.CreateItem(contact))).Should().Succeed().Id("ItemId");

    private static async Task UpdateAsync(TestService service, string id, string update) =>
        (await service.PostAsync(EwsRequest.UpdateItem(id, update))).Should().Succeed();

    private static async Task VerifyAsync(TestService service, string id, string fileAs, string mapping)
    {
        var response = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();
        response.Value("FileAs").Should().Be(fileAs);
        response.Value("FileAsMapping").Should().Be(mapping);
    }
}
