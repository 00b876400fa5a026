using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>Mailboxes in one SQLite database, read and written with EF Core.</summary>
/// <param name="path">The path of the file, or <see cref="MailboxStoreOptions.InMemory"/>.</param>
internal sealed class SqliteMailboxDatabase(string path) : IMailboxDatabase
{
    private SqliteConnection? _connection;
    private DbContextOptions<MailboxDbContext>? _contextOptions;

    /// <summary>Gets the connection, once the database is open.</summary>
    internal SqliteConnection Connection => _connection!;

    /// <inheritdoc/>
    /// <remarks>One context migrates and lists: EF Core compiles its services in the background when a second one is created.</remarks>
    public IReadOnlyList<MailboxRow> Open()
    {
        _connection = DatabaseFile.Open(path);
        _contextOptions = new DbContextOptionsBuilder<MailboxDbContext>().UseSqlite(_connection).Options;
        try
        {
            using var context = NewContext();
            context.Database.Migrate();
            var mailboxes = context.Mailboxes.AsNoTracking().ToList();

            // The header of the file must contain the schema version: the next start reads it there, not in the write-ahead log.
            using var checkpoint = _connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            checkpoint.ExecuteNonQuery();
            return mailboxes;
        }
        catch (SqliteException e)
        {
            throw new StorageException($"The database '{path}' cannot be used: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public MailboxRows LoadMailbox(int mailboxId)
    {
        try
        {
            using var context = NewContext();
            return new MailboxRows(
                context.Mailboxes.AsNoTracking().Single(row => row.Id == mailboxId),
                context.ImGroups.AsNoTracking().Where(row => row.MailboxId == mailboxId).OrderBy(row => row.Ordinal).ToList(),
                context.QuickContacts.AsNoTracking().Where(row => row.MailboxId == mailboxId).OrderBy(row => row.Ordinal).ToList(),
                context.Contacts.AsNoTracking().Where(row => row.MailboxId == mailboxId).OrderBy(row => row.Ordinal).ToList(),
                context.Memberships.AsNoTracking().Where(row => row.MailboxId == mailboxId).ToList());
        }
        catch (SqliteException e)
        {
            throw new StorageException($"The database '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The transaction is begun and ended with SQL, not with the provider's methods: on a full disk SQLite rolls back on its own,
    /// after which the provider rejects all further transactions.
    /// </remarks>
    public void Commit(RowChanges changes)
    {
        try
        {
            using var context = NewContext();
            RowTracker.Track(context, changes.Rows);
            context.Database.ExecuteSqlRaw("BEGIN IMMEDIATE");
            try
            {
                DeleteMailboxes(context, changes.DeletedMailboxes);
                context.SaveChanges();
                context.Database.ExecuteSqlRaw("COMMIT");
            }
            finally
            {
                if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
                    context.Database.ExecuteSqlRaw("ROLLBACK");
            }
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException)
        {
            throw new StorageException($"The database '{path}' rejected a change: {(e.InnerException ?? e).Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection?.Dispose();

    private static void DeleteMailboxes(MailboxDbContext context, IReadOnlyList<int> mailboxIds)
    {
        if (mailboxIds.Count == 0)
            return;
        var ids = string.Join(',', mailboxIds);
        foreach (var table in MailboxDbContext.ContentTables)
            context.Database.ExecuteSqlRaw($"DELETE FROM {table} WHERE MailboxId IN ({ids})");
        context.Database.ExecuteSqlRaw($"DELETE FROM {MailboxDbContext.MailboxTable} WHERE Id IN ({ids})");
    }

    private MailboxDbContext NewContext()
    {
        var context = new MailboxDbContext(_contextOptions!);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        context.Database.AutoTransactionsEnabled = false;
        return context;
    }
}
