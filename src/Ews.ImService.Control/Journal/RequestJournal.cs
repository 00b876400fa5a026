namespace Ews.ImService.Control.Journal;

/// <summary>A realm's requests in the order of their arrival, the newest of them; it is gone with the process.</summary>
/// <param name="maxEntries">The most entries to keep.</param>
/// <param name="maxBytes">The most bytes of them to keep; the newest entry stays whatever its size.</param>
public sealed class RequestJournal(int maxEntries, int maxBytes)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<JournalEntry> _entries = new();
    private TaskCompletionSource? _changed;
    private long _lastId;
    private long _bytes;
    private long _version;

    /// <summary>Adds an entry.</summary>
    internal JournalEntry Add(Func<long, JournalEntry> make)
    {
        lock (_lock)
        {
            var entry = make(++_lastId);
            entry.IsKept = true;
            _bytes += entry.Bytes;
            _entries.AddLast(entry);
            Trim();
            Signal();
            return entry;
        }
    }

    /// <summary>Fills an entry.</summary>
    internal void Update(JournalEntry entry, Action<JournalEntry> fill)
    {
        lock (_lock)
        {
            var before = entry.Bytes;
            fill(entry);

            // It may have been trimmed or cleared while its request went on.
            if (entry.IsKept)
                _bytes += entry.Bytes - before;
            Trim();
            Signal();
        }
    }

    /// <summary>The entries that a query asks for, oldest first.</summary>
    public JournalExtract Find(JournalQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_lock)
            return new JournalExtract(_entries.Where(query.Matches).ToList(), _version);
    }

    /// <summary>The id of the entry that came last, kept or not; 0 for none.</summary>
    public long LastId
    {
        get
        {
            lock (_lock)
                return _lastId;
        }
    }

    /// <summary>The entry with an id, or null.</summary>
    public JournalEntry? Find(long id)
    {
        lock (_lock)
            return _entries.FirstOrDefault(entry => entry.Id == id);
    }

    /// <summary>Waits until as many entries are there as asked, and the journal is not as it was.</summary>
    /// <param name="query">Which.</param>
    /// <param name="count">How many.</param>
    /// <param name="version">The version that the caller knows already; null for none.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Those that are there in the end, which after the timeout may be fewer than asked.</returns>
    public async Task<JournalExtract> WaitAsync(JournalQuery query, int count, long? version, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(timeout);
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            var found = Find(query);
            if ((found.Entries.Count >= count && found.Version != version) || deadline.IsCancellationRequested)
                return found;
            await changed.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Forgets all entries; ids go on.</summary>
    public void Clear()
    {
        lock (_lock)
            Empty();
    }

    /// <summary>As new: ids begin again, too.</summary>
    internal void Reset()
    {
        lock (_lock)
        {
            Empty();
            _lastId = 0;
        }
    }

    private void Empty()
    {
        foreach (var entry in _entries)
            entry.IsKept = false;
        _entries.Clear();
        _bytes = 0;
        Signal();
    }

    private void Trim()
    {
        while (_entries.Count > maxEntries || (_bytes > maxBytes && _entries.Count > 1))
        {
            _bytes -= _entries.First!.Value.Bytes;
            _entries.First.Value.IsKept = false;
            _entries.RemoveFirst();
        }
    }

    private void Signal()
    {
        _version++;
        _changed?.SetResult();
        _changed = null;
    }
}

/// <summary>Entries at one moment.</summary>
/// <param name="Entries">The entries, oldest first.</param>
/// <param name="Version">Changes whenever any entry comes, changes or goes.</param>
public sealed record JournalExtract(IReadOnlyList<JournalEntry> Entries, long Version);
