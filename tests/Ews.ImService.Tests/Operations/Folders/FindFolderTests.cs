namespace Ews.ImService.Tests.Operations.Folders;

public sealed class FindFolderTests
{
    private const string Root = "<t:DistinguishedFolderId Id='root'/>";

    [Theory]
    [InlineData("root", "Shallow", "msgfolderroot")]
    [InlineData("root", "Deep", "msgfolderroot,contacts,quickcontacts,imcontactlist")]
    [InlineData("msgfolderroot", "Shallow", "contacts")]
    [InlineData("contacts", "Shallow", "quickcontacts,imcontactlist")]
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
            Root, "Deep", "<m:IndexedPageFolderView BasePoint='Beginning' Offset='1' MaxEntriesReturned='2'/>")))
            .Should().Succeed();

        response.All("DisplayName").Select(name => name.Value).Should().Equal("Contacts", "{06967759-274D-40B2-A3EB-D7F9E73727D7}");
        response.All("RootFolder").Single().Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}")
            .Should().Equal("IndexedPagingOffset=3", "TotalItemsInView=4", "IncludesLastItemInRange=false");
    }

    [Theory]
    [InlineData(
        "<m:IndexedPageFolderView BasePoint='Beginning' Offset='-1'/>", "ErrorInvalidIndexedPagingParameters",
        "The specified indexed paging values are invalid.")]
    [InlineData(
        "<m:FractionalPageFolderView Numerator='0' Denominator='0'/>", "ErrorInvalidFractionalPagingParameters",
        "Invalid fractional paging offset values.")]
    [InlineData(
        "<m:Restriction><t:Exists><t:FieldURI FieldURI='folder:DisplayName'/></t:Exists></m:Restriction>", "ErrorUnsupportedQueryFilter",
        "QueryFilter type is not supported.")]
    public async Task An_invalid_request_returns_its_error_code(string view, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindFolder(Root, view: view))).Should().BeError(code, text);
        (await service.PostAsync(EwsRequest.FindFolder("<t:DistinguishedFolderId Id='drafts'/>")))
            .Should().BeError("ErrorFolderNotFound", "The specified folder could not be found in the store.");
    }
}
