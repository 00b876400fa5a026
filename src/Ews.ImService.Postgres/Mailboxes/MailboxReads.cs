using System.Data;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>Reads mailboxes at one point in time: their versions by one query, the content of those that changed in a snapshot.</summary>
/// <param name="connections">The connections to the database.</param>
internal sealed class MailboxReads(PostgresConnections connections)
{
    /// <summary>Selects the rows of all mailboxes of a realm, $1.</summary>
    public static readonly string SelectByRealm = $"""{MailboxTables.Mailboxes.Select}WHERE "Realm" = $1""";

    private const string SelectVersionsByKeys = """
        SELECT k.ordinal, m."Id", m."Version" FROM unnest($1, $2) WITH ORDINALITY AS k (realm, key, ordinal)
        JOIN "Mailboxes" m ON m."Realm" = k.realm AND m."SmtpAddressKey" = k.key
        """;

    private static readonly string SelectByKeys =
        $"""{MailboxTables.Mailboxes.Select}JOIN unnest($1, $2) AS k (realm, key) ON "Realm" = k.realm AND "SmtpAddressKey" = k.key""";

    /// <summary>Reads mailboxes.</summary>
    /// <param name="mailboxes">The mailboxes, with the states that are known.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The mailboxes, in the order of the argument.</returns>
    public async Task<IReadOnlyList<MailboxReading>> ReadAsync(
        IReadOnlyList<KnownMailbox> mailboxes, CancellationToken cancellationToken)
    {
        if (mailboxes.Count == 0)
            return [];
        var known = mailboxes.DistinctBy(mailbox => mailbox.Key).ToList();
        var byKey = known.ToDictionary(mailbox => mailbox.Key);
        string[] realms = [.. known.Select(mailbox => mailbox.Key.Realm)];
        string[] keys = [.. known.Select(mailbox => mailbox.Key.SmtpAddress.Key)];
        var found = await ReadAsync(
            connection => ReadVersionsAsync(connection, ByKeys(SelectVersionsByKeys), known, cancellationToken),
            () => ByKeys(SelectByKeys),
            key => byKey[key],
            cancellationToken);
        return [.. mailboxes.Select(mailbox => found.GetValueOrDefault(mailbox.Key, MailboxReading.None))];

        NpgsqlBatchCommand ByKeys(string text) => new NpgsqlBatchCommand(text).With(Value(realms), Value(keys));
    }

    /// <summary>Reads all mailboxes of a realm.</summary>
    public async Task<IReadOnlyList<(MailboxKey Key, MailboxReading Reading)>> ReadRealmAsync(
        string realm, Func<MailboxKey, KnownMailbox> known, CancellationToken cancellationToken)
    {
        var cached = new Dictionary<MailboxKey, KnownMailbox>();
        var found = await ReadAsync(
            connection => ReadVersionsAsync(connection, ByRealm(), cancellationToken),
            ByRealm,
            key => cached.TryGetValue(key, out var mailbox) ? mailbox : cached[key] = known(key),
            cancellationToken);
        return [.. found.Select(mailbox => (mailbox.Key, mailbox.Value))];

        NpgsqlBatchCommand ByRealm() => new NpgsqlBatchCommand(SelectByRealm).With(Value(realm));
    }

    /// <summary>Reads versions, and the content of the mailboxes whose version is not the known one.</summary>
    private Task<Dictionary<MailboxKey, MailboxReading>> ReadAsync(
        Func<NpgsqlConnection, Task<List<KnownMailbox>>> readVersions,
        Func<NpgsqlBatchCommand> select,
        Func<MailboxKey, KnownMailbox> known,
        CancellationToken cancellationToken) =>
        connections.QueryAsync(
            async connection =>
            {
                var found = await readVersions(connection);
                while (FindChanged(found, known) is { Count: > 0 } changed)
                {
                    var content = await ReadSnapshotAsync(connection, select(), changed, cancellationToken);
                    found = [.. content.Mailboxes.Select(ToVersion)];
                    if (FindChanged(found, known).All(changed.Contains))
                        return content.Mailboxes.ToDictionary(RowMapper.ToKey, row => ToReading(row, known, content));
                }

                return found.ToDictionary(mailbox => mailbox.Key, _ => MailboxReading.Unchanged);
            },
            cancellationToken);

    private static async Task<List<KnownMailbox>> ReadVersionsAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand select, List<KnownMailbox> known, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { select } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var versions = new List<KnownMailbox>(known.Count);
        while (await reader.ReadAsync(cancellationToken))
            versions.Add(new KnownMailbox(known[(int)reader.GetInt64(0) - 1].Key, reader.GetInt32(1), reader.GetInt64(2)));
        return versions;
    }

    private static async Task<List<KnownMailbox>> ReadVersionsAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand select, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { select } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return [.. (await ReadRowsAsync(reader, MailboxTables.Mailboxes, cancellationToken)).Select(ToVersion)];
    }

    /// <summary>Reads the rows of mailboxes again, with the content of some of them, in one transaction.</summary>
    private static async Task<MailboxContent> ReadSnapshotAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand select, HashSet<int> ids, CancellationToken cancellationToken)
    {
        int[] mailboxes = [.. ids];
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { select } };
        foreach (var text in MailboxContent.Selects)
            batch.Add(text, Value(mailboxes));
        MailboxContent content;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
            content = await MailboxContent.ReadAsync(reader, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return content;
    }

    internal static async Task<List<TRow>> ReadRowsAsync<TRow>(
        NpgsqlDataReader reader, PostgresTable<TRow> table, CancellationToken cancellationToken)
        where TRow : Row
    {
        var rows = new List<TRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(table.Read(reader));
        return rows;
    }

    /// <summary>Returns the row keys of the mailboxes whose version is not the known one.</summary>
    private static HashSet<int> FindChanged(List<KnownMailbox> found, Func<MailboxKey, KnownMailbox> known) =>
        [.. found.Where(mailbox => mailbox != known(mailbox.Key)).Select(mailbox => mailbox.Id)];

    private static KnownMailbox ToVersion(MailboxRow row) => new(RowMapper.ToKey(row), row.Id, row.Version);

    private static MailboxReading ToReading(MailboxRow row, Func<MailboxKey, KnownMailbox> known, MailboxContent content) =>
        ToVersion(row) == known(RowMapper.ToKey(row))
            ? MailboxReading.Unchanged
            : new MailboxReading(IsUnchanged: false, content.ToRows(row));
}
