using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Realms;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>A transaction that changes mailboxes, unless others have changed them in the meantime.</summary>
/// <param name="connection">The connection.</param>
/// <param name="changes">The changes.</param>
/// <param name="net">The changes of rows, at most one for each row.</param>
internal sealed class MailboxTransaction(NpgsqlConnection connection, RowChanges changes, NetChanges net) : IDisposable
{
    /// <summary>All transactions lock mailboxes in the same order, so that they do not wait for each other in a circle.</summary>
    private const string Lock = """SELECT "LockMailboxes"($1, $2)""";

    /// <summary>Another instance can take the lease only after the end of the transaction.</summary>
    private const string LockLease = """SELECT FROM "Realms" WHERE "Name" = $1 AND "LeaseId" = $2 FOR SHARE""";

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

    /// <summary>Gets the id of the transaction in the database, after <see cref="Execute"/>.</summary>
    public TransactionId Id { get; private set; } = new("", null);

    private IEnumerable<MailboxRow> UpdatedMailboxes => net.Updated[MailboxTables.Mailboxes].Cast<MailboxRow>();

    private IEnumerable<MailboxRow> CreatedMailboxes => net.Inserted[MailboxTables.Mailboxes].Cast<MailboxRow>();

    /// <summary>Executes all statements.</summary>
    /// <exception cref="PostgresException">A statement failed, see <see cref="IsConflict"/>.</exception>
    public void Execute()
    {
        using var batch = new NpgsqlBatch(connection, _transaction).Add(TransactionOutcome.SelectId);
        if (changes.Lease is { } lease)
            batch.Add(LockLease, Value(lease.Realm), Value(lease.Id));
        AddLocks(batch);
        AddKeyLocks(batch);
        AddWrites(batch);
        using var reader = batch.ExecuteReader();
        reader.Read();
        Id = TransactionOutcome.ReadId(reader);
        reader.NextResult();
        VerifyLease(reader);
        while (reader.NextResult())
        {
            // Executes the writes, which return no rows.
        }

        foreach (var (command, table, rows) in _writes)
        {
            if (command.RecordsAffected != rows)
                throw new StorageException($"The database does not contain a row of the table {table.Name} that is in memory.");
        }
    }

    /// <summary>Determines whether a statement failed because others have changed the mailboxes.</summary>
    public bool IsConflict(PostgresException e) => PostgresErrors.IsConflict(e)
        || (e.SqlState == PostgresErrorCodes.UniqueViolation && e.TableName == MailboxTables.MailboxesName && !HasEqualMailboxes());

    /// <summary>Commits the transaction; returns after the changes are durable.</summary>
    public void Commit() => _transaction.Commit();

    /// <summary>Rolls the transaction back, unless it was committed.</summary>
    public void Dispose() => _transaction.Dispose();

    private void VerifyLease(NpgsqlDataReader reader)
    {
        if (changes.Lease is null)
            return;
        if (!reader.Read())
            throw RealmLease.Lost(changes.Lease.Realm);
        reader.NextResult();
    }

    private void AddLocks(NpgsqlBatch batch)
    {
        int[] ids = [.. UpdatedMailboxes.Select(row => row.Id), .. changes.DeletedMailboxes];
        long?[] versions = [.. UpdatedMailboxes.Select(row => row.BaseVersion), .. changes.DeletedMailboxes.Select(_ => (long?)null)];
        batch.Add(Lock, Value(ids), Value(versions));
    }

    /// <summary>Adds the locks for the keys of mailboxes that were created or become visible: the version before is 0.</summary>
    private void AddKeyLocks(NpgsqlBatch batch)
    {
        MailboxRow[] rows = [.. CreatedMailboxes, .. UpdatedMailboxes.Where(row => row.BaseVersion == 0)];
        if (rows.Length == 0)
            return;
        batch.Add(
            LockNewKeys,
            Value(rows.Select(row => row.Realm).ToArray()),
            Value(rows.Select(row => row.SmtpAddressKey).ToArray()));
    }

    private void AddWrites(NpgsqlBatch batch)
    {
        if (changes.DeletedMailboxes.Count > 0)
        {
            int[] deleted = [.. changes.DeletedMailboxes];
            foreach (var table in MailboxTables.Content.Append(MailboxTables.Mailboxes))
                batch.Add(table.DeleteContent, Value(deleted));
        }

        foreach (var table in MailboxTables.All.Reverse())
            AddWrite(batch, table, net.Deleted, table.Delete);
        foreach (var table in MailboxTables.All)
            AddWrite(batch, table, net.Updated, table.Update);
        foreach (var table in MailboxTables.All)
            AddWrite(batch, table, net.Inserted, table.Insert);
        if (changes.ShortenedLogs.Count > 0)
        {
            batch.Add(
                ShortenChanges,
                Value(changes.ShortenedLogs.Select(log => log.MailboxId).ToArray()),
                Value(changes.ShortenedLogs.Select(log => log.Start).ToArray()));
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
