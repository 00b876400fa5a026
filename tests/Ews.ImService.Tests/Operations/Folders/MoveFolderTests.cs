namespace Ews.ImService.Tests.Operations.Folders;

public sealed class MoveFolderTests
{
    private const string Failed = "The move or copy operation failed.";

    [Fact]
    public async Task A_moved_folder_keeps_its_id_and_content()
    {
        await using var service = await TestService.StartAsync();
        var (parent, child, item) = await DeleteFolderTests.CreateAsync(service);

        var moved = (await service.PostAsync(EwsRequest.TransferFolder("MoveFolder", "msgfolderroot", child))).Should().Succeed();

        moved.Id("FolderId").Should().Be(child);
        var root = (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId("msgfolderroot")))).Id("FolderId");
        (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId(child), "AllProperties"))).Id("ParentFolderId").Should().Be(root);
        (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId(parent)))).Value("ChildFolderCount").Should().Be("0");
        (await service.PostAsync(EwsRequest.GetItem([item]))).Should().Succeed();
    }

    [Fact]
    public async Task An_invalid_move_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        var (parent, child, _) = await DeleteFolderTests.CreateAsync(service);
        await service.PostAsync(EwsRequest.CreateFolder("contacts", UpdateFolderTests.Folder("old")));

        (await MoveAsync(parent, parent)).Should().BeError("ErrorMoveCopyFailed", Failed);
        (await MoveAsync(child, parent)).Should().BeError("ErrorMoveCopyFailed", Failed);
        (await MoveAsync("contacts", child)).Should().BeError("ErrorFolderExists", "A folder with the specified name already exists.");
        (await MoveAsync("msgfolderroot", "inbox")).Should().BeError("ErrorMoveDistinguishedFolder", "Cannot move distinguished folder.");
        (await MoveAsync("archiveroot", child))
            .Should().BeError("ErrorToFolderNotFound", "The specified target folder could not be found.");
        (await MoveAsync("inbox", "archiveroot"))
            .Should().BeError("ErrorItemNotFound", "The specified object was not found in the store.");
        (await MoveAsync(parent, child)).Should().Succeed().Id("FolderId").Should().Be(child, "the folder is there already");

        Task<EwsResponse> MoveAsync(string target, string folder) =>
            service.PostAsync(EwsRequest.TransferFolder("MoveFolder", target, folder));
    }
}
