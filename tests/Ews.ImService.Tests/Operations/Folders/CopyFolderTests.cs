using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Folders;

public sealed class CopyFolderTests
{
    [Fact]
    public async Task A_copy_contains_copies_of_the_items_and_subfolders()
    {
        await using var service = await TestService.StartAsync();
        var (parent, child, item) = await DeleteFolderTests.CreateAsync(service);

        var copy = (await service.PostAsync(EwsRequest.TransferFolder("CopyFolder", "msgfolderroot", parent)))
            .Should().Succeed().Id("FolderId");

        copy.Should().NotBe(parent);
        var copiedChild = (await service.PostAsync(EwsRequest.FindFolder(EwsRequest.FolderId(copy)))).Should().Succeed();
        copiedChild.Value("DisplayName").Should().Be("Old");
        copiedChild.Id("FolderId").Should().NotBe(child);
        var copiedItem = (await service.PostAsync(EwsRequest.FindItem(EwsRequest.FolderId(copiedChild.Id("FolderId"))))).Should().Succeed();
        copiedItem.Value("DisplayName").Should().Be("Anna");
        copiedItem.Id("ItemId").Should().NotBe(item);
        (await service.PostAsync(EwsRequest.GetItem([item]))).Should().Succeed();
    }

    [Fact]
    public async Task A_well_known_folder_can_be_copied()
    {
        await using var service = await TestService.StartAsync();
        var (parent, _, _) = await DeleteFolderTests.CreateAsync(service);

        var copy = (await service.PostAsync(EwsRequest.TransferFolder("CopyFolder", parent, "drafts"))).Should().Succeed().Id("FolderId");

        var found = (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId(copy), "AllProperties"))).Should().Succeed();
        found.Value("DisplayName").Should().Be("Drafts");
        found.All("DistinguishedFolderId").Should().BeEmpty();
    }

    [Fact]
    public async Task An_invalid_copy_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        var (parent, child, item) = await DeleteFolderTests.CreateAsync(service);

        (await CopyAsync(child, parent)).Should().BeError("ErrorMoveCopyFailed", "The move or copy operation failed.");
        (await CopyAsync("inbox", "quickcontacts")).Should().BeError("ErrorMoveCopyFailed", "The move or copy operation failed.");
        await service.PostAsync(EwsRequest.TransferItem("CopyItem", "deleteditems", [item]));
        (await CopyAsync("inbox", "deleteditems")).Should().BeError("ErrorMoveCopyFailed", "The move or copy operation failed.");
        (await CopyAsync("contacts", parent)).Should().BeError("ErrorFolderExists", "A folder with the specified name already exists.");
        (await CopyAsync("archiveroot", parent))
            .Should().BeError("ErrorToFolderNotFound", "The specified target folder could not be found.");

        Task<EwsResponse> CopyAsync(string target, string folder) =>
            service.PostAsync(EwsRequest.TransferFolder("CopyFolder", target, folder));
    }

    [Fact]
    public async Task A_copy_that_exceeds_the_number_of_folders_or_items_changes_nothing()
    {
        foreach (var limits in new[] { new MailboxLimits(MaxFolders: 3), new MailboxLimits(MaxItems: 1) })
        {
            await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = limits });
            var (parent, _, _) = await DeleteFolderTests.CreateAsync(service);

            (await service.PostWithoutEffectAsync(EwsRequest.TransferFolder("CopyFolder", "msgfolderroot", parent)))
                .Should().BeError("ErrorQuotaExceeded", "Mailbox has exceeded maximum mailbox size.");
        }
    }
}
