using Ews.ImService.Control;
using Npgsql;
using NpgsqlTypes;
using static Ews.ImService.Postgres.Journal.JournalParameters;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The statements that store rows, and their results, which are valid after the transaction has committed.</summary>
internal sealed class StoreBatch
{
    private readonly IReadOnlyList<EntryWrite> _writes;
    private readonly List<EntryWrite> _added;
    private readonly List<EntryWrite> _changed;
    private readonly List<EntryWrite> _newBodies;
    private readonly Dictionary<string, JournalTotals> _totals = new(StringComparer.Ordinal);
    private readonly List<(EntryWrite Write, Guid Epoch, long Id)> _ids = [];
    private readonly List<EntryWrite> _withoutBody = [];
    private readonly List<EntryWrite> _withoutJournal = [];

    /// <summary>Prepares the statements.</summary>
    /// <param name="writes">The rows.</param>
    public StoreBatch(IReadOnlyList<EntryWrite> writes)
    {
        _writes = writes;
        _added = [.. writes.Where(write => write.Entry.Id == 0)];
        _changed = [.. writes.Where(write => write.Entry.Id != 0)];
        _newBodies = [.. writes.Where(write => write.HasNewBody).DistinctBy(write => write.Row.ResponseBodyId)];
        Realms = [.. writes.Select(write => write.Row.Realm).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Gets the realms of the rows.</summary>
    public IReadOnlyList<string> Realms { get; }

    /// <summary>Gets the realms whose journals have a row.</summary>
    public IReadOnlyCollection<string> FoundRealms => _totals.Keys;

    /// <summary>Adds the statements that follow the lock of the journals.</summary>
    public void AddTo(NpgsqlBatch batch, ControlOptions options)
    {
        if (_newBodies.Count > 0)
        {
            batch.Add(
                JournalStatements.AddBodies,
                Array(NpgsqlDbType.Text, _newBodies, write => write.Row.Realm),
                Array(NpgsqlDbType.Uuid, _newBodies, write => write.Body!.Id),
                Array(NpgsqlDbType.Bytea, _newBodies, write => write.Body!.ToArray()));
        }

        if (_added.Count > 0)
            AddRows(batch, JournalStatements.Add, _added, Array(NpgsqlDbType.Double, _added, write => write.Entry.Age.TotalSeconds));
        if (_changed.Count > 0)
        {
            AddRows(
                batch,
                JournalStatements.Change,
                _changed,
                Array(NpgsqlDbType.Bigint, _changed, write => write.Entry.Id),
                Array(NpgsqlDbType.Uuid, _changed, write => write.Entry.Epoch));
        }

        batch.Add(JournalStatements.Evict, Names(Realms), Value(options.JournalEntries), Value(options.JournalBytes));
        batch.Add(JournalStatements.Reserve, Names(Realms));
    }

    /// <summary>Reads the results of all statements.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader)
    {
        if (reader.FieldCount == 0)
            await reader.NextResultAsync();
        while (await reader.ReadAsync())
            _totals[reader.GetString(0)] = new JournalTotals((int)reader.GetInt64(1), reader.GetInt64(2));
        if (_added.Count > 0)
            await ReadAddedAsync(reader);
        if (_changed.Count > 0)
            await ReadChangedAsync(reader);
        while (await reader.NextResultAsync())
        {
            // A statement that failed throws.
        }
    }

    /// <summary>Applies the results.</summary>
    /// <returns>The rows that were not stored, because their journal or large body had no row; they can be stored again.</returns>
    public IReadOnlyList<EntryWrite> Complete()
    {
        foreach (var journal in _writes.Select(write => write.Entry.Journal).Distinct())
        {
            if (_totals.TryGetValue(journal.Realm, out var totals))
                journal.Totals = totals;
        }

        foreach (var write in _newBodies.Where(write => _totals.ContainsKey(write.Row.Realm)))
            write.Body!.StoredIn = write.Row.Realm;
        foreach (var (write, epoch, id) in _ids)
            (write.Entry.Epoch, write.Entry.Id) = (epoch, id);
        foreach (var write in _withoutBody)
            write.Body!.StoredIn = null;
        foreach (var write in _withoutJournal)
            write.Entry.Id = 0; // It is added again, unless it arrived before a reset.
        return [.. _added.Where(write => !_totals.ContainsKey(write.Row.Realm)), .. _withoutJournal, .. _withoutBody];
    }

    private async Task ReadAddedAsync(NpgsqlDataReader reader)
    {
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            var write = _added[(int)reader.GetInt64(0) - 1];
            if (reader.IsDBNull(2))
                _withoutBody.Add(write);
            else
                _ids.Add((write, reader.GetGuid(1), reader.GetInt64(2)));
        }
    }

    private async Task ReadChangedAsync(NpgsqlDataReader reader)
    {
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            (reader.GetBoolean(1) ? _withoutBody : _withoutJournal).Add(_changed[(int)reader.GetInt64(0) - 1]);
    }

    private static void AddRows(NpgsqlBatch batch, string sql, List<EntryWrite> writes, params NpgsqlParameter[] first)
    {
        var command = batch.Add(sql, first);
        JournalColumns.AddTo(command.Parameters, [.. writes.Select(write => write.Row)]);
    }
}
