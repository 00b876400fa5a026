using Ews.ImService.Control;
using Ews.ImService.Postgres.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Ews.ImService.Postgres.Journal;

/// <summary>Executes the transactions of the journal. Each is one round trip.</summary>
/// <param name="connections">The connections.</param>
/// <param name="options">The limits of a journal.</param>
internal sealed class JournalTransaction(PostgresConnections connections, ControlOptions options)
{
    /// <summary>The time after which a transaction fails. Responses wait for it.</summary>
    private const int TimeoutSeconds = 2;

    /// <summary>The realms whose journals have had a row. A crash of the database deletes the rows.</summary>
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Stores rows, and assigns the ids of new entries. A lost connection is replaced once.</summary>
    /// <returns>The rows that were not stored, because their journal had no row; they can be stored again.</returns>
    public Task<IReadOnlyList<EntryWrite>> StoreAsync(IReadOnlyList<EntryWrite> writes) => RunAsync(async connection =>
    {
        var unknown = writes.Select(write => write.Entry).Where(entry => entry.HasFailed && entry.Id == 0).ToList();
        if (unknown.Count > 0)
            await FindStoredAsync(connection, unknown);
        foreach (var write in writes)
            write.Entry.HasFailed = true; // Until the outcome is known.
        var rest = await StoreAsync(connection, writes);
        foreach (var write in writes)
            write.Entry.HasFailed = false;
        return rest;
    });

    /// <summary>Deletes the entries of a journal.</summary>
    public Task EmptyAsync(JournalEmptying emptying) => RunAsync(async connection =>
    {
        var realm = emptying.Journal.Realm;
        await using var batch = new NpgsqlBatch(connection) { Timeout = TimeoutSeconds };
        _known.Remove(realm);
        AddLock(batch, [realm]);
        foreach (var statement in emptying.Statements)
            Add(batch, statement, new NpgsqlParameter<string> { TypedValue = realm });
        return await batch.ExecuteNonQueryAsync();
    });

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> run)
    {
        for (var isRepetition = false; ; isRepetition = true)
        {
            await using var connection = await connections.OpenAsync(CancellationToken.None);
            try
            {
                return await run(connection);
            }
            catch (Exception e) when (!isRepetition && PostgresErrors.IsConnectionLost(e))
            {
                connections.DataSource.Clear();
            }
            catch (PostgresException e) when (!isRepetition && PostgresErrors.IsConflict(e))
            {
                // The other transaction has succeeded.
            }
        }
    }

    private async Task<IReadOnlyList<EntryWrite>> StoreAsync(NpgsqlConnection connection, IReadOnlyList<EntryWrite> writes)
    {
        var realms = writes.Select(write => write.Row.Realm).Distinct(StringComparer.Ordinal).ToArray();
        var added = writes.Where(write => write.Entry.Id == 0).ToList();
        var changed = writes.Where(write => write.Entry.Id != 0).ToList();
        await using var batch = new NpgsqlBatch(connection) { Timeout = TimeoutSeconds };
        AddLock(batch, realms);
        if (added.Count > 0)
            AddStatement(batch, JournalStatements.Add, added, Array(NpgsqlDbType.Double, added, write => write.Entry.Age.TotalSeconds));
        if (changed.Count > 0)
        {
            AddStatement(
                batch,
                JournalStatements.Change,
                changed,
                Array(NpgsqlDbType.Bigint, changed, write => write.Entry.Id),
                Array(NpgsqlDbType.Uuid, changed, write => write.Entry.Epoch));
        }

        Add(batch, JournalStatements.Evict, Realms(realms), Value(options.JournalEntries), Value(options.JournalBytes));
        Add(batch, JournalStatements.Reserve, Realms(realms));
        await using var reader = await batch.ExecuteReaderAsync();
        var found = await ReadTotalsAsync(reader, writes);
        var ids = added.Count > 0 ? await ReadIdsAsync(reader, added) : [];
        while (await reader.NextResultAsync())
        {
            // A statement that failed throws.
        }

        // The transaction is committed: an id that was read before is not necessarily that of a stored entry.
        foreach (var (entry, epoch, id) in ids)
            (entry.Epoch, entry.Id) = (epoch, id);
        _known.UnionWith(found);
        _known.ExceptWith(realms.Except(found));
        return [.. added.Where(write => !found.Contains(write.Row.Realm))];
    }

    /// <summary>Finds the entries that an earlier transaction stored, whose outcome was unknown.</summary>
    private static async Task FindStoredAsync(NpgsqlConnection connection, List<OpenEntry> entries)
    {
        await using var command = new NpgsqlCommand(JournalStatements.FindKeys, connection) { CommandTimeout = TimeoutSeconds };
        command.Parameters.Add(Realms([.. entries.Select(entry => entry.Journal.Realm).Distinct(StringComparer.Ordinal)]));
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, entries, entry => entry.Key));
        await using var reader = await command.ExecuteReaderAsync();
        var byKey = entries.ToDictionary(entry => entry.Key);
        while (await reader.ReadAsync())
        {
            var entry = byKey[reader.GetGuid(0)];
            (entry.Epoch, entry.Id) = (reader.GetGuid(1), reader.GetInt64(2));
        }
    }

    private static async Task<HashSet<string>> ReadTotalsAsync(NpgsqlDataReader reader, IReadOnlyList<EntryWrite> writes)
    {
        if (reader.FieldCount == 0)
            await reader.NextResultAsync();
        var journals = writes.Select(write => write.Entry.Journal).Distinct().ToLookup(journal => journal.Realm, StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
            foreach (var journal in journals[reader.GetString(0)])
                journal.OnTotals(new JournalTotals((int)reader.GetInt64(1), reader.GetInt64(2)));
        }

        return found;
    }

    private static async Task<List<(OpenEntry Entry, Guid Epoch, long Id)>> ReadIdsAsync(NpgsqlDataReader reader, List<EntryWrite> added)
    {
        await reader.NextResultAsync();
        var ids = new List<(OpenEntry Entry, Guid Epoch, long Id)>(added.Count);
        while (await reader.ReadAsync())
            ids.Add((added[(int)reader.GetInt64(0) - 1].Entry, reader.GetGuid(1), reader.GetInt64(2)));
        return ids;
    }

    private static void AddStatement(NpgsqlBatch batch, string sql, List<EntryWrite> writes, params NpgsqlParameter[] first)
    {
        var command = Add(batch, sql, first);
        JournalColumns.AddTo(command.Parameters, [.. writes.Select(write => write.Row)]);
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
        return command;
    }

    private static NpgsqlParameter<string[]> Realms(string[] realms) => Array(NpgsqlDbType.Text, realms, realm => realm);

    private static NpgsqlParameter<long> Value(int number) => new() { TypedValue = number };

    private static NpgsqlParameter<TValue[]> Array<T, TValue>(NpgsqlDbType type, IEnumerable<T> items, Func<T, TValue> get) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. items.Select(get)] };

    private void AddLock(NpgsqlBatch batch, string[] realms)
    {
        var unknown = realms.Where(realm => !_known.Contains(realm)).ToArray();
        if (unknown.Length > 0)
            Add(batch, JournalStatements.Create, Realms(unknown));
        Add(batch, JournalStatements.Lock, Realms(realms));
    }
}
