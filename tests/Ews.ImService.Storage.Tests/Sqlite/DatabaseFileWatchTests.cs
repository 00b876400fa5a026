using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests.Sqlite;

/// <summary>Files that are deleted, moved, replaced or overwritten while the service has them open.</summary>
public sealed class DatabaseFileWatchTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");

    private readonly TestDatabase _database = new();

    private string LogPath => _database.Path + "-wal";

    private string OtherPath => Path.Combine(_database.DirectoryPath, "other.db");

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_change_of_a_deleted_database_is_rejected_and_reads_continue()
    {
        await using var store = await OpenAsync();
        File.Delete(_database.Path);

        await AssertRejectedAsync(store, "deleted, moved or replaced");

        (await store.FindAsync(Me, default))!.HasGroupNamed("Before").Should().BeTrue();
        (await store.FindAsync(Me, default))!.HasGroupNamed("During").Should().BeFalse();
    }

    [Fact]
    public async Task The_start_after_a_deletion_creates_a_database_without_the_log_of_the_deleted_one()
    {
        await using (await OpenAsync())
        {
            File.Copy(LogPath, OtherPath);
            File.Delete(_database.Path);
        }

        File.Move(OtherPath, LogPath, overwrite: true);

        await using var store = await _database.OpenAsync();
        (await store.FindAsync(Me, default)).Should().BeNull();
        await AssertAcceptedAsync(store, "After");
    }

    [Fact]
    public async Task Changes_of_a_moved_database_are_rejected_until_it_is_back()
    {
        await using (var store = await OpenAsync())
        {
            File.Move(_database.Path, OtherPath);
            await AssertRejectedAsync(store, "deleted, moved or replaced");
            new FileInfo(LogPath).Length.Should().Be(0, "the moved file is complete");
            File.Move(OtherPath, _database.Path);
            await AssertAcceptedAsync(store, "After");
        }

        await AssertStoredAsync("Before", "After");
    }

    [Fact]
    public async Task A_database_that_replaces_another_is_not_changed()
    {
        await using (var other = await _database.OpenAsync(OtherPath))
            await other.ChangeAsync(Me, edit => edit.AddImGroup("In the other one"), default);
        var content = await File.ReadAllBytesAsync(OtherPath);
        await using (var store = await OpenAsync())
        {
            File.Move(OtherPath, _database.Path, overwrite: true);
            await AssertRejectedAsync(store, "deleted, moved or replaced");
            (await File.ReadAllBytesAsync(LogPath)).Should().BeEmpty("a start after SIGKILL would mix it with the other database");
        }

        (await File.ReadAllBytesAsync(_database.Path)).Should().Equal(content);
        await AssertStoredAsync("In the other one");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(4096 * 100)]
    public async Task A_database_that_is_overwritten_is_not_changed(int length)
    {
        var content = Enumerable.Repeat((byte)'x', length).ToArray();
        await using (var store = await OpenAsync())
        {
            await File.WriteAllBytesAsync(_database.Path, content);
            await AssertRejectedAsync(store, "overwritten");
        }

        (await File.ReadAllBytesAsync(_database.Path)).Should().Equal(content);
    }

    [Fact]
    public async Task A_database_that_is_overwritten_before_the_end_is_not_changed()
    {
        await using (await OpenAsync())
            await File.WriteAllTextAsync(_database.Path, "content");

        (await File.ReadAllTextAsync(_database.Path)).Should().Be("content");
    }

    [Fact]
    public async Task A_deleted_log_is_replaced_and_no_change_is_lost()
    {
        using var copy = new TestDatabase();
        await using (var store = await OpenAsync())
        {
            for (var round = 1; round <= 3; round++)
            {
                File.Delete(LogPath);
                await AssertAcceptedAsync(store, $"After {round}");
                File.Exists(LogPath).Should().BeTrue();
                File.Copy(_database.Path, copy.Path, overwrite: true);
                File.Copy(LogPath, copy.Path + "-wal", overwrite: true);
            }
        }

        await AssertStoredAsync("Before", "After 1", "After 2", "After 3");
        await using var afterKill = await copy.OpenAsync();
        (await afterKill.FindAsync(Me, default))!.LimitedGroups.Should().Be(4, "the files are complete if the service is killed");
    }

    [Fact]
    public async Task A_database_that_grows_or_is_opened_through_a_link_is_not_mistaken_for_another()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        File.CreateSymbolicLink(OtherPath, _database.Path);
        await using (var store = await _database.OpenAsync(OtherPath))
        {
            for (var number = 0; number < 60; number++)
                await AssertAcceptedAsync(store, $"{number} {new string('x', 100_000)}");
            new FileInfo(_database.Path).Length.Should().BeGreaterThan(1_000_000, "the log was copied to the file");
            Directory.EnumerateFiles(_database.DirectoryPath).Should().BeEquivalentTo(_database.Path, OtherPath, LogPath);
        }
    }

    private async Task<SingleWriterStore> OpenAsync()
    {
        var store = await _database.OpenAsync();
        await AssertAcceptedAsync(store, "Before");
        return store;
    }

    private async Task AssertStoredAsync(params string[] groups)
    {
        await using var store = await _database.OpenAsync();
        (await store.FindAsync(Me, default))!.OrderedGroups
            .Where(group => group.Type == GroupType.UserGroup)
            .Select(group => group.DisplayName)
            .Should().Equal(groups);
    }

    private static async Task AssertAcceptedAsync(SingleWriterStore store, string group) =>
        (await store.ChangeAsync(Me, edit => edit.AddImGroup(group), default)).Succeeded.Should().BeTrue();

    private static async Task AssertRejectedAsync(SingleWriterStore store, string reason)
    {
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await store.Invoking(it => it.ChangeAsync(Me, edit => edit.AddImGroup("During"), default))
                .Should().ThrowAsync<StorageException>().WithMessage($"*{reason}*");
        }
    }
}
