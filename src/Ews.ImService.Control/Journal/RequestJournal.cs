namespace Ews.ImService.Control.Journal;

/// <summary>
/// The newest requests of a realm in the order of arrival, in memory. The objects that the journal returns are immutable.
/// </summary>
/// <param name="maxEntries">The maximum number of entries.</param>
/// <param name="maxBytes">The maximum size of all entries in bytes; the newest entry is kept regardless of its size.</param>
public sealed class RequestJournal(int maxEntries, int maxBytes)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _entries = new();
    private TaskCompletionSource? _changed;
    private long _lastId;
    private long _bytes;
    private long _version;

    /// <summary>Gets the id of the last entry, even if it was evicted; 0 if there was none.</summary>
    public long LastId
    {
        get
        {
            lock (_lock)
                return _lastId;
        }
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="request">The request, whose id is assigned here.</param>
    /// <returns>An object that updates the entry while the request is in progress.</returns>
    internal Recording Add(RecordedRequest request)
    {
        lock (_lock)
        {
            var node = _entries.AddLast(new Entry(request with { Id = ++_lastId }, request.Size()));
            _bytes += node.Value.Size;
            Evict();
            Signal();
            return new Recording(this, node);
        }
    }

    /// <summary>Returns the entries that match a filter, oldest first.</summary>
    public JournalSnapshot Find(JournalFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        List<RecordedRequest> requests;
        long version;
        lock (_lock)
        {
            requests = _entries.Select(entry => entry.Request).ToList();
            version = _version;
        }

        // A filter may parse bodies, so it runs outside the lock that every request takes.
        return new JournalSnapshot(requests.Where(filter.Matches).ToList(), version);
    }

    /// <summary>Returns the entry with an id, or <c>null</c>.</summary>
    public RecordedRequest? Find(long id)
    {
        lock (_lock)
            return _entries.Select(entry => entry.Request).FirstOrDefault(request => request.Id == id);
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
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            var found = Find(filter);
            if ((found.Entries.Count >= count && found.Version != version) || deadline.IsCancellationRequested)
                return found;
            await changed.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Deletes all entries; ids continue.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _bytes = 0;
            Signal();
        }
    }

    /// <summary>Resets the journal to the initial state; ids start at 1 again.</summary>
    internal void Reset()
    {
        lock (_lock)
        {
            Clear();
            _lastId = 0;
        }
    }

    private void Update(LinkedListNode<Entry> node, Func<RecordedRequest, RecordedRequest> update)
    {
        lock (_lock)
        {
            if (node.List is null)
                return; // Evicted or deleted while the request was in progress.
            var request = update(node.Value.Request);
            _bytes -= node.Value.Size;
            node.Value = new Entry(request, request.Size());
            _bytes += node.Value.Size;
            Evict();
            Signal();
        }
    }

    private void Evict()
    {
        while (_entries.Count > maxEntries || (_bytes > maxBytes && _entries.Count > 1))
        {
            _bytes -= _entries.First!.Value.Size;
            _entries.RemoveFirst();
        }
    }

    private void Signal()
    {
        _version++;
        _changed?.SetResult();
        _changed = null;
    }

    /// <summary>A request that is in progress.</summary>
    internal sealed class Recording(RequestJournal journal, LinkedListNode<Entry> node)
    {
        /// <summary>Replaces the entry, unless it was evicted.</summary>
        public void Update(Func<RecordedRequest, RecordedRequest> update) => journal.Update(node, update);
    }

    /// <summary>An entry with its size in bytes.</summary>
    internal sealed record Entry(RecordedRequest Request, int Size);
}

/// <summary>The entries at one point in time.</summary>
/// <param name="Entries">The entries, oldest first.</param>
/// <param name="Version">The version of the journal, which changes when an entry is added, changed or deleted.</param>
public sealed record JournalSnapshot(IReadOnlyList<RecordedRequest> Entries, long Version);
