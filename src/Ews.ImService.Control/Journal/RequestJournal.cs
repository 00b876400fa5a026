using Ews.ImService.Control.Contract;

namespace Ews.ImService.Control.Journal;

/// <summary>
/// The newest requests of a realm in the order of arrival, in memory. The objects that the journal returns are immutable.
/// </summary>
/// <param name="maxEntries">The maximum number of entries.</param>
/// <param name="maxBytes">The maximum size of all entries in bytes; the newest entry is kept regardless of its size.</param>
internal sealed class RequestJournal(int maxEntries, int maxBytes)
{
    /// <summary>The minimum time between two searches of a waiting call, whose cost does not grow with the number of changes.</summary>
    private static readonly TimeSpan SearchInterval = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly EntryQueue _entries = new();
    private readonly JournalSize _size = new();
    private TaskCompletionSource? _changed;
    private long _lastId;
    private long _evictedThroughId;
    private long _version;
    private string? _epoch;
    private volatile bool _hasEndedWaits;

    /// <summary>Gets the id of the last entry, even if it was evicted; 0 if there was none.</summary>
    public long LastId
    {
        get
        {
            lock (_lock)
                return _lastId;
        }
    }

    /// <summary>Gets the number of entries.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>Gets the size of all entries in bytes.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _size.Bytes;
        }
    }

    /// <summary>Adds an entry, and assigns its id.</summary>
    public void Add(RecordedRequest entry)
    {
        lock (_lock)
        {
            entry.Id = ++_lastId;
            entry.IsInJournal = true;
            _entries.Enqueue(entry);
            _size.Add(entry);
            Evict();
            Signal();
            entry.AddedAt = entry.ChangedAt = _version;
        }
    }

    /// <summary>
    /// Locks the journal for assignments to an entry, until the result is disposed. The last assignment is that of the state.
    /// </summary>
    public EntryUpdate Update(RecordedRequest entry) => new(this, entry);

    /// <summary>Returns the entries that match a filter, oldest first.</summary>
    public JournalSnapshot Find(JournalFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Run(new JournalSearch(filter));
    }

    /// <summary>Returns the entry with an id, or <c>null</c>.</summary>
    public RecordedRequest? Find(long id)
    {
        lock (_lock)
        {
            var index = _entries.IndexAfter(id - 1);
            return index < _entries.Count && _entries[index].Id == id ? _entries[index].Snapshot() : null;
        }
    }

    /// <summary>Returns the changes that a feed has not returned yet, or <c>null</c> if there are none.</summary>
    public JournalChanges? TakeChanges(JournalFeed feed)
    {
        if (Volatile.Read(ref _version) == feed.Version)
            return null;
        lock (_lock)
            feed.Update(_entries, new JournalPosition(_epoch ??= Guid.NewGuid().ToString("N"), _version), _lastId);
        return feed.Run(); // It may parse bodies, so it runs outside the lock.
    }

    /// <summary>Waits until a number of entries match a filter and the journal has changed.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="count">The number of entries.</param>
    /// <param name="version">The version after which the journal must have changed, or <c>null</c> for any version.</param>
    /// <param name="timeout">The maximum duration.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entries that match; after the timeout, there may be fewer than <paramref name="count"/>.</returns>
    public async Task<JournalSnapshot> WaitAsync(
        JournalFilter filter, int count, long? version, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        var search = new JournalSearch(filter);
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            var found = Run(search);
            if ((found.Entries.Count >= count && found.Version != version) || deadline.IsCancellationRequested || _hasEndedWaits)
                return found;
            await changed.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(SearchInterval, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Ends all waits, because the realm was deleted.</summary>
    public void EndWaits()
    {
        lock (_lock)
        {
            _hasEndedWaits = true;
            Signal();
        }
    }

    /// <summary>Deletes all entries; ids continue.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            while (_entries.Count > 0)
                RemoveOldest();
            _evictedThroughId = 0;
            Signal();
        }
    }

    /// <summary>Resets the journal to the initial state; ids start at 1 again.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            Clear();
            _lastId = 0;
            _epoch = null;
        }
    }

    /// <summary>Runs a search for the first time, or again after changes.</summary>
    private JournalSnapshot Run(JournalSearch search)
    {
        long version, evictedThroughId;
        lock (_lock)
        {
            search.Update(_entries);
            (version, evictedThroughId) = (_version, _evictedThroughId);
        }

        // A search may parse bodies, so it runs outside the lock.
        return new JournalSnapshot(search.Run(), version, evictedThroughId);
    }

    private void Evict()
    {
        while (_entries.Count > maxEntries || (_size.Bytes > maxBytes && _entries.Count > 1))
            _evictedThroughId = RemoveOldest();
    }

    /// <summary>Removes the oldest entry and returns its id.</summary>
    private long RemoveOldest()
    {
        var entry = _entries.Dequeue();
        entry.IsInJournal = false;
        _size.Remove(entry);
        return entry.Id;
    }

    private void Signal()
    {
        _version++;
        _changed?.SetResult();
        _changed = null;
    }

    /// <summary>The lock of the journal during assignments to an entry. They have no effect if it was evicted or deleted.</summary>
    internal readonly ref struct EntryUpdate
    {
        private readonly RequestJournal _journal;
        private readonly RecordedRequest _entry;
        private readonly Lock.Scope _scope;

        public EntryUpdate(RequestJournal journal, RecordedRequest entry)
        {
            (_journal, _entry) = (journal, entry);
            _scope = journal._lock.EnterScope();
            if (entry.IsInJournal)
                journal._size.Remove(entry);
        }

        public void Dispose()
        {
            if (_entry.IsInJournal)
            {
                _journal._size.Add(_entry);
                _journal.Evict();
                _journal.Signal();
                _entry.ChangedAt = _journal._version;
            }

            _scope.Dispose();
        }
    }
}
