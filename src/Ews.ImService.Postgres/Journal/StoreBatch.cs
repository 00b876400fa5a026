using Ews.ImService.Control;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

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
    public string[] Realms { get; }

    /// <summary>Gets the realms whose journals have a row.</summary>
    public IReadOnlyCollection<string> FoundRealms => _totals.Keys;

    /// <summary>Adds the statements that follow the lock of the journals.</summary>
    public void AddTo(NpgsqlBatch batch, ControlOptions options)
    {
        if (_newBodies.Count > 0)
        {
            batch.Add(
                JournalStatements.AddBodies,
                Value(_newBodies.Select(write => write.Row.Realm).ToArray()),
                Value(_newBodies.Select(write => write.Body!.Id).ToArray()),
                Value(_newBodies.Select(write => write.Body!.ToArray()).ToArray()));
        }

        if (_added.Count > 0)
            AddRows(batch, JournalStatements.Add, _added, Value(_added.Select(write => write.Entry.Age.TotalSeconds).ToArray()));
        if (_changed.Count > 0)
        {
            AddRows(
                batch,
                JournalStatements.Change,
                _changed,
                Value(_changed.Select(write => write.Entry.Id).ToArray()),
                Value(_changed.Select(write => write.Entry.Epoch).ToArray()));
        }

        batch.Add(JournalStatements.Evict, Value(Realms), Value((long)options.JournalEntries), Value((long)options.JournalBytes));
        batch.Add(JournalStatements.Reserve, Value(Realms));
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

    private static void AddRows(NpgsqlBatch batch, string sql, List<EntryWrite> writes, params NpgsqlParameter[] first) =>
        batch.Add(sql, [.. first, .. JournalColumns.ToParameters([.. writes.Select(write => write.Row)])]);
}
