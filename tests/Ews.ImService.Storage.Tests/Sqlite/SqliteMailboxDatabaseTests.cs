using Ews.ImService.Mailbox;
using Ews.ImService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Storage.Tests.Sqlite;

/// <summary>Changes that SQLite rejects.</summary>
public sealed class SqliteMailboxDatabaseTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_mailbox_whose_GUID_is_taken_fails_only_the_change_that_creates_it()
    {
        var sameForAll = Guid.NewGuid();
        await using (var store = await _database.OpenAsync(realms: new TestRealms(() => sameForAll)))
        {
            await store.ChangeAsync(Me, edit => edit.AddImGroup("First"), default);

            var rejected = new List<Task<EwsResult<ImGroup>>>();
            var stored = new List<Task<EwsResult<ImGroup>>>();
            for (var i = 0; i < 10; i++)
            {
                var name = $"Group {i}";
                rejected.Add(store.ChangeAsync(TestMailboxes.Key($"user{i}@contoso.com"), edit => edit.AddImGroup("Team"), default));
                stored.Add(store.ChangeAsync(Me, edit => edit.AddImGroup(name), default));
            }

            (await Task.WhenAll(stored)).Should().OnlyContain(result => result.Succeeded);
            foreach (var change in rejected)
                (await change.Invoking(task => task).Should().ThrowAsync<StorageException>()).WithMessage("*source of GUIDs*again*");
        }

        await using var reopened = await _database.OpenAsync();
        (await reopened.FindAsync(Me, default))!.LimitedGroups.Should().Be(11);
        (await reopened.FindAsync(TestMailboxes.Key("user0@contoso.com"), default)).Should().BeNull();
    }

    [Fact]
    public async Task A_full_disk_fails_a_change_and_the_next_succeeds_when_there_is_space()
    {
        var database = new SqliteMailboxDatabase(_database.Path);
        await using (var store = SingleWriterStore.Start(database, new MailboxLimits(), TestRealms.Random))
        {
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
            LimitPages(database.Connection, 1);
            var large = () => store.ChangeAsync(Me, edit => edit.AddImGroup(new string('x', 100_000)), default);

            (await large.Should().ThrowAsync<StorageException>()).WithMessage("*full*");
            (await large.Should().ThrowAsync<StorageException>()).WithMessage("*full*");
            (await store.FindAsync(Me, default))!.LimitedGroups.Should().Be(1);

            LimitPages(database.Connection, 1_000_000);
            (await large()).Succeeded.Should().BeTrue();
        }

        await using var reopened = await _database.OpenAsync();
        (await reopened.FindAsync(Me, default))!.LimitedGroups.Should().Be(2);

        static void LimitPages(SqliteConnection connection, int pages)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count={pages}";
            command.ExecuteScalar();
        }
    }

    [Fact]
    public async Task A_second_group_with_the_same_name_violates_a_unique_index()
    {
        await using (var store = await _database.OpenAsync())
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);

        using var connection = _database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO ImGroups (MailboxId, Ordinal, EwsId, GroupType, DisplayName, DisplayNameKey)
            SELECT MailboxId, 999, 'other', GroupType, DisplayName, DisplayNameKey FROM ImGroups WHERE DisplayName = 'Team'
            """;

        command.Invoking(insert => insert.ExecuteNonQuery()).Should().Throw<SqliteException>().WithMessage("*UNIQUE*");
    }
}
