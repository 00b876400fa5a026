using Ews.ImService.Mailbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>Mailboxes in one SQLite database. EF Core owns the schema and migrates older files; rows use prepared statements.</summary>
/// <param name="path">The path of the file, or <see cref="MailboxStoreOptions.InMemory"/>.</param>
internal sealed class SqliteMailboxDatabase(string path) : IMailboxDatabase
{
    /// <summary>The part of a result code that is common to its extended codes.</summary>
    private const int PrimaryCode = 0xFF;

    private SqliteConnection? _connection;
    private PreparedStatements? _statements;
    private DatabaseFileWatch? _watch;
    private int _lastId;

    /// <summary>Gets the connection, once the database is open.</summary>
    internal SqliteConnection Connection => _connection!;

    private PreparedStatements Statements => _statements!;

    /// <inheritdoc/>
    public ISharedMailboxes? Shared => null;

    /// <inheritdoc/>
    public void Open()
    {
        var isNewVersion = false;
        _connection = DatabaseFile.Open(path, connection => isNewVersion = Prepare(connection));
        _statements = new PreparedStatements(_connection.Handle!);
        try
        {
            // The header of the file must contain the schema version: the next start reads it there, not in the write-ahead log.
            CopyLog(mustSucceed: isNewVersion);
            if (path != MailboxStoreOptions.InMemory)
                _watch = new DatabaseFileWatch(Connection.Handle!);
            _lastId = (int)ReadNumber(MailboxTables.SelectLastId);
        }
        catch (SqliteException e)
        {
            throw new StorageException($"The database '{path}' cannot be used: {DatabaseFile.Describe(e)}.", e);
        }
    }

    /// <inheritdoc/>
    public int ReserveIds(int count) => Interlocked.Add(ref _lastId, count) - count + 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> FindRealms() => Read(() => Statements[MailboxTables.SelectRealms].Query(row => row.GetString(0)));

    /// <inheritdoc/>
    public IReadOnlyList<MailboxRow> FindMailboxes(string realm, IReadOnlyCollection<SmtpAddress>? addresses) => Read(() =>
        addresses is null
            ? Statements[MailboxTables.SelectOfRealm].Bind(realm).Query(MailboxTables.Mailboxes.Read)
            : addresses.SelectMany(address => FindMailbox(new MailboxKey(realm, address))).ToList());

    /// <inheritdoc/>
    public IReadOnlyList<MailboxRow> FindHidden() =>
        Read(() => Statements[MailboxTables.SelectHidden].Query(MailboxTables.Mailboxes.Read));

    /// <inheritdoc/>
    public bool HasMailboxGuid(string realm, Guid mailboxGuid) =>
        Read(() => Statements[MailboxTables.SelectGuid].Bind(realm).Bind(mailboxGuid).Query(row => row.GetInt32(0))).Count > 0;

    /// <inheritdoc/>
    /// <remarks>Only this process changes the database, so that a known mailbox is always unchanged.</remarks>
    public IReadOnlyList<MailboxReading> Read(IReadOnlyList<KnownMailbox> mailboxes) => Read(() => mailboxes
        .Select(mailbox => mailbox.Id > 0
            ? MailboxReading.Unchanged
            : new MailboxReading(IsUnchanged: false, FindMailbox(mailbox.Key).Select(LoadContent).SingleOrDefault()))
        .ToList());

    /// <inheritdoc/>
    public IReadOnlyList<ChangeRow> LoadChanges(int mailboxId, long after, int maxRows) => Read(() =>
        Statements[MailboxTables.SelectChanges].Bind(mailboxId).Bind(after).Bind(maxRows).Query(MailboxTables.Changes.Read));

    /// <inheritdoc/>
    public bool TryCommit(RowChanges changes)
    {
        RunInTransaction(() =>
        {
            foreach (var mailboxId in changes.DeletedMailboxes)
                DeleteMailbox(mailboxId);
            foreach (var change in changes.Rows)
                Apply(change);
            foreach (var log in changes.ShortenedLogs)
                Statements[MailboxTables.ShortenChanges].Bind(log.MailboxId).Bind(log.Start).Execute();
        });
        return true;
    }

