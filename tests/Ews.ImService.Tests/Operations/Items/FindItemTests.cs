using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class FindItemTests
{
    private const string NotFound = "The specified folder could not be found in the store.";

    [Fact]
    public async Task Each_folder_returns_its_items_in_the_order_of_creation()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem("<t:DisplayName>Zoe</t:DisplayName>", "<t:DisplayName>Anna</t:DisplayName>"));
        await service.AddGroupAsync("Team");
        await service.AddContactAsync("im@contoso.com");

        (await NamesAsync(service, EwsRequest.FindItem("contacts"))).Should().Equal("Zoe", "Anna");
        (await NamesAsync(service, EwsRequest.FindItem("quickcontacts"))).Should().Equal("im@contoso.com");
        (await NamesAsync(service, EwsRequest.FindItem("imcontactlist"))).Should().Equal("Other Contacts", "Tagged", "Favorites", "Team");
        (await NamesAsync(service, EwsRequest.FindItem("msgfolderroot"))).Should().BeEmpty();
        (await NamesAsync(service, EwsRequest.FindItem("contacts", traversal: "SoftDeleted"))).Should().BeEmpty();
        var folderId = MailboxFolder.QuickContacts.Id((await service.MailboxAsync())!.MailboxGuid);
        (await NamesAsync(service, EwsRequest.FindItem($"<t:FolderId Id='{folderId}'/>"))).Should().Equal("im@contoso.com");
    }

    [Theory]
    [InlineData(
        "<m:IndexedPageItemView BasePoint='Beginning' Offset='0' MaxEntriesReturned='2'/>", "a,b",
        "IndexedPagingOffset=2,TotalItemsInView=5,IncludesLastItemInRange=false")]
    [InlineData(
        "<m:IndexedPageItemView BasePoint='Beginning' Offset='3' MaxEntriesReturned='2'/>", "d,e",
        "IndexedPagingOffset=5,TotalItemsInView=5,IncludesLastItemInRange=true")]
    [InlineData(
        "<m:IndexedPageItemView BasePoint='Beginning' Offset='9'/>", "",
        "IndexedPagingOffset=5,TotalItemsInView=5,IncludesLastItemInRange=true")]
    [InlineData(
        "<m:IndexedPageItemView BasePoint='End' Offset='0' MaxEntriesReturned='2'/>", "d,e",
        "IndexedPagingOffset=2,TotalItemsInView=5,IncludesLastItemInRange=false")]
    [InlineData(
        "<m:IndexedPageItemView BasePoint='End' Offset='4' MaxEntriesReturned='2'/>", "a",
        "IndexedPagingOffset=5,TotalItemsInView=5,IncludesLastItemInRange=true")]
    [InlineData(
        "<m:FractionalPageItemView Numerator='2' Denominator='5' MaxEntriesReturned='2'/>", "c,d",
        "NumeratorOffset=4,AbsoluteDenominator=5,TotalItemsInView=5,IncludesLastItemInRange=false")]
    [InlineData(
        "<m:ContactsView InitialName='b' FinalName='d' MaxEntriesReturned='9'/>", "b,c,d",
        "TotalItemsInView=3,IncludesLastItemInRange=true")]
    [InlineData("", "a,b,c,d,e", "TotalItemsInView=5,IncludesLastItemInRange=true")]
    public async Task The_view_determines_the_page(string view, string names, string attributes)
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem([.. "abcde".Select(name => $"<t:DisplayName>{name}</t:DisplayName>")]));

        var response = (await service.PostAsync(EwsRequest.FindItem("contacts", view: view))).Should().Succeed();

        string.Join(',', response.All("DisplayName").Select(name => name.Value)).Should().Be(names);
        string.Join(',', response.All("RootFolder").Single().Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}"))
            .Should().Be(attributes);
    }

    [Theory]
    [InlineData(
        "<m:SortOrder><t:FieldOrder Order='Ascending'><t:FieldURI FieldURI='contacts:DisplayName'/></t:FieldOrder></m:SortOrder>",
        "Anna,Ben,Cleo")]
    [InlineData(
        "<m:SortOrder><t:FieldOrder Order='Descending'><t:FieldURI FieldURI='contacts:CompanyName'/></t:FieldOrder>"
            + "<t:FieldOrder Order='Descending'><t:FieldURI FieldURI='contacts:DisplayName'/></t:FieldOrder></m:SortOrder>",
        "Ben,Cleo,Anna")]
    [InlineData(
        "<m:SortOrder><t:FieldOrder Order='Ascending'>"
            + "<t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='EmailAddress1'/></t:FieldOrder></m:SortOrder>",
        "Ben,Cleo,Anna")]
    [InlineData(
        "<m:SortOrder><t:FieldOrder Order='Ascending'>"
            + "<t:ExtendedFieldURI PropertyTag='0x6002' PropertyType='Integer'/></t:FieldOrder></m:SortOrder>",
        "Cleo,Anna,Ben")]
    [InlineData(
        "<m:SortOrder><t:FieldOrder Order='Ascending'><t:FieldURI FieldURI='contacts:Mileage'/></t:FieldOrder></m:SortOrder>",
        "Cleo,Ben,Anna")]
    [InlineData("<m:Restriction><t:Exists><t:FieldURI FieldURI='contacts:Mileage'/></t:Exists></m:Restriction>", "Ben,Anna")]
    [InlineData(
        "<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI='contacts:CompanyName'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='contoso'/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>",
        "Cleo,Anna")]
    [InlineData(
        "<m:Restriction><t:IsNotEqualTo><t:FieldURI FieldURI='contacts:CompanyName'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='Contoso'/></t:FieldURIOrConstant></t:IsNotEqualTo></m:Restriction>",
        "Ben")]
    [InlineData(
        "<m:Restriction><t:IsGreaterThan>"
            + "<t:ExtendedFieldURI PropertyTag='0x6002' PropertyType='Integer'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='9'/></t:FieldURIOrConstant></t:IsGreaterThan></m:Restriction>",
        "Ben")]
    [InlineData(
        "<m:Restriction><t:IsLessThanOrEqualTo>"
            + "<t:ExtendedFieldURI PropertyTag='0x6002' PropertyType='Integer'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='9'/></t:FieldURIOrConstant></t:IsLessThanOrEqualTo></m:Restriction>",
        "Anna")]
    [InlineData(
        "<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI='contacts:Mileage'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='09'/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>",
        "")]
    [InlineData(
        "<m:Restriction><t:IsLessThan>"
            + "<t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='EmailAddress1'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='b'/></t:FieldURIOrConstant></t:IsLessThan></m:Restriction>",
        "")]
    [InlineData(
        "<m:Restriction><t:IsEqualTo>"
            + "<t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='EmailAddress1'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='SMTP'/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>",
        "")]
    [InlineData(
        "<m:Restriction><t:Contains ContainmentMode='Substring'><t:FieldURI FieldURI='item:Body'/>"
            + "<t:Constant Value='HTML'/></t:Contains></m:Restriction>",
        "")]
    [InlineData(
        "<m:Restriction><t:Contains ContainmentMode='Substring'><t:FieldURI FieldURI='item:Body'/>"
            + "<t:Constant Value='body'/></t:Contains></m:Restriction>",
        "Anna")]
    [InlineData(
        "<m:Restriction><t:IsEqualTo>"
            + "<t:ExtendedFieldURI PropertyTag='0x3001' PropertyType='String'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='anna'/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>",
        "Anna")]
    [InlineData(
        "<m:Restriction><t:IsLessThan><t:FieldURI FieldURI='item:DateTimeCreated'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='2000-01-01T00:00:00Z'/></t:FieldURIOrConstant></t:IsLessThan></m:Restriction>",
        "")]
    [InlineData(
        "<m:Restriction><t:IsGreaterThanOrEqualTo><t:FieldURI FieldURI='item:DateTimeCreated'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='2000-01-01T00:00:00+01:00'/></t:FieldURIOrConstant></t:IsGreaterThanOrEqualTo></m:Restriction>",
        "Ben,Cleo,Anna")]
    [InlineData(
        "<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI='contacts:DisplayName'/><t:FieldURIOrConstant>"
            + "<t:FieldURI FieldURI='item:Subject'/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>",
        "Ben,Cleo,Anna")]
    [InlineData(
        "<m:Restriction><t:Contains ContainmentMode='Substring' ContainmentComparison='IgnoreCase'>"
            + "<t:FieldURI FieldURI='contacts:DisplayName'/><t:Constant Value='NN'/></t:Contains></m:Restriction>",
        "Anna")]
    [InlineData(
        "<m:Restriction><t:Contains ContainmentMode='Prefixed'><t:IndexedFieldURI FieldURI='contacts:EmailAddress' "
            + "FieldIndex='EmailAddress1'/><t:Constant Value='z@'/></t:Contains></m:Restriction>",
        "Anna")]
    [InlineData(
        "<m:Restriction><t:And><t:Exists><t:FieldURI FieldURI='contacts:Mileage'/></t:Exists><t:Not><t:IsEqualTo>"
            + "<t:FieldURI FieldURI='contacts:DisplayName'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='Ben'/></t:FieldURIOrConstant></t:IsEqualTo></t:Not></t:And></m:Restriction>",
        "Anna")]
    [InlineData(
        "<m:Restriction><t:Or><t:IsEqualTo><t:FieldURI FieldURI='contacts:DisplayName'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='Ben'/></t:FieldURIOrConstant></t:IsEqualTo><t:IsEqualTo>"
            + "<t:FieldURI FieldURI='contacts:DisplayName'/><t:FieldURIOrConstant>"
            + "<t:Constant Value='Cleo'/></t:FieldURIOrConstant></t:IsEqualTo></t:Or></m:Restriction>",
        "Ben,Cleo")]
    public async Task Items_match_the_restriction_and_are_sorted(string rest, string names)
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem(
            Extended("10") + "<t:DisplayName>Ben</t:DisplayName><t:CompanyName>Fabrikam</t:CompanyName><t:Mileage>10</t:Mileage>",
            "<t:DisplayName>Cleo</t:DisplayName><t:CompanyName>Contoso</t:CompanyName>",
            $"<t:Body BodyType='HTML'>body</t:Body>{Extended("9")}<t:DisplayName>Anna</t:DisplayName><t:CompanyName>Contoso</t:CompanyName>"
                + "<t:EmailAddresses><t:Entry Key='EmailAddress1' RoutingType='SMTP'>z@contoso.com</t:Entry></t:EmailAddresses>"
                + "<t:Mileage>9</t:Mileage>"));

        var found = await NamesAsync(service, EwsRequest.FindItem("contacts", rest: rest));

        string.Join(',', found).Should().Be(names);
    }

    [Theory]
    [InlineData("Beginning", "c", 2, "c,d", "IndexedPagingOffset=4,TotalItemsInView=5,IncludesLastItemInRange=false")]
    [InlineData("Beginning", "e", 2, "e", "IndexedPagingOffset=5,TotalItemsInView=5,IncludesLastItemInRange=true")]
    [InlineData("Beginning", "x", 2, "", "IndexedPagingOffset=5,TotalItemsInView=5,IncludesLastItemInRange=true")]
    [InlineData("End", "c", 2, "b,c", "IndexedPagingOffset=4,TotalItemsInView=5,IncludesLastItemInRange=false")]
    [InlineData("End", "x", 2, "", "IndexedPagingOffset=5,TotalItemsInView=5,IncludesLastItemInRange=true")]
    public async Task A_page_begins_or_ends_at_the_row_that_matches_the_condition(
        string basePoint, string name, int maximum, string names, string attributes)
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem([.. "abcde".Select(letter => $"<t:DisplayName>{letter}</t:DisplayName>")]));

        var response = (await service.PostAsync(EwsRequest.FindItem("contacts", view:
            $"<m:SeekToConditionPageItemView BasePoint='{basePoint}' MaxEntriesReturned='{maximum}'><t:Condition><t:IsEqualTo>"
            + $"<t:FieldURI FieldURI='contacts:DisplayName'/><t:FieldURIOrConstant><t:Constant Value='{name}'/></t:FieldURIOrConstant>"
            + "</t:IsEqualTo></t:Condition></m:SeekToConditionPageItemView>"))).Should().Succeed();

        string.Join(',', response.All("DisplayName").Select(found => found.Value)).Should().Be(names);
        string.Join(',', response.All("RootFolder").Single().Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}"))
            .Should().Be(attributes);
    }

    [Fact]
    public async Task A_response_contains_at_most_1000_items()
    {
        await using var service = await TestService.StartAsync();
        (await service.PostAsync(EwsRequest.CreateItem([.. Enumerable.Repeat("", 1001)]))).Should().Succeed();

        var response = (await service.PostAsync(EwsRequest.FindItem("contacts", "IdOnly"))).Should().Succeed();

        response.All("ItemId").Should().HaveCount(1000);
        response.All("RootFolder").Single().Attribute("TotalItemsInView")!.Value.Should().Be("1001");
        response.All("RootFolder").Single().Attribute("IncludesLastItemInRange")!.Value.Should().Be("false");
    }

    [Fact]
    public async Task A_query_matches_the_start_of_words_in_names_and_addresses()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem(
            "<t:DisplayName>Anna Smith</t:DisplayName>", "<t:DisplayName>Ben Smith</t:DisplayName>"));

        (await NamesAsync(service, EwsRequest.FindItem("contacts", query: "<m:QueryString>smi an</m:QueryString>")))
            .Should().Equal("Anna Smith");
    }

    [Theory]
    [InlineData(
        "<m:IndexedPageItemView BasePoint='Beginning' Offset='0' MaxEntriesReturned='0'/>", "ErrorInvalidPagingMaxRows",
        "MaxEntriesReturned must be greater than zero.")]
    [InlineData(
        "<m:IndexedPageItemView BasePoint='Beginning' Offset='-1'/>", "ErrorInvalidIndexedPagingParameters",
        "The specified indexed paging values are invalid.")]
    [InlineData(
        "<m:FractionalPageItemView Numerator='2' Denominator='1'/>", "ErrorInvalidFractionalPagingParameters",
        "Invalid fractional paging offset values.")]
    [InlineData(
        "<m:CalendarView StartDate='2020-01-01T00:00:00Z' EndDate='2020-01-02T00:00:00Z'/>",
        "ErrorCalendarFolderIsInvalidForCalendarView", "Cannot request CalendarView for the folder.")]
    [InlineData(
        "<m:DistinguishedGroupBy Order='Ascending'><t:StandardGroupBy>ConversationTopic</t:StandardGroupBy></m:DistinguishedGroupBy>",
        "ErrorUnsupportedPathForSortGroup", "The property can not be used with sort or group operations.")]
    [InlineData(
        "<m:SortOrder><t:FieldOrder Order='Ascending'><t:FieldURI FieldURI='message:From'/></t:FieldOrder></m:SortOrder>",
        "ErrorUnsupportedPathForSortGroup", "The property can not be used with sort or group operations.")]
    [InlineData(
        "<m:Restriction><t:Exists><t:FieldURI FieldURI='contacts:EmailAddresses'/></t:Exists></m:Restriction>",
        "ErrorUnsupportedPathForQuery", "The property can not be used with this type of restriction.")]
    [InlineData(
        "<m:Restriction><t:Exists><t:FieldURI FieldURI='contacts:Mileage'/></t:Exists><t:Exists>"
            + "<t:FieldURI FieldURI='contacts:Surname'/></t:Exists></m:Restriction>",
        "ErrorInvalidRestriction", "The restriction is invalid.")]
    [InlineData(
        "<m:Restriction><t:Exists><t:FieldURI FieldURI='contacts:Mileage'/>"
            + "<t:FieldURI FieldURI='contacts:Surname'/></t:Exists></m:Restriction>",
        "ErrorInvalidRestriction", "The restriction is invalid.")]
    [InlineData(
        "<m:Restriction><t:Not><t:Exists><t:FieldURI FieldURI='contacts:Mileage'/></t:Exists><t:Exists>"
            + "<t:FieldURI FieldURI='contacts:Surname'/></t:Exists></t:Not></m:Restriction>",
        "ErrorInvalidRestriction", "The restriction is invalid.")]
    [InlineData(
        "<m:Restriction><t:Exists>"
            + "<t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='Nonsense'/></t:Exists></m:Restriction>",
        "ErrorUnsupportedPathForQuery", "The property can not be used with this type of restriction.")]
    [InlineData(
        "<m:SortOrder><t:FieldOrder Order='Ascending'><t:FieldURI FieldURI='contacts:Surname'/>"
            + "<t:FieldURI FieldURI='contacts:GivenName'/></t:FieldOrder></m:SortOrder>",
        "ErrorUnsupportedPathForSortGroup", "The property can not be used with sort or group operations.")]
    [InlineData(
        "<m:Restriction><t:Excludes><t:FieldURI FieldURI='contacts:Mileage'/><t:Bitmask Value='1'/></t:Excludes></m:Restriction>",
        "ErrorUnsupportedPathForQuery", "The property can not be used with this type of restriction.")]
    public async Task An_invalid_request_returns_its_error_code(string view, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindItem("contacts", view: view))).Should().BeError(code, text);
    }

    [Fact]
    public async Task A_missing_folder_and_a_folder_of_another_mailbox_return_their_error_codes()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var guid = (await service.MailboxAsync())!.MailboxGuid;

        (await service.PostAsync(EwsRequest.FindItem("archiveinbox"))).Should().BeError("ErrorFolderNotFound", NotFound);
        (await service.PostAsync(EwsRequest.FindItem("inbox"))).Should().Succeed().All("Items").Single().Elements().Should().BeEmpty();
        (await service.PostAsync(EwsRequest.FindItem($"<t:FolderId Id='{groupId}'/>")))
            .Should().BeError("ErrorCannotUseItemIdForFolderId", "Expected a folder Id but received an item Id.");
        (await service.PostAsync(EwsRequest.FindItem($"<t:FolderId Id='{StoreId.ForFolder(guid, 99)}'/>")))
            .Should().BeError("ErrorFolderNotFound", NotFound);
        (await service.PostAsync(EwsRequest.FindItem($"<t:FolderId Id='{StoreId.ForFolder(Guid.NewGuid(), 99)}'/>")))
            .Should().BeError("ErrorNonExistentMailbox", "No mailbox with such guid.");
        (await service.PostAsync(EwsRequest.FindItem(
            "<t:DistinguishedFolderId Id='contacts'><t:Mailbox><t:EmailAddress>other@contoso.com</t:EmailAddress></t:Mailbox>"
                + "</t:DistinguishedFolderId>")))
            .Should().BeError("ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        (await service.PostAsync(EwsRequest.FindItem(
            "<t:DistinguishedFolderId Id='contacts'><t:Mailbox><t:EmailAddress>USER@contoso.com</t:EmailAddress></t:Mailbox>"
                + "</t:DistinguishedFolderId>")))
            .Should().Succeed();
    }

    private static string Extended(string number) =>
        $"<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='0x6002' PropertyType='Integer'/><t:Value>{number}</t:Value>"
            + $"</t:ExtendedProperty>";

    private static async Task<IEnumerable<string>> NamesAsync(TestService service, string request) =>
        (await service.PostAsync(request)).Should().Succeed().All("DisplayName").Select(name => name.Value);

    [Theory]
    [InlineData("AllProperties", "")]
    [InlineData("IdOnly", "<t:FieldURI FieldURI='item:Body'/><t:FieldURI FieldURI='item:ResponseObjects'/>")]
    public async Task Bodies_and_responses_are_never_returned(string baseShape, string additional)
    {
        await using var service = await TestService.StartAsync();
        (await service.PostAsync(EwsRequest.CreateItem("<t:Body BodyType='Text'>b</t:Body><t:GivenName>Anna</t:GivenName>")))
            .Should().Succeed();

        var contact = (await service.PostAsync(EwsRequest.FindItem("contacts", baseShape, additional))).Should().Succeed()
            .All("Contact").Single();

        contact.Elements().Select(element => element.Name.LocalName).Should().NotContain(["Body", "ResponseObjects"]);
    }

    [Fact]
    public async Task The_Default_shape_is_that_of_GetItem()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:GivenName>Anna</t:GivenName><t:CompanyName>Contoso</t:CompanyName><t:JobTitle>Clerk</t:JobTitle>"))).Id("ItemId");

        var found = (await service.PostAsync(EwsRequest.FindItem("contacts", "Default"))).Should().Succeed().All("Contact").Single();

        found.Elements().Select(element => element.Name.LocalName)
            .Should().Equal("ItemId", "HasAttachments", "CompleteName", "CompanyName", "JobTitle");
        found.ToString().Should().Be((await service.PostAsync(EwsRequest.GetItem([id], "Default"))).All("Contact").Single().ToString());
    }

    [Fact]
    public async Task Texts_are_cut_after_255_characters_and_not_within_a_character()
    {
        await using var service = await TestService.StartAsync();
        var text = new string('a', 254) + "\U0001F600" + "rest";
        (await service.PostAsync(EwsRequest.CreateItem(
            $"<t:Manager>{text}</t:Manager><t:OfficeLocation>{new string('b', 300)}</t:OfficeLocation>"))).Should().Succeed();

        var response = (await service.PostAsync(EwsRequest.FindItem("contacts"))).Should().Succeed();

        response.Value("Manager").Should().Be(new string('a', 254));
        response.Value("OfficeLocation").Should().Be(new string('b', 255));
    }
}
