namespace Ews.ImService.Tests.Operations.Folders;

public sealed class EmptyFolderTests
{
    [Theory]
    [InlineData("HardDelete", 0, 0)]
    [InlineData("SoftDelete", 0, 2)]
    [InlineData("MoveToDeletedItems", 2, 0)]
    public async Task The_items_are_deleted_as_by_DeleteItem(string type, int deleted, int recoverable)
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem("", ""));

        (await service.PostAsync(EwsRequest.EmptyFolder("contacts", type))).Should().Succeed();

        (await CountAsync("contacts")).Should().Be(0);
        (await CountAsync("deleteditems")).Should().Be(deleted);
        (await CountAsync("recoverableitemsdeletions")).Should().Be(recoverable);

        async Task<int> CountAsync(string folder) =>
            (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId(folder)))).Should().Succeed().Number("TotalCount");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Subfolders_are_deleted_on_request_except_well_known_ones(bool deleteSubFolders)
    {
        await using var service = await TestService.StartAsync();
        await DeleteFolderTests.CreateAsync(service);

        (await service.PostAsync(EwsRequest.EmptyFolder("contacts", deleteSubFolders: deleteSubFolders))).Should().Succeed();

        var names = (await service.PostAsync(EwsRequest.FindFolder(EwsRequest.FolderId("contacts"), "Deep")))
            .Should().Succeed().All("DisplayName").ConvertAll(name => name.Value);
        names.Should().Contain("Recipient Cache");
        names.Contains("Team").Should().Be(!deleteSubFolders);
        names.Contains("Old").Should().Be(!deleteSubFolders);
    }

    [Fact]
    public async Task Emptying_Deleted_Items_leaves_nothing_in_it()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateItem(""))).Id("ItemId");
        await service.PostAsync(EwsRequest.DeleteItem([id], "MoveToDeletedItems"));

        (await service.PostAsync(EwsRequest.EmptyFolder("deleteditems", "MoveToDeletedItems"))).Should().Succeed();

        (await service.PostAsync(EwsRequest.FindItem("deleteditems"))).Should().Succeed().All("Contact").Should().BeEmpty();
    }

    [Theory]
    [InlineData("root")]
    [InlineData("msgfolderroot")]
    [InlineData("quickcontacts")]
    [InlineData("imcontactlist")]
    public async Task Some_folders_cannot_be_emptied(string folder)
    {
        await using var service = await TestService.StartAsync();
        await service.AddContactAsync("anna@contoso.com", await service.AddGroupAsync());

        (await service.PostWithoutEffectAsync(EwsRequest.EmptyFolder(folder, deleteSubFolders: true)))
            .Should().BeError("ErrorCannotEmptyFolder", "Folder cannot be emptied.");
    }

    [Fact]
    public async Task An_unknown_folder_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.EmptyFolder("archiveroot")))
            .Should().BeError("ErrorItemNotFound", "The specified object was not found in the store.");
    }

    [Fact]
    public async Task The_items_of_subfolders_of_Deleted_Items_can_be_recovered()
    {
        await using var service = await TestService.StartAsync();
        var (parent, _, _) = await DeleteFolderTests.CreateAsync(service);
        (await service.PostAsync(EwsRequest.DeleteFolder(parent, "MoveToDeletedItems"))).Should().Succeed();

        (await service.PostAsync(EwsRequest.EmptyFolder("deleteditems", "MoveToDeletedItems", deleteSubFolders: true))).Should().Succeed();

        (await service.PostAsync(EwsRequest.FindFolder(EwsRequest.FolderId("deleteditems")))).Should().Succeed().All("FolderId")
            .Should().BeEmpty();
        (await service.PostAsync(EwsRequest.FindItem(EwsRequest.FolderId("recoverableitemsdeletions")))).Should().Succeed()
            .Value("DisplayName").Should().Be("Anna");
    }
}
