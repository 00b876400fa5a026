using Ews.ImService.Mailbox;
using Ews.ImService.Storage.Sqlite;

namespace Ews.ImService.Storage.Tests.Sqlite;

/// <summary>The files that a first start leaves when it is killed, which the next start must complete.</summary>
public sealed class NewDatabaseFileTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void The_first_page_is_the_one_that_SQLite_writes()
    {
        using (var connection = _database.Connect())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"PRAGMA application_id={DatabaseFile.ApplicationId}; PRAGMA journal_mode=WAL;";
            command.ExecuteNonQuery();
        }

        var copy = Path.Combine(_database.DirectoryPath, "copy.db");
        NewDatabaseFile.Create(copy);

        WithoutCounters(File.ReadAllBytes(copy)).Should().Equal(WithoutCounters(File.ReadAllBytes(_database.Path)));
    }

    [Fact]
    public async Task An_empty_file_becomes_a_database()
    {
        await File.WriteAllBytesAsync(_database.Path, []);

        await AssertUsableAsync();
    }

    [Fact]
    public async Task A_file_with_only_the_first_page_becomes_a_database()
    {
        NewDatabaseFile.Create(_database.Path);

        await AssertUsableAsync();
    }

    [Fact]
    public async Task A_file_whose_tables_are_only_in_the_write_ahead_log_is_a_database()
    {
        var source = Path.Combine(_database.DirectoryPath, "source.db");
        using (var connection = DatabaseFile.Open(source, _ => { }))
        using (var command = connection.CreateCommand())
        {
            command.CommandText = NewDatabase.Schema;
            command.ExecuteNonQuery();
            File.Copy(source, _database.Path);
            File.Copy(source + "-wal", _database.Path + "-wal");
        }

        new FileInfo(_database.Path).Length.Should().Be(4096, "the tables are not in the file yet");
        await AssertUsableAsync();
    }

    [Fact]
    public void A_file_with_content_is_not_changed()
    {
        File.WriteAllText(_database.Path, "content");

        NewDatabaseFile.Create(_database.Path);

        File.ReadAllText(_database.Path).Should().Be("content");
    }

    [Fact]
    public async Task A_file_that_another_process_is_creating_is_rejected()
    {
        await using (new FileStream(_database.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            await _database.Invoking(it => it.OpenAsync()).Should().ThrowAsync<StorageException>().WithMessage($"*{_database.Path}*");
        }

        await AssertUsableAsync();
    }

    private async Task AssertUsableAsync()
    {
        await using (var store = await _database.OpenAsync())
            (await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Succeeded.Should().BeTrue();
        await using var again = await _database.OpenAsync();
        (await again.FindAsync(Me, default))!.HasGroupNamed("Team").Should().BeTrue();
    }

    /// <summary>Clears the change counters and the number of the SQLite version.</summary>
    private static byte[] WithoutCounters(byte[] page)
    {
        page.AsSpan(24, 4).Clear();
        page.AsSpan(92, 8).Clear();
        return page;
    }
}
