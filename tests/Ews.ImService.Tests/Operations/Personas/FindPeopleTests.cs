using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Personas;

public sealed class FindPeopleTests
{
    private const string View = "<m:IndexedPageItemView BasePoint='Beginning' MaxEntriesReturned='100' Offset='0'/>";

    private static readonly AddressList Directory = new(
        [
            People.User("anna.smith@contoso.com", "Anna Smith") with { CompanyName = "Contoso", Title = "Engineer" },
            People.User("ben@contoso.com", "Ben Jones") with { ImAddress = "ben@im.contoso.com", CompanyName = "Fabrikam" },
            People.User("zoe@contoso.com", "Zoë Ångström"),
        ],
        [],
        anyDistributionGroup: false);

    [Fact]
    public async Task The_search_of_SIPE_returns_people_of_the_directory_with_the_four_properties_that_it_reads()
    {
        await using var service = await StartAsync();
        const string Shape =
            "<m:PersonaShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>"
                + "<t:FieldURI FieldURI='persona:CompanyName'/><t:FieldURI FieldURI='persona:DisplayName'/>"
                + "<t:FieldURI FieldURI='persona:EmailAddress'/><t:FieldURI FieldURI='persona:ImAddress'/></t:AdditionalProperties>"
                + "</m:PersonaShape>";

        var response = (await service.PostAsync(Search("anna contoso", Shape))).Should().Succeed();

        var persona = response.Xml.Descendants().Single(e => e.Name.LocalName == "Persona");
        persona.Elements().Select(e => e.Name.LocalName)
            .Should().Equal("PersonaId", "DisplayName", "CompanyName", "EmailAddress", "ImAddress");
        persona.Elements().Select(e => e.Value)
            .Should().Equal("", "Anna Smith", "Contoso", "Anna Smithanna.smith@contoso.comSMTP", "anna.smith@contoso.com");
        response.Value("TotalNumberOfPeopleInView").Should().Be("1");
    }

    [Theory]
    [InlineData("ANNA", "Anna Smith")]
    [InlineData("smi", "Anna Smith")]
    [InlineData("jones fab", "Ben Jones")]
    [InlineData("ben@im", "Ben Jones")]
    [InlineData("contoso", "Anna Smith|Ben Jones|Zoë Ångström")]
    [InlineData("mith", "")]
    [InlineData("anna jones", "")]
    [InlineData("  ", "")]
    public async Task Every_word_of_the_query_matches_the_start_of_a_word_in_a_name_address_or_company(string query, string expected)
    {
        await using var service = await StartAsync();

        var response = (await service.PostAsync(Search(query))).Should().Succeed();

        Names(response).Should().Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Ordinary_contacts_are_found_in_their_folder_and_merged_with_IM_contacts()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem(
            "<t:DisplayName>Anna</t:DisplayName><t:EmailAddresses><t:Entry Key='EmailAddress1'>anna@contoso.com</t:Entry>"
                + "</t:EmailAddresses>",
            "<t:DisplayName>Ben</t:DisplayName>"));
        await service.AddContactAsync("anna@contoso.com");
        await service.AddContactAsync("cleo@contoso.com");

        (await NamesAsync("contacts")).Should().Equal("Anna", "Ben");
        (await NamesAsync("quickcontacts")).Should().Equal("Anna", "cleo@contoso.com");
        (await NamesAsync("mycontacts")).Should().Equal("Anna", "Ben", "cleo@contoso.com");

