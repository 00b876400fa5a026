using Ews.ImService.Control;
using Ews.ImService.Postgres.Connections;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Journal;

/// <summary>Executes the transactions of the journal. Each is one round trip, unless an earlier one had an unknown outcome.</summary>
/// <param name="connections">The connections.</param>
/// <param name="options">The limits of a journal.</param>
/// <param name="timeout">The time after which a transaction fails, in whole seconds.</param>
internal sealed class JournalTransaction(PostgresConnections connections, ControlOptions options, TimeSpan timeout)
{
    private readonly int _timeoutSeconds = (int)timeout.TotalSeconds;

    /// <summary>The realms whose journals have had a row. A crash of the database deletes the rows.</summary>
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Stores rows, and assigns the ids of new entries. A lost connection is replaced once.</summary>
    /// <returns>The rows that were not stored, because their journal or large body had no row; they can be stored again.</returns>
    public Task<IReadOnlyList<EntryWrite>> StoreAsync(IReadOnlyList<EntryWrite> writes) => RunAsync(async connection =>
    {
        var unknown = writes.Select(write => write.Entry).Where(entry => entry is { HasFailed: true, Id: 0 }).ToList();
        foreach (var write in writes)
            write.Entry.HasFailed = true; // Until the outcome is known.
        var rest = unknown.Count > 0
            ? await StoreAsync(connection, writes, unknown)
            : await StoreAsync(connection, writes);
        if (rest.Count > 0)
            rest = await StoreAsync(connection, rest); // With the journals and large bodies that were missing.
        foreach (var write in writes)
            write.Entry.HasFailed = false;
        return rest;
    });

    /// <summary>Determines whether the database rejected an entry, such as a text that it cannot store.</summary>
    public static bool IsRejected(Exception e) =>
        e is PostgresException { SqlState: var state } && (state.StartsWith("22", StringComparison.Ordinal)
            || state.StartsWith("23", StringComparison.Ordinal)
            || state.StartsWith("54", StringComparison.Ordinal));

    /// <summary>Deletes the entries of a journal.</summary>
    public Task EmptyAsync(JournalEmptying emptying) => RunAsync(async connection =>
    {
        var realm = emptying.Journal.Realm;
        await using var batch = new NpgsqlBatch(connection) { Timeout = _timeoutSeconds };
        _known.Remove(realm);
        AddLock(batch, [realm]);
        foreach (var statement in emptying.Statements)
            batch.Add(statement, Value(realm));
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

    private async Task<IReadOnlyList<EntryWrite>> StoreAsync(NpgsqlConnection connection, IReadOnlyList<EntryWrite> writes) =>
        Complete(await ExecuteAsync(connection, writes));

    /// <summary>Stores rows, some of which an earlier transaction may have stored, under one lock.</summary>
    private async Task<IReadOnlyList<EntryWrite>> StoreAsync(
        NpgsqlConnection connection, IReadOnlyList<EntryWrite> writes, List<OpenEntry> unknown)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var batch = new NpgsqlBatch(connection) { Timeout = _timeoutSeconds })
        {
            AddLock(batch, [.. writes.Select(write => write.Row.Realm).Distinct(StringComparer.Ordinal)]);
            await batch.ExecuteNonQueryAsync();
        }

        await FindStoredAsync(connection, unknown);
        var stored = await ExecuteAsync(connection, writes);
        await transaction.CommitAsync();
        return Complete(stored);
    }

    private async Task<StoreBatch> ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<EntryWrite> writes)
    {
        var stored = new StoreBatch(writes);
        await using var batch = new NpgsqlBatch(connection) { Timeout = _timeoutSeconds };
        AddLock(batch, stored.Realms);
        stored.AddTo(batch, options);
        await using var reader = await batch.ExecuteReaderAsync();
        await stored.ReadAsync(reader);
        return stored;
    }

    private IReadOnlyList<EntryWrite> Complete(StoreBatch stored)
    {
        _known.ExceptWith(stored.Realms);
        _known.UnionWith(stored.FoundRealms);
        return stored.Complete();
    }

    /// <summary>Finds the entries that an earlier transaction stored, whose outcome was unknown.</summary>
    private async Task FindStoredAsync(NpgsqlConnection connection, List<OpenEntry> entries)
    {
        await using var command = new NpgsqlCommand(JournalStatements.FindKeys, connection) { CommandTimeout = _timeoutSeconds }.With(
            Value(entries.Select(entry => entry.Journal.Realm).Distinct(StringComparer.Ordinal).ToArray()),
            Value(entries.Select(entry => entry.Key).ToArray()));
        await using var reader = await command.ExecuteReaderAsync();
        var byKey = entries.ToLookup(entry => entry.Key);
        while (await reader.ReadAsync())
        {
            foreach (var entry in byKey[reader.GetGuid(0)])
                (entry.Epoch, entry.Id) = (reader.GetGuid(1), reader.GetInt64(2));
        }
    }

    private void AddLock(NpgsqlBatch batch, string[] realms)
    {
        var unknown = realms.Where(realm => !_known.Contains(realm)).ToArray();
        if (unknown.Length > 0)
            batch.Add(JournalStatements.Create, Value(unknown));
        batch.Add(JournalStatements.Lock, Value(realms));
    }
}
