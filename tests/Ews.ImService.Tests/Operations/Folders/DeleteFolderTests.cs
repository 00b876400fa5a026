namespace Ews.ImService.Tests.Operations.Folders;

public sealed class DeleteFolderTests
{
    private const string NotFound = "The specified object was not found in the store.";

    [Theory]
    [InlineData("HardDelete")]
    [InlineData("SoftDelete")]
    public async Task A_deleted_folder_disappears_with_its_subfolders_and_items(string type)
    {
        await using var service = await TestService.StartAsync();
        var (parent, child, item) = await CreateAsync(service);

        (await service.PostAsync(EwsRequest.DeleteFolder(parent, type))).Should().Succeed();

        (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId(parent) + EwsRequest.FolderId(child)))).Codes()
            .Should().Equal("ErrorFolderNotFound", "ErrorFolderNotFound");
        (await service.PostAsync(EwsRequest.GetItem([item]))).Should().BeError("ErrorItemNotFound", NotFound);
        (await service.PostAsync(EwsRequest.DeleteFolder(parent, type))).Should().BeError("ErrorItemNotFound", NotFound);
    }

    [Theory]
    [InlineData("SoftDelete", "Anna")]
    [InlineData("HardDelete")]
    public async Task The_items_of_a_softly_deleted_folder_can_be_recovered(string type, params string[] recoverable)
    {
        await using var service = await TestService.StartAsync();
        var (parent, _, _) = await CreateAsync(service);

        (await service.PostAsync(EwsRequest.DeleteFolder(parent, type))).Should().Succeed();

        var found = (await service.PostAsync(EwsRequest.FindItem(EwsRequest.FolderId("recoverableitemsdeletions")))).Should().Succeed();
        found.All("DisplayName").ConvertAll(name => name.Value).Should().Equal(recoverable);
    }

    [Fact]
    public async Task A_folder_that_is_moved_to_Deleted_Items_keeps_its_ids_and_content()
    {
        await using var service = await TestService.StartAsync();
        var (parent, child, item) = await CreateAsync(service);
        await service.PostAsync(EwsRequest.CreateFolder("deleteditems", UpdateFolderTests.Folder("Team")));

        (await service.PostAsync(EwsRequest.DeleteFolder(parent, "MoveToDeletedItems"))).Should().Succeed();

        var found = (await service.PostAsync(EwsRequest.FindFolder(EwsRequest.FolderId("deleteditems"), "Deep"))).Should().Succeed();
        found.All("DisplayName").ConvertAll(name => name.Value).Should().Equal("Team", "Team1", "Old");
        found.All("FolderId").ConvertAll(id => id.Attribute("Id")!.Value).Should().Contain([parent, child]);
        (await service.PostAsync(EwsRequest.GetItem([item]))).Should().Succeed();
        var people = (await service.PostAsync(EwsRequest.For(
            "FindPeople", "<m:IndexedPageItemView BasePoint='Beginning' Offset='0' MaxEntriesReturned='10'/>"))).Should().Succeed();
        people.All("Persona").Should().BeEmpty("deleted contacts are not people");
    }

    [Theory]
    [InlineData("contacts")]
    [InlineData("quickcontacts")]
    [InlineData("inbox")]
    public async Task A_well_known_folder_cannot_be_deleted(string folder)
    {
        await using var service = await TestService.StartAsync();

        foreach (var type in new[] { "HardDelete", "SoftDelete", "MoveToDeletedItems" })
        {
            (await service.PostWithoutEffectAsync(EwsRequest.DeleteFolder(folder, type)))
                .Should().BeError("ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted.");
        }
    }

    [Fact]
    public async Task Subscribers_receive_the_deletion_or_the_move_of_a_folder()
    {
        await using var service = await TestService.StartAsync();
        var (first, _, _) = await CreateAsync(service);
        var second = (await service.PostAsync(EwsRequest.CreateFolder("contacts", UpdateFolderTests.Folder("Crew")))).Id("FolderId");
        var subscription = (await service.PostAsync(EwsRequest.SubscribeToPull("contacts"))).Should().Succeed();

        await service.PostAsync(EwsRequest.DeleteFolder(first, "MoveToDeletedItems"));
        await service.PostAsync(EwsRequest.DeleteFolder(second));

        var events = (await service.PostAsync(EwsRequest.GetEvents(
            subscription.Value("SubscriptionId"), subscription.Value("Watermark")))).Should().Succeed();
        var parts = events.All("Notification").Single().Elements()
            .Where(one => one.Name.LocalName.EndsWith("Event", StringComparison.Ordinal))
            .Select(one => one.Name.LocalName + Id(one, "FolderId"));
        var contacts = (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId("contacts")))).Id("FolderId");
        parts.Should().Equal("MovedEvent" + first, "ModifiedEvent" + contacts, "DeletedEvent" + second, "ModifiedEvent" + contacts);

        static string Id(System.Xml.Linq.XElement one, string element) =>
            one.Elements().Single(part => part.Name.LocalName == element).Attribute("Id")!.Value;
    }

    /// <summary>Creates the folders Team and Team/Old, and a contact in the latter.</summary>
    internal static async Task<(string Parent, string Child, string Item)> CreateAsync(TestService service)
    {
        var parent = (await service.PostAsync(EwsRequest.CreateFolder("contacts", UpdateFolderTests.Folder("Team")))).Id("FolderId");
        var child = (await service.PostAsync(EwsRequest.CreateFolder(parent, UpdateFolderTests.Folder("Old")))).Id("FolderId");
        var item = (await service.PostAsync(EwsRequest.For(
            "CreateItem",
            $"<m:SavedItemFolderId><t:FolderId Id='{child}'/></m:SavedItemFolderId>"
                + "<m:Items><t:Contact><t:DisplayName>Anna</t:DisplayName></t:Contact></m:Items>"))).Should().Succeed().Id("ItemId");
        return (parent, child, item);
    }
}