    /// <inheritdoc/>
    public bool DeleteSlice(int mailboxId, int maxRows)
    {
        var rest = maxRows;
        RunInTransaction(() =>
        {
            foreach (var table in MailboxTables.Content)
                rest -= rest > 0 ? Statements[table.DeleteContentSlice].Bind(mailboxId).Bind(rest).Execute() : 0;
            if (rest > 0)
                Statements[MailboxTables.Mailboxes.Delete].Bind(mailboxId).Execute();
        });
        return rest > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (_watch is not null && !_watch.IsFileMissing() && _watch.IsFileResized(ReadLength))
                DatabaseFile.SetKeepsLogOnClose(Connection, true);
        }
        finally
        {
            _statements?.Dispose();
            _connection?.Dispose();
        }
    }

    private void RunInTransaction(Action change)
    {
        try
        {
            VerifyFiles();
            Statements["BEGIN IMMEDIATE"].Execute();
            try
            {
                change();
                Statements["COMMIT"].Execute();
            }
            finally
            {
                // On a full disk, SQLite rolls back on its own.
                if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
                    Statements["ROLLBACK"].Execute();
            }
        }
        catch (SqliteException e)
        {
            throw new StorageException($"The database '{path}' rejected a change: {DatabaseFile.Describe(e)}.", e);
        }
    }

    /// <summary>Verifies that a commit is written to the file at the path, so that the next start finds it.</summary>
    private void VerifyFiles()
    {
        if (_watch is null)
            return;
        if (_watch.IsFileMissing())
        {
            // A file that was moved becomes complete, and a file that replaced it is not mixed with the log.
            CopyLog(mustSucceed: true);
            throw new StorageException(
                $"The database '{path}' was deleted, moved or replaced. Changes are rejected until the file is back or the service is "
                + "restarted.");
        }

        if (_watch.IsFileResized(ReadLength))
        {
            throw new StorageException(
                $"The database '{path}' was overwritten by another program. Changes are rejected; stop the service, and restore a copy.");
        }

        // The file becomes complete, and the next transaction creates the log.
        if (_watch.IsLogMissing())
            Run(Connection, "PRAGMA journal_mode=DELETE; PRAGMA journal_mode=WAL");
    }

    private long ReadLength() => ReadNumber("PRAGMA page_count") * ReadNumber("PRAGMA page_size");

    private long ReadNumber(string sql) => Statements[sql].Query(row => row.GetInt64(0)).Single();

    /// <summary>Creates the tables of a new file, or migrates and verifies those of an existing one.</summary>
    /// <returns><c>true</c> if the file has another schema version than before; otherwise, <c>false</c>.</returns>
    private bool Prepare(SqliteConnection connection)
    {
        using var statements = new PreparedStatements(connection.Handle!);
        var version = statements["PRAGMA user_version"].Query(row => row.GetInt32(0)).Single();
        if (version == 0 ? HasTables(statements) : !HasHistory(statements, version))
            throw DatabaseFile.Damaged(path, null);
        if (version == 0)
            Run(connection, NewDatabase.Schema);
        else if (version < DatabaseFile.SchemaVersion)
            Migrate(connection);
        foreach (var table in MailboxTables.All)
            _ = statements[table.Insert]; // It fails to compile if a column is missing.
        return version < DatabaseFile.SchemaVersion;
    }

    private static bool HasTables(PreparedStatements statements) => statements["SELECT name FROM sqlite_schema WHERE type = 'table'"]
        .Query(row => row.GetString(0))
        .Any(name => MailboxTables.All.Any(table => table.Name == name));

    /// <summary>Returns <c>true</c> if exactly the migrations to a schema version were applied; otherwise, <c>false</c>.</summary>
    private static bool HasHistory(PreparedStatements statements, int version) => version > 0
        && statements["SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId"]
            .Query(row => row.GetString(0))
            .SequenceEqual(NewDatabase.Migrations.Take(version));

    /// <summary>Copies the write-ahead log to the file.</summary>
    /// <param name="mustSucceed">
    /// <c>false</c> if a full disk is not an error: the log remains, so that mailboxes can be read, and is copied when there is space.
    /// </param>
    private void CopyLog(bool mustSucceed)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(Connection.Handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        if (mustSucceed || (code & PrimaryCode) is not (raw.SQLITE_FULL or raw.SQLITE_IOERR))
            SqliteException.ThrowExceptionForRC(code, Connection.Handle);
    }

    private static void Migrate(SqliteConnection connection)
    {
        using var context = new MailboxDbContext(new DbContextOptionsBuilder<MailboxDbContext>().UseSqlite(connection).Options);
        context.Migrate();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException e)
        {
            throw new StorageException($"The database '{path}' cannot be read: {DatabaseFile.Describe(e)}.", e);
        }
        catch (FormatException e)
        {
            throw new StorageException($"The database '{path}' cannot be read: a mailbox has a value that is not a GUID.", e);
        }
    }

    private List<MailboxRow> FindMailbox(MailboxKey key) => Statements[MailboxTables.SelectByAddress]
        .Bind(key.Realm)
        .Bind(key.SmtpAddress.Key)
        .Query(MailboxTables.Mailboxes.Read);

    private MailboxRows LoadContent(MailboxRow mailbox) => new(
        mailbox,
        Select(MailboxTables.Folders, mailbox.Id),
        Select(MailboxTables.ImGroups, mailbox.Id),
        Select(MailboxTables.QuickContacts, mailbox.Id),
        Select(MailboxTables.Contacts, mailbox.Id),
        Select(MailboxTables.Memberships, mailbox.Id),
        Select(MailboxTables.Attachments, mailbox.Id),
        Select(MailboxTables.OofSettings, mailbox.Id));

    private List<TRow> Select<TRow>(MailboxTable<TRow> table, int mailboxId)
        where TRow : Row => Statements[table.SelectOfMailbox].Bind(mailboxId).Query(table.Read);

    private void DeleteMailbox(int mailboxId)
    {
        foreach (var table in MailboxTables.Content)
            Statements[table.DeleteContent].Bind(mailboxId).Execute();
        Statements[MailboxTables.Mailboxes.Delete].Bind(mailboxId).Execute();
    }

    private void Apply(RowChange change)
    {
        var row = change.Row;
        var table = MailboxTables.TableOf(row);
        var statement = change switch
        {
            RowChange.Insert => table.Bind(Statements[table.Insert], row),
            RowChange.Update => table.Bind(Statements[table.Update], row),
            RowChange.Delete => table.BindKey(Statements[table.Delete], row),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "The type of change is not supported."),
        };
        if (statement.Execute() != 1)
            throw new StorageException($"The database '{path}' does not contain a row of the table {table.Name} that is in memory.");
    }
}
