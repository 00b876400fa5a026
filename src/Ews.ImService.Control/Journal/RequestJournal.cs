using Ews.ImService.Control.Contract;

namespace Ews.ImService.Control.Journal;

/// <summary>The newest requests of a realm in the order of arrival, in memory. All its members except waits complete synchronously.
/// </summary>
/// <param name="maxEntries">The maximum number of entries.</param>
/// <param name="maxBytes">The maximum size of all entries in bytes; the newest entry is kept regardless of its size.</param>
internal sealed class RequestJournal(int maxEntries, int maxBytes) : IRequestJournal
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

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public EntryUpdate Update(RecordedRequest entry)
    {
        var scope = _lock.EnterScope();
        if (entry.IsInJournal)
            _size.Remove(entry);
        return new EntryUpdate(this, entry, scope);
    }

    /// <inheritdoc/>
    public void OnUpdated(RecordedRequest entry)
    {
        if (!entry.IsInJournal)
            return;
        _size.Add(entry);
        Evict();
        Signal();
        entry.ChangedAt = _version;
    }

    /// <inheritdoc/>
    public Task StoreAsync(RecordedRequest entry) => Task.CompletedTask;

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
    public JournalChanges? TakeChanges(JournalFeed feed) => Update(feed) ? feed.Run() : null;

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    ValueTask<JournalSnapshot> IRequestJournal.FindAsync(JournalFilter filter, CancellationToken cancellationToken) => new(Find(filter));

    /// <inheritdoc/>
    ValueTask<RecordedRequest?> IRequestJournal.FindAsync(long id, CancellationToken cancellationToken) => new(Find(id));

    /// <inheritdoc/>
    ValueTask<long> IRequestJournal.FindLastIdAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(_lastId);
    }

    /// <inheritdoc/>
    ValueTask<bool> IRequestJournal.UpdateAsync(JournalFeed feed, CancellationToken cancellationToken) => new(Update(feed));

    /// <inheritdoc/>
    Task IRequestJournal.ClearAsync()
    {
        Clear();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    Task IRequestJournal.ResetAsync()
    {
        Reset();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    Task IRequestJournal.DeleteAsync()
    {
        Reset();
        return Task.CompletedTask;
    }

    private bool Update(JournalFeed feed)
    {
        if (Volatile.Read(ref _version) == feed.Version)
            return false;
        lock (_lock)
            feed.Update(_entries, new JournalPosition(_epoch ??= Guid.NewGuid().ToString("N"), _version), _lastId);
        return true;
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
}
