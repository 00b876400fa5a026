namespace Ews.ImService.Tests.Operations.Folders;

public sealed class FindFolderTests
{
    private const string Root = "<t:DistinguishedFolderId Id='root'/>";

    [Theory]
    [InlineData("root", "Shallow", "searchfolders,recoverableitemsroot,todosearch,msgfolderroot,voicemail")]
    [InlineData("searchfolders", "Deep", "favorites,mycontacts")]
    [InlineData("syncissues", "Shallow", "conflicts,localfailures,serverfailures")]
    [InlineData(
        "recoverableitemsroot", "Shallow",
        "recoverableitemsdeletions,recoverableitemsdiscoveryholds,recoverableitemspurges,recoverableitemsversions")]
    [InlineData(
        "msgfolderroot", "Shallow",
        "calendar,contacts,conversationhistory,deleteditems,drafts,inbox,journal,junkemail,notes,outbox,sentitems,syncissues,tasks")]
    [InlineData("contacts", "Shallow", "peopleconnect,recipientcache,quickcontacts,imcontactlist")]
    [InlineData("quickcontacts", "Deep", "")]
    [InlineData("root", "SoftDeleted", "")]
    public async Task The_traversal_determines_the_depth_of_the_returned_folders(string parent, string traversal, string names)
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(EwsRequest.FindFolder(
            $"<t:DistinguishedFolderId Id='{parent}'/>", traversal, baseShape: "AllProperties")))
            .Should().Succeed();

        string.Join(',', response.All("DistinguishedFolderId").Select(name => name.Value)).Should().Be(names);
    }

    [Fact]
    public async Task The_view_determines_the_page()
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(EwsRequest.FindFolder(
            "<t:DistinguishedFolderId Id='contacts'/>",
            "Deep",
            "<m:IndexedPageFolderView BasePoint='Beginning' Offset='1' MaxEntriesReturned='2'/>")))
            .Should().Succeed();

        response.All("DisplayName").Select(name => name.Value).Should().Equal("PeopleConnect", "Recipient Cache");
        response.All("RootFolder").Single().Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}")
            .Should().Equal("IndexedPagingOffset=3", "TotalItemsInView=5", "IncludesLastItemInRange=false");
    }

    [Theory]
    [InlineData(
        "<m:IndexedPageFolderView BasePoint='Beginning' Offset='-1'/>", "ErrorInvalidIndexedPagingParameters",
        "The specified indexed paging values are invalid.")]
    [InlineData(
        "<m:FractionalPageFolderView Numerator='0' Denominator='0'/>", "ErrorInvalidFractionalPagingParameters",
        "Invalid fractional paging offset values.")]
    [InlineData(
        "<m:Restriction><t:Exists><t:FieldURI FieldURI='folder:EffectiveRights'/></t:Exists></m:Restriction>",
        "ErrorUnsupportedPathForQuery", "The property can not be used with this type of restriction.")]
    [InlineData(
        "<m:Restriction><t:Exists><t:ExtendedFieldURI PropertyTag='0x3001' PropertyName='a' PropertyType='String'/></t:Exists>"
            + "</m:Restriction>",
        "ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid.")]
    public async Task An_invalid_request_returns_its_error_code(string view, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindFolder(Root, view: view))).Should().BeError(code, text);
        (await service.PostAsync(EwsRequest.FindFolder("<t:DistinguishedFolderId Id='archiveroot'/>")))
            .Should().BeError("ErrorFolderNotFound", "The specified folder could not be found in the store.");
    }

    [Theory]
    [InlineData("<t:IsEqualTo><t:FieldURI FieldURI='folder:DisplayName'/>{inbox}</t:IsEqualTo>", "Inbox")]
    [InlineData(
        "<t:Contains ContainmentMode='Substring' ContainmentComparison='IgnoreCase'><t:FieldURI FieldURI='folder:DisplayName'/>"
            + "<t:Constant Value='items'/></t:Contains>",
        "Deleted Items,Sent Items")]
    [InlineData("<t:IsEqualTo><t:FieldURI FieldURI='folder:FolderClass'/>{IPF.Contact}</t:IsEqualTo>", "Contacts,PeopleConnect")]
    [InlineData("<t:IsGreaterThan><t:FieldURI FieldURI='folder:TotalCount'/>{9}</t:IsGreaterThan>", "Contacts")]
    [InlineData("<t:IsEqualTo><t:FieldURI FieldURI='folder:ChildFolderCount'/>{3}</t:IsEqualTo>", "Sync Issues")]
    [InlineData(
        "<t:And><t:IsEqualTo><t:ExtendedFieldURI PropertyTag='0x10f4' PropertyType='Boolean'/>{true}</t:IsEqualTo>"
            + "<t:Not><t:Contains ContainmentMode='Prefixed'><t:FieldURI FieldURI='folder:DisplayName'/><t:Constant Value='{'/>"
            + "</t:Contains></t:Not></t:And>",
        "GAL Contacts,PeopleConnect,Recipient Cache")]
    [InlineData(
        "<t:IsEqualTo><t:ExtendedFieldURI PropertyTag='0x3001' PropertyType='String'/>{Outbox}</t:IsEqualTo>", "Outbox")]
    [InlineData("<t:Exists><t:ExtendedFieldURI PropertyTag='0x3004' PropertyType='String'/></t:Exists>", "")]
    public async Task A_restriction_selects_folders(string restriction, string names)
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem(new string[10]));
        var expression = System.Text.RegularExpressions.Regex.Replace(
            restriction, @"\{([\w.]+)\}", "<t:FieldURIOrConstant><t:Constant Value='$1'/></t:FieldURIOrConstant>");

        var response = (await service.PostAsync(EwsRequest.FindFolder(
            "<t:DistinguishedFolderId Id='msgfolderroot'/>", "Deep", $"<m:Restriction>{expression}</m:Restriction>"))).Should().Succeed();

        string.Join(',', response.All("DisplayName").Select(name => name.Value)).Should().Be(names);
    }

    [Fact]
    public async Task A_restriction_by_name_with_a_page_of_one_finds_the_folder()
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(EwsRequest.FindFolder(
            "<t:DistinguishedFolderId Id='msgfolderroot'/>",
            "Shallow",
            "<m:IndexedPageFolderView BasePoint='Beginning' Offset='0' MaxEntriesReturned='1'/><m:Restriction><t:IsEqualTo>"
                + "<t:FieldURI FieldURI='folder:DisplayName'/><t:FieldURIOrConstant><t:Constant Value='Drafts'/></t:FieldURIOrConstant>"
                + "</t:IsEqualTo></m:Restriction>"))).Should().Succeed();

        response.Value("DisplayName").Should().Be("Drafts");
        response.All("RootFolder").Single().Attribute("IncludesLastItemInRange")!.Value.Should().Be("true");
    }
}
