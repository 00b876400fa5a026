using Ews.ImService.Mailbox;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Storage.Tests.Sqlite;

/// <summary>Files that the store rejects without changing them.</summary>
public sealed class DatabaseFileTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_file_in_use_by_another_store_is_rejected()
    {
        await using var first = await _database.OpenAsync();

        await AssertRejectedAsync("in use by another process");
    }

    [Theory]
    [InlineData("this is a shopping list")]
    [InlineData("SQLite format 3\0 but only the first line")]
    public async Task A_file_that_is_not_a_database_is_rejected_and_not_changed(string content)
    {
        await File.WriteAllTextAsync(_database.Path, content);

        await AssertRejectedAsync("not a SQLite database");

        (await File.ReadAllTextAsync(_database.Path)).Should().Be(content);
    }

    [Fact]
    public async Task A_database_of_another_application_is_rejected_and_not_changed()
    {
        using (var connection = _database.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE Recipes(Name TEXT)";
            command.ExecuteNonQuery();
        }

        var before = await File.ReadAllBytesAsync(_database.Path);

        await AssertRejectedAsync("another application");

        (await File.ReadAllBytesAsync(_database.Path)).Should().Equal(before);
        Directory.GetFiles(_database.DirectoryPath).Should().Equal(_database.Path);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_rejected_and_not_changed()
    {
        await CreateAndOverwriteAsync(offset: 60, [0, 0, 0, 99]);
        var before = await File.ReadAllBytesAsync(_database.Path);

        await AssertRejectedAsync("newer version*schema version is 99");

        (await File.ReadAllBytesAsync(_database.Path)).Should().Equal(before);
    }

    [Fact]
    public async Task A_damaged_database_is_rejected_and_not_changed()
    {
        await CreateAndOverwriteAsync(offset: 4096, Enumerable.Repeat((byte)0xAB, 4096).ToArray());
        var before = await File.ReadAllBytesAsync(_database.Path);

        await AssertRejectedAsync("damaged");

        (await File.ReadAllBytesAsync(_database.Path)).Should().Equal(before);
    }

    [Fact]
    public async Task A_damaged_database_with_a_write_ahead_log_is_rejected_and_not_changed()
    {
        // The last page is not in the log, which would repair it.
        await CreateAndOverwriteAsync(offset: -4096, Enumerable.Repeat((byte)0xAB, 4096).ToArray());
        var (copy, log) = (Path.Combine(_database.DirectoryPath, "copy.db"), _database.Path + "-wal");
        await using (var other = await _database.OpenAsync(copy))
        {
            await other.ChangeAsync(Me, edit => edit.AddImGroup("Not in the file yet"), default);
            File.Copy(copy + "-wal", log);
        }

        var fileBefore = await File.ReadAllBytesAsync(_database.Path);
        var logBefore = await File.ReadAllBytesAsync(log);

        await AssertRejectedAsync("");

        (await File.ReadAllBytesAsync(_database.Path)).Should().Equal(fileBefore);
        (await File.ReadAllBytesAsync(log)).Should().Equal(logBefore);
    }

    [Fact]
    public async Task A_request_for_a_mailbox_with_an_invalid_address_in_the_database_fails()
    {
        await using (var store = await _database.OpenAsync())
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);
        using (var connection = _database.Connect())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "UPDATE Mailboxes SET SmtpAddress = 'nonsense'";
            command.ExecuteNonQuery();
        }

        await using var reopened = await _database.OpenAsync();
        (await reopened.Invoking(it => it.FindAsync(Me, default).AsTask()).Should().ThrowAsync<StorageException>())
            .WithMessage("*'nonsense'*not a valid SMTP address*");
    }

    [Fact]
    public async Task A_read_only_file_is_rejected()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        new FileInfo(_database.Path).IsReadOnly = true;

        await AssertRejectedAsync("read-only");
    }

    [Fact]
    public async Task A_directory_is_rejected()
    {
        Directory.CreateDirectory(_database.Path);

        await AssertRejectedAsync("is a directory");
    }

    [Fact]
    public async Task A_file_in_a_missing_directory_is_rejected()
    {
        var path = Path.Combine(_database.DirectoryPath, "missing", "mailboxes.db");

        await _database.Invoking(it => it.OpenAsync(path)).Should().ThrowAsync<StorageException>().WithMessage($"*{path}*does not exist*");
    }

    private async Task AssertRejectedAsync(string reason) =>
        (await _database.Invoking(it => it.OpenAsync()).Should().ThrowAsync<StorageException>())
            .WithMessage($"*{_database.Path}*{reason}*").Which.Message.Should().NotContain("\n");

    /// <summary>Creates a database, then overwrites bytes of its file; a negative offset counts from the end.</summary>
    private async Task CreateAndOverwriteAsync(long offset, byte[] bytes)
    {
        await using (var store = await _database.OpenAsync())
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);
        await using var stream = new FileStream(_database.Path, FileMode.Open, FileAccess.Write);
        stream.Seek(offset, offset < 0 ? SeekOrigin.End : SeekOrigin.Begin);
        await stream.WriteAsync(bytes);
    }
}
