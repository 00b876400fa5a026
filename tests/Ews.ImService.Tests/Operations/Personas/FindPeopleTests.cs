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
        View + "<m:Restriction><t:Exists><t:FieldURI FieldURI='persona:Attributions'/></t:Exists></m:Restriction>",
        "ErrorUnsupportedPathForQuery", "The property can not be used with this type of restriction.")]
    [InlineData(
        View + "<m:AggregationRestriction><t:Exists><t:FieldURI FieldURI='contacts:CompleteName'/></t:Exists></m:AggregationRestriction>",
        "ErrorUnsupportedPathForQuery", "The property can not be used with this type of restriction.")]
    [InlineData(
        View + "<m:SortOrder><t:FieldOrder Order='Ascending'><t:FieldURI FieldURI='persona:PersonaType'/></t:FieldOrder></m:SortOrder>",
        "ErrorUnsupportedPathForSortGroup", "The property can not be used with sort or group operations.")]
    [InlineData(
        View + "<m:ParentFolderId><t:DistinguishedFolderId Id='archiveinbox'/></m:ParentFolderId>", "ErrorFolderNotFound",
        "The specified folder could not be found in the store.")]
    [InlineData(
        View + "<m:ParentFolderId><t:DistinguishedFolderId Id='inbox'/></m:ParentFolderId>", "ErrorInvalidFolderTypeForOperation",
        "The folder type is invalid for the operation.")]
    [InlineData(
        View + "<m:ParentFolderId><t:AddressListId Id='contacts'/></m:ParentFolderId>", "ErrorFolderNotFound",
        "The specified folder could not be found in the store.")]
    [InlineData(
        View + "<m:ParentFolderId><t:DistinguishedFolderId Id='msgfolderroot'/></m:ParentFolderId>", "ErrorInvalidFolderTypeForOperation",
        "The folder type is invalid for the operation.")]
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

    [Theory]
    [InlineData("<t:Exists><t:FieldURI FieldURI='persona:ImAddress'/></t:Exists>", "Cleo")]
    [InlineData("<t:Not><t:Exists><t:FieldURI FieldURI='persona:ImAddress'/></t:Exists></t:Not>", "Anna Smith|Ben Jones")]
    [InlineData("<t:Exists><t:FieldURI FieldURI='persona:Emails2'/></t:Exists>", "Anna Smith")]
    [InlineData(
        "<t:IsEqualTo><t:FieldURI FieldURI='persona:GivenName'/><t:FieldURIOrConstant><t:Constant Value='ANNA'/></t:FieldURIOrConstant>"
            + "</t:IsEqualTo>",
        "Anna Smith")]
    [InlineData(
        "<t:IsNotEqualTo><t:FieldURI FieldURI='persona:CompanyName'/><t:FieldURIOrConstant><t:Constant Value='contoso'/>"
            + "</t:FieldURIOrConstant></t:IsNotEqualTo>",
        "Ben Jones|Cleo")]
    [InlineData(
        "<t:IsGreaterThan><t:FieldURI FieldURI='persona:DisplayName'/><t:FieldURIOrConstant><t:Constant Value='anna smith'/>"
            + "</t:FieldURIOrConstant></t:IsGreaterThan>",
        "Ben Jones|Cleo")]
    [InlineData(
        "<t:IsLessThan><t:FieldURI FieldURI='persona:CreationTime'/><t:FieldURIOrConstant><t:Constant Value='2001-01-01T00:00:00Z'/>"
            + "</t:FieldURIOrConstant></t:IsLessThan>",
        "")]
    [InlineData(
        "<t:Contains ContainmentMode='Substring' ContainmentComparison='IgnoreCase'><t:FieldURI FieldURI='persona:EmailAddresses'/>"
            + "<t:Constant Value='HOME.example'/></t:Contains>",
        "Anna Smith")]
    [InlineData(
        "<t:Or><t:Exists><t:FieldURI FieldURI='persona:MobilePhones'/></t:Exists><t:And><t:Exists><t:FieldURI FieldURI='persona:Surnames'/>"
            + "</t:Exists><t:Exists><t:FieldURI FieldURI='persona:WorkCity'/></t:Exists></t:And></t:Or>",
        "Anna Smith|Ben Jones")]
    [InlineData("<t:Exists><t:FieldURI FieldURI='contacts:Surname'/></t:Exists>", "Anna Smith|Ben Jones")]
    public async Task A_restriction_is_evaluated_on_the_persona_and_its_contacts(string expression, string expected)
    {
        await using var service = await StartWithPeopleAsync();

        foreach (var element in new[] { "Restriction", "AggregationRestriction" })
        {
            var response = await service.PostAsync(EwsRequest.For("FindPeople", $"{View}<m:{element}>{expression}</m:{element}>"));
            Names(response.Should().Succeed()).Should().Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task A_restriction_has_no_effect_on_the_directory()
    {
        await using var service = await StartAsync();
        const string Expression = "<m:Restriction><t:Exists><t:FieldURI FieldURI='persona:Emails3'/></t:Exists></m:Restriction>";

        var response = (await service.PostAsync(Search("anna", restriction: Expression))).Should().Succeed();

        Names(response).Should().Equal("Anna Smith");
    }

    [Theory]
    [InlineData("Descending", "DisplayName", "Cleo|Ben Jones|Anna Smith")]
    [InlineData("Ascending", "Surname", "Cleo|Ben Jones|Anna Smith")]
    [InlineData("Descending", "CompanyName", "Anna Smith|Ben Jones|Cleo")]
    [InlineData("Ascending", "WorkCity", "Anna Smith|Cleo|Ben Jones")]
    public async Task Personas_are_sorted_by_a_property(string order, string property, string expected)
    {
        await using var service = await StartWithPeopleAsync();

        var response = (await service.PostAsync(EwsRequest.For(
            "FindPeople",
            $"{View}<m:SortOrder><t:FieldOrder Order='{order}'><t:FieldURI FieldURI='persona:{property}'/></t:FieldOrder></m:SortOrder>")))
            .Should().Succeed();

        Names(response).Should().Equal(expected.Split('|'));
    }

    [Theory]
    [InlineData("Mailbox", "Anna Smith")]
    [InlineData("Directory", "Anna Smith")]
    [InlineData("Auto", "Anna Smith|Anna Smith")]
    public async Task The_query_sources_limit_a_search_without_a_folder(string source, string expected)
    {
        await using var service = await StartWithPeopleAsync();

        var response = (await service.PostAsync(EwsRequest.For(
            "FindPeople",
            $"{View}<m:QueryString>anna</m:QueryString><m:QuerySources><t:Source>{source}</t:Source></m:QuerySources>")))
            .Should().Succeed();

        Names(response).Should().Equal(expected.Split('|'));
    }

    [Theory]
    [InlineData("Shallow", "Anna Smith|Ben Jones|Cleo")]
    [InlineData("Associated", "")]
    [InlineData("SoftDeleted", "")]
    public async Task The_attribute_Traversal_is_accepted(string traversal, string expected)
    {
        await using var service = await StartWithPeopleAsync();

        var response = (await service.PostAsync(EwsRequest.For("FindPeople", View, attributes: $" Traversal='{traversal}'")))
            .Should().Succeed();

        Names(response).Should().Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task The_order_of_elements_of_the_EWS_Managed_API_is_accepted(string spelling)
    {
        await using var service = await StartWithPeopleAsync();

        var response = (await service.PostAsync(EwsRequest.For(
            "FindPeople",
            "<m:Restriction><t:Exists><t:FieldURI FieldURI='persona:GivenName'/></t:Exists></m:Restriction>"
                + "<m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>" + View
                + "<m:SortOrder><t:FieldOrder Order='Descending'><t:FieldURI FieldURI='persona:DisplayName'/></t:FieldOrder></m:SortOrder>"
                + "<m:ParentFolderId><t:DistinguishedFolderId Id='contacts'/></m:ParentFolderId>"
                + "<m:PersonaShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI='persona:DisplayName'/>"
                + "</t:AdditionalProperties></m:PersonaShape>",
            spelling: spelling,
            attributes: " Traversal='Shallow'"))).Should().Succeed();

        response.All("DisplayName").Select(name => name.Value).Should().Equal("Ben Jones", "Anna Smith");
        response.All("DisplayNameFirstLast").Should().BeEmpty();
    }

    [Theory]
    [InlineData("", " Traversal='Deeper'", "The 'Traversal' attribute is not declared.")]
    [InlineData(
        "<m:Unknown/>", " Traversal='Shallow'", "The 'Traversal' attribute is not declared.")]
    [InlineData(
        "<m:QueryString/>",
        "",
        "The element 'FindPeople' in namespace 'M' has invalid child element 'QueryString' in namespace 'M'. "
            + "List of possible elements expected: 'PersonaShape, IndexedPageItemView' in namespace 'M'.")]
    public async Task Other_violations_are_those_of_the_published_schema(string content, string attributes, string violation)
    {
        await using var service = await StartAsync();

        var response = await service.PostAsync(EwsRequest.For("FindPeople", content, attributes: attributes));

        response.Text.Should().Contain("The request failed schema validation: " + violation.Replace(
            "'M'", "'http://schemas.microsoft.com/exchange/services/2006/messages'", StringComparison.Ordinal));
    }

    private static async Task<TestService> StartWithPeopleAsync()
    {
        var service = await StartAsync();
        await service.PostAsync(EwsRequest.CreateItem(
            "<t:DisplayName>Anna Smith</t:DisplayName><t:GivenName>Anna</t:GivenName><t:CompanyName>Contoso</t:CompanyName>"
                + "<t:EmailAddresses><t:Entry Key='EmailAddress1'>anna@work.example</t:Entry>"
                + "<t:Entry Key='EmailAddress2'>anna@home.example</t:Entry></t:EmailAddresses>"
                + "<t:PhoneNumbers><t:Entry Key='MobilePhone'>1</t:Entry></t:PhoneNumbers><t:Surname>Smith</t:Surname>",
            "<t:DisplayName>Ben Jones</t:DisplayName><t:GivenName>Ben</t:GivenName>"
                + "<t:PhysicalAddresses><t:Entry Key='Business'><t:City>Redmond</t:City></t:Entry></t:PhysicalAddresses>"
                + "<t:Surname>Jones</t:Surname>"));
        await service.PostAsync(EwsRequest.AddNewImContactToGroup("cleo@contoso.com", "Cleo"));
        return service;
    }

    private static Task<TestService> StartAsync() => TestService.StartAsync(TestService.InMemory with { Directory = Directory });

    private static string Search(string query, string shape = "", string restriction = "") =>
        EwsRequest.For(
            "FindPeople",
            $"{shape}{View}{restriction}<m:ParentFolderId><t:DistinguishedFolderId Id='directory'/></m:ParentFolderId>"
                + $"<m:QueryString>{query}</m:QueryString>");

    private static IEnumerable<string> Names(EwsResponse response) =>
        response.Xml.Descendants().Where(e => e.Name.LocalName == "DisplayNameFirstLast").Select(e => e.Value);
}
