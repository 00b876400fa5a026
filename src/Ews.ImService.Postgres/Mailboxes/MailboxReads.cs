using System.Data;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>Reads mailboxes at one point in time: their versions by one query, the content of those that changed in a snapshot.</summary>
/// <param name="connections">The connections to the database.</param>
internal sealed class MailboxReads(PostgresConnections connections)
{
    private static readonly string SelectByKeys =
        $"""{MailboxTables.Mailboxes.Select}JOIN unnest($1, $2) AS k (realm, key) ON "Realm" = k.realm AND "SmtpAddressKey" = k.key""";

    private static readonly string SelectByRealm = $"""{MailboxTables.Mailboxes.Select}WHERE "Realm" = $1""";

    /// <summary>Reads mailboxes.</summary>
    /// <param name="mailboxes">The mailboxes, with the states that are known.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The mailboxes, in the order of the argument.</returns>
    public async Task<IReadOnlyList<MailboxReading>> ReadAsync(
        IReadOnlyList<KnownMailbox> mailboxes, CancellationToken cancellationToken)
    {
        if (mailboxes.Count == 0)
            return [];
        var known = mailboxes.DistinctBy(mailbox => mailbox.Key).ToDictionary(mailbox => mailbox.Key);
        string[] realms = [.. known.Keys.Select(key => key.Realm)];
        string[] keys = [.. known.Keys.Select(key => key.SmtpAddress.Key)];
        var found = await ReadAsync(
            () => new NpgsqlBatchCommand(SelectByKeys)
            {
                Parameters = { new NpgsqlParameter<string[]> { TypedValue = realms }, new NpgsqlParameter<string[]> { TypedValue = keys } },
            },
            key => known[key],
            cancellationToken);
        return [.. mailboxes.Select(mailbox => found.GetValueOrDefault(mailbox.Key))];
    }

    /// <summary>Reads all mailboxes of a realm.</summary>
    public async Task<IReadOnlyList<(MailboxKey Key, MailboxReading Reading)>> ReadRealmAsync(
        string realm, Func<MailboxKey, KnownMailbox> known, CancellationToken cancellationToken)
    {
        var cached = new Dictionary<MailboxKey, KnownMailbox>();
        var found = await ReadAsync(
            () => new NpgsqlBatchCommand(SelectByRealm) { Parameters = { new NpgsqlParameter<string> { TypedValue = realm } } },
            key => cached.TryGetValue(key, out var mailbox) ? mailbox : cached[key] = known(key),
            cancellationToken);
        return [.. found.Select(mailbox => (mailbox.Key, mailbox.Value))];
    }

    private Task<Dictionary<MailboxKey, MailboxReading>> ReadAsync(
        Func<NpgsqlBatchCommand> select, Func<MailboxKey, KnownMailbox> known, CancellationToken cancellationToken) =>
        connections.QueryAsync(
            async connection =>
            {
                var found = await ReadRowsAsync(connection, select(), cancellationToken);
                while (FindChanged(found, known) is { Count: > 0 } changed)
                {
                    var content = await ReadSnapshotAsync(connection, select(), changed, cancellationToken);
                    if (FindChanged(content.Mailboxes, known).All(changed.Contains))
                        return content.Mailboxes.ToDictionary(RowMapper.ToKey, row => ToReading(row, known, content));
                    found = content.Mailboxes;
                }

                return found.ToDictionary(RowMapper.ToKey, _ => new MailboxReading(IsUnchanged: true, null));
            },
            cancellationToken);

    private static async Task<List<MailboxRow>> ReadRowsAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand select, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { select } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await ReadRowsAsync(reader, MailboxTables.Mailboxes, cancellationToken);
    }

    /// <summary>Reads the rows of mailboxes again, with the content of some of them, in one transaction.</summary>
    private static async Task<MailboxContent> ReadSnapshotAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand select, HashSet<int> ids, CancellationToken cancellationToken)
    {
        int[] mailboxes = [.. ids];
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { select } };
        foreach (var text in MailboxContent.Selects)
        {
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(text) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = mailboxes } } });
        }

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
    private static HashSet<int> FindChanged(List<MailboxRow> rows, Func<MailboxKey, KnownMailbox> known) =>
        [.. rows.Where(row => !IsKnown(row, known)).Select(row => row.Id)];

    private static bool IsKnown(MailboxRow row, Func<MailboxKey, KnownMailbox> known) =>
        known(RowMapper.ToKey(row)) is var mailbox && mailbox.Id == row.Id && mailbox.Version == row.Version;

    private static MailboxReading ToReading(MailboxRow row, Func<MailboxKey, KnownMailbox> known, MailboxContent content) =>
        IsKnown(row, known) ? new MailboxReading(IsUnchanged: true, null) : new MailboxReading(IsUnchanged: false, content.ToRows(row));
}
