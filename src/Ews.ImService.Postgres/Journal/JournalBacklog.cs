namespace Ews.ImService.Postgres.Journal;

/// <summary>The entries to be stored, oldest first.</summary>
internal sealed class JournalBacklog
{
    private const int MaxBatch = 256;

    /// <summary>The size of the entries that are kept while the database cannot be used.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly LinkedList<OpenEntry> _entries = [];

    /// <summary>The number of entries that are stored one by one, because the database rejected a transaction with them.</summary>
    private int _singles;
    private long _bytes;
    private int _lost;

    /// <summary>Gets the number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Gets a value that indicates whether there are enough entries for a transaction.</summary>
    public bool IsFull => _entries.Count >= MaxBatch;

    /// <summary>Adds an entry. The oldest ones are lost if the backlog is too large.</summary>
    public void Add(OpenEntry entry)
    {
        _entries.AddLast(entry);
        _bytes += entry.Size;
        while (_bytes > MaxBytes && _entries.Count > 1)
        {
            Remove();
            _lost++;
        }
    }

    /// <summary>Removes the entries of the next transaction.</summary>
    public IReadOnlyList<OpenEntry> TakeBatch()
    {
        var count = _singles > 0 ? 1 : MaxBatch;
        _singles = Math.Max(0, _singles - 1);
        var batch = new List<OpenEntry>();
        while (batch.Count < count && _entries.Count > 0)
            batch.Add(Remove());
        return batch;
    }

    /// <summary>Adds an entry that was not stored.</summary>
    public void Return(OpenEntry entry)
    {
        entry.Journal.OnNotStored(entry);
        Add(entry);
    }

    /// <summary>Adds the entries of a transaction that failed, before all others.</summary>
    public void Return(IReadOnlyList<EntryWrite> writes)
    {
        foreach (var entry in writes.Reverse().Select(write => write.Entry))
        {
            entry.Journal.OnNotStored(entry);
            _entries.AddFirst(entry);
            _bytes += entry.Size;
        }
    }

    /// <summary>Adds the entries of a transaction that the database rejected, to be stored one by one.</summary>
    public void ReturnEach(IReadOnlyList<EntryWrite> writes)
    {
        Return(writes);
        _singles = Math.Max(_singles, writes.Count);
    }

    /// <summary>Returns the number of entries that were lost since the last call.</summary>
    public int TakeLost() => Interlocked.Exchange(ref _lost, 0);

    private OpenEntry Remove()
    {
        var entry = _entries.First!.Value;
        _entries.RemoveFirst();
        _bytes -= entry.Size;
        return entry;
    }
}