        async Task<IEnumerable<string>> NamesAsync(string folder) => (await service.PostAsync(EwsRequest.For(
            "FindPeople", $"{View}<m:ParentFolderId><t:DistinguishedFolderId Id='{folder}'/></m:ParentFolderId>")))
                .Should().Succeed().All("DisplayNameFirstLast").Select(name => name.Value);
    }

    [Theory]
    [InlineData("Beginning", 0, 2, "a|b", 0)]
    [InlineData("Beginning", 3, 2, "d|e", 3)]
    [InlineData("Beginning", 4, 100, "e", 4)]
    [InlineData("Beginning", 9, 1, "", 5)]
    [InlineData("End", 0, 2, "d|e", 3)]
    [InlineData("End", 4, 2, "a", 0)]
    public async Task Pages_are_counted_from_the_beginning_or_the_end(string basePoint, int offset, int most, string expected, int first)
    {
        await using var service = await TestService.StartAsync();
        foreach (var name in new[] { "c", "a", "e", "d", "b" })
            await service.AddContactAsync(name);

        var response = (await service.PostAsync(EwsRequest.For(
            "FindPeople",
            $"<m:IndexedPageItemView BasePoint='{basePoint}' MaxEntriesReturned='{most}' Offset='{offset}'/><m:ParentFolderId>"
                + $"<t:DistinguishedFolderId Id='quickcontacts'/></m:ParentFolderId>")))
            .Should().Succeed();

        Names(response).Should().Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
        response.Value("TotalNumberOfPeopleInView").Should().Be("5");
        response.Value("FirstLoadedRowIndex").Should().Be(first.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("<t:DistinguishedFolderId Id='quickcontacts'/>", "mine@contoso.com")]
    [InlineData("<t:DistinguishedFolderId Id='imcontactlist'/>", "mine@contoso.com")]
    [InlineData("<t:DistinguishedFolderId Id='mycontacts'/>", "mine@contoso.com")]
    [InlineData("<t:DistinguishedFolderId Id='contacts'/>", "")]
    [InlineData("<t:DistinguishedFolderId Id='directory'/>", "")]
    [InlineData(null, "mine@contoso.com")]
    public async Task Without_a_query_a_folder_returns_its_people_and_the_directory_none(string? folder, string expected)
    {
        await using var service = await StartAsync();
        await service.AddContactAsync("mine@contoso.com");

        var response = (await service.PostAsync(EwsRequest.For("FindPeople", View + (
            folder is null ? "" : $"<m:ParentFolderId>{folder}</m:ParentFolderId>"))))
            .Should().Succeed();

        Names(response).Should().Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
        response.Text.Should().Contain("<People");
    }

    [Theory]
    [InlineData(
        "<m:IndexedPageItemView BasePoint='Beginning' MaxEntriesReturned='0' Offset='0'/>", "ErrorInvalidPagingMaxRows",
        "MaxEntriesReturned must be greater than zero.")]
    [InlineData(
        "<m:IndexedPageItemView BasePoint='Beginning' MaxEntriesReturned='1' Offset='-1'/>", "ErrorInvalidIndexedPagingParameters",
        "The specified indexed paging values are invalid.")]
    [InlineData(
        View + "<m:Restriction><t:Exists><t:FieldURI FieldURI='persona:ImAddress'/></t:Exists></m:Restriction>",
        "ErrorUnsupportedQueryFilter", "QueryFilter type is not supported.")]
    [InlineData(
        View + "<m:ParentFolderId><t:DistinguishedFolderId Id='inbox'/></m:ParentFolderId>", "ErrorFolderNotFound",
        "The specified folder could not be found in the store.")]
    [InlineData(
        View + "<m:ParentFolderId><t:AddressListId Id='contacts'/></m:ParentFolderId>", "ErrorFolderNotFound",
        "The specified folder could not be found in the store.")]
    [InlineData(View + "<m:ParentFolderId><t:FolderId Id=''/></m:ParentFolderId>", "ErrorInvalidIdEmpty", "Id must be non-empty.")]
    [InlineData(
        View
            + "<m:ParentFolderId><t:DistinguishedFolderId Id='directory'>"
            + "<t:Mailbox><t:EmailAddress>other@contoso.com</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:ParentFolderId>",
        "ErrorAccessDenied", "Access is denied. Check credentials and try again.")]
    [InlineData(
        View
            + "<m:ParentFolderId><t:DistinguishedFolderId Id='quickcontacts'>"
            + "<t:Mailbox><t:EmailAddress>other@contoso.com</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:ParentFolderId>",
        "ErrorAccessDenied", "Access is denied. Check credentials and try again.")]
    [InlineData(
        View + "<m:ParentFolderId><t:FolderId Id='not base64!'/></m:ParentFolderId>", "ErrorInvalidIdMalformed", "Id is malformed.")]
    public async Task An_invalid_request_returns_its_error_code(string content, string code, string text)
    {
        await using var service = await StartAsync();

        var response = await service.PostAsync(EwsRequest.For("FindPeople", content));

        response.Should().BeError(code, text);
    }

    [Theory]
    [InlineData("IdOnly", "PersonaId")]
    [InlineData(
        "Default",
        "PersonaId,PersonaType,DisplayName,DisplayNameFirstLast,DisplayNameLastFirst,FileAsId,Title,CompanyName,EmailAddress,"
            + "EmailAddresses,ImAddress,RelevanceScore")]
    [InlineData(
        "AllProperties",
        "PersonaId,PersonaType,DisplayName,DisplayNameFirstLast,DisplayNameLastFirst,FileAsId,Title,CompanyName,EmailAddress,"
            + "EmailAddresses,ImAddress,RelevanceScore,Attributions,DisplayNames,FileAsIds,Emails1,ImAddresses,Titles,CompanyNames")]
    public async Task The_base_shape_determines_the_returned_properties(string baseShape, string elements)
    {
        await using var service = await StartAsync();

        var response = (await service.PostAsync(Search(
            "anna", $"<m:PersonaShape><t:BaseShape>{baseShape}</t:BaseShape></m:PersonaShape>")))
            .Should().Succeed();

        response.Xml.Descendants().Single(e => e.Name.LocalName == "Persona").Elements().Select(e => e.Name.LocalName)
            .Should().Equal(elements.Split(','));
    }

    private static Task<TestService> StartAsync() => TestService.StartAsync(TestService.InMemory with { Directory = Directory });

    private static string Search(string query, string shape = "") =>
        EwsRequest.For(
            "FindPeople",
            $"{shape}{View}<m:ParentFolderId><t:DistinguishedFolderId Id='directory'/></m:ParentFolderId>"
                + $"<m:QueryString>{query}</m:QueryString>");

    private static IEnumerable<string> Names(EwsResponse response) =>
        response.Xml.Descendants().Where(e => e.Name.LocalName == "DisplayNameFirstLast").Select(e => e.Value);
}
