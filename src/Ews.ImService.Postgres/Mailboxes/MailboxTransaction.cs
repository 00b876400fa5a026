using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>A transaction that changes mailboxes, unless others have changed them in the meantime.</summary>
/// <param name="connection">The connection.</param>
/// <param name="changes">The changes.</param>
/// <param name="net">The changes of rows, at most one for each row.</param>
internal sealed class MailboxTransaction(NpgsqlConnection connection, RowChanges changes, NetChanges net) : IDisposable
{
    private const string SelectId = "SELECT pg_current_xact_id()::text";

    /// <summary>All transactions lock mailboxes in the same order, so that they do not wait for each other in a circle.</summary>
    private const string Lock =
        """SELECT "Id", "Version" FROM "Mailboxes" WHERE "Id" = ANY ($1) ORDER BY "Id" FOR NO KEY UPDATE""";

    /// <summary>
    /// Two transactions that add the same key to a deferrable unique index would wait for each other until PostgreSQL detects a deadlock
    /// after one second. The locks, at most 256, end with the transaction.
    /// </summary>
    private const string LockNewKeys = """
        SELECT pg_advisory_xact_lock(1163350861, bucket)
        FROM (SELECT DISTINCT hashtext(realm || ' ' || key) & 255 FROM unnest($1, $2) AS new (realm, key) ORDER BY 1) AS buckets (bucket)
        """;

    private const string ShortenChanges =
        """DELETE FROM "Changes" c USING unnest($1, $2) v (id, start) WHERE c."MailboxId" = v.id AND c."Number" <= v.start""";

    private readonly NpgsqlTransaction _transaction = connection.BeginTransaction();
    private readonly List<(NpgsqlBatchCommand Command, PostgresTable Table, int Rows)> _writes = [];
    private List<int> _conflicts = [];

    /// <summary>Gets the id of the transaction in the database, after <see cref="TryExecute"/>.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Gets the row keys of the mailboxes that others have changed; all of the transaction if they are not known.</summary>
    public IReadOnlyCollection<int> Conflicts => _conflicts.Count > 0
        ? _conflicts
        : [.. UpdatedMailboxes.Select(row => row.Id), .. CreatedMailboxes.Select(row => row.Id), .. changes.DeletedMailboxes];

    private IEnumerable<MailboxRow> UpdatedMailboxes => net.Updated[MailboxTables.Mailboxes].Cast<MailboxRow>();

    private IEnumerable<MailboxRow> CreatedMailboxes => net.Inserted[MailboxTables.Mailboxes].Cast<MailboxRow>();

    /// <summary>Executes all statements.</summary>
    /// <returns><c>true</c> if the transaction can be committed; <c>false</c> if others have changed its mailboxes.</returns>
    public bool TryExecute()
    {
        using var batch = new NpgsqlBatch(connection, _transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SelectId));
        batch.BatchCommands.Add(WithParameter(Lock, [.. UpdatedMailboxes.Select(row => row.Id).Concat(changes.DeletedMailboxes)]));
        AddKeyLocks(batch);
        AddWrites(batch);
        using var reader = batch.ExecuteReader();
        reader.Read();
        Id = reader.GetString(0);
        reader.NextResult();
        _conflicts = FindConflicts(ReadVersions(reader));
        if (_conflicts.Count > 0)
            return false;
        while (reader.NextResult())
        {
            // Executes the writes, which return no rows.
        }

        foreach (var (command, table, rows) in _writes)
        {
            if (command.RecordsAffected != rows)
                throw new StorageException($"The database does not contain a row of the table {table.Name} that is in memory.");
        }

        return true;
    }

    /// <summary>Determines whether a statement failed because of another transaction.</summary>
    public bool IsConflict(PostgresException e) =>
        _conflicts.Count > 0
        || PostgresErrors.IsConflict(e)
        || (e.SqlState == PostgresErrorCodes.UniqueViolation && e.TableName == MailboxTables.MailboxesName && !HasEqualMailboxes());

    /// <summary>Commits the transaction; returns after the changes are durable.</summary>
    public void Commit() => _transaction.Commit();

    /// <summary>Rolls the transaction back, unless it was committed.</summary>
    public void Dispose() => _transaction.Dispose();

    private static Dictionary<int, long> ReadVersions(NpgsqlDataReader reader)
    {
        var versions = new Dictionary<int, long>();
        while (reader.Read())
            versions.Add(reader.GetInt32(0), reader.GetInt64(1));
        return versions;
    }

    private static NpgsqlBatchCommand WithParameter(string text, int[] ids) =>
        new(text) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = ids } } };

    private List<int> FindConflicts(Dictionary<int, long> versions) => UpdatedMailboxes
        .Where(row => !versions.TryGetValue(row.Id, out var version) || version != row.Version)
        .Select(row => row.Id)
        .ToList();

    /// <summary>Adds the locks for the keys of mailboxes that were created or become visible: their version is 0.</summary>
    private void AddKeyLocks(NpgsqlBatch batch)
    {
        MailboxRow[] rows = [.. CreatedMailboxes, .. UpdatedMailboxes.Where(row => row.Version == 0)];
        if (rows.Length == 0)
            return;
        var command = new NpgsqlBatchCommand(LockNewKeys);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(row => row.Realm)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(row => row.SmtpAddressKey)] });
        batch.BatchCommands.Add(command);
    }

    private void AddWrites(NpgsqlBatch batch)
    {
        if (changes.DeletedMailboxes.Count > 0)
        {
            int[] deleted = [.. changes.DeletedMailboxes];
            foreach (var table in MailboxTables.Content.Append(MailboxTables.Mailboxes))
                batch.BatchCommands.Add(WithParameter(table.DeleteContent, deleted));
        }

        foreach (var table in MailboxTables.All.Reverse())
            AddWrite(batch, table, net.Deleted, table.Delete);
        foreach (var table in MailboxTables.All)
            AddWrite(batch, table, net.Updated, table.Update);
        foreach (var table in MailboxTables.All)
            AddWrite(batch, table, net.Inserted, table.Insert);
        if (changes.ShortenedLogs.Count > 0)
        {
            var command = WithParameter(ShortenChanges, [.. changes.ShortenedLogs.Select(log => log.MailboxId)]);
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. changes.ShortenedLogs.Select(log => log.Start)] });
            batch.BatchCommands.Add(command);
        }
    }

    private void AddWrite(
        NpgsqlBatch batch,
        PostgresTable table,
        ILookup<PostgresTable, Row> rowsOfTables,
        Func<IReadOnlyList<Row>, NpgsqlBatchCommand> toCommand)
    {
        Row[] rows = [.. rowsOfTables[table]];
        if (rows.Length == 0)
            return;
        var command = toCommand(rows);
        batch.BatchCommands.Add(command);
        _writes.Add((command, table, rows.Length));
    }

    /// <summary>Determines whether the transaction violates a unique key of mailboxes by its own rows.</summary>
    private bool HasEqualMailboxes()
    {
        var rows = UpdatedMailboxes.Concat(CreatedMailboxes).ToList();
        return rows.DistinctBy(row => (row.Realm, row.SmtpAddressKey)).Count() < rows.Count
            || rows.DistinctBy(row => (row.Realm, row.MailboxGuid)).Count() < rows.Count;
    }
}
