namespace Ews.ImService.Postgres.Journal;

/// <summary>The entries to be stored, oldest first, and the journals to be emptied before. One reader takes them.</summary>
/// <remarks>Its lock is taken under the lock of a journal, never before it.</remarks>
internal sealed class JournalQueue : IDisposable
{
    private const int MaxBatch = 256;

    /// <summary>The memory of the entries that are kept while the database cannot be used.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<JournalEmptying> _emptyings = [];
    private readonly LinkedList<OpenEntry> _entries = [];
    private readonly QueueMemory _memory = new();

    /// <summary>The number of entries that are stored one by one, because the database rejected a transaction with them.</summary>
    private int _singles;

    /// <summary>Gets a task that completes when the queue accepts nothing more.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Adds an entry, which is not in the queue.</summary>
    /// <returns><c>false</c> if the queue is closed; otherwise, <c>true</c>.</returns>
    public bool Add(OpenEntry entry)
    {
        lock (_lock)
        {
            if (Closed.IsCompleted)
                return false;
            _entries.AddLast(entry);
            Count(entry);
            Signal();
            return true;
        }
    }

    /// <summary>Adds a journal to be emptied before any entry is stored.</summary>
    /// <returns><c>false</c> if the queue is closed; otherwise, <c>true</c>.</returns>
    public bool Add(JournalEmptying emptying)
    {
        lock (_lock)
        {
            if (Closed.IsCompleted)
                return false;
            _emptyings.Enqueue(emptying);
            Signal();
            return true;
        }
    }

    /// <summary>Adds an entry that the reader took and did not store, before all others.</summary>
    public void Return(OpenEntry entry)
    {
        lock (_lock)
        {
            _entries.AddFirst(entry);
            Count(entry);
        }
    }

    /// <summary>Observes that an entry has changed, which may have been taken.</summary>
    public void OnChanged(OpenEntry entry)
    {
        lock (_lock)
        {
            if (entry.CountedMemory is not null)
                Count(entry);
        }
    }

    /// <summary>Ensures that the next entries are stored one by one.</summary>
    public void StoreEach(int count) => _singles = Math.Max(_singles, count);

    /// <summary>Waits until there is something to take.</summary>
    /// <returns><c>false</c> if the queue is closed and empty; otherwise, <c>true</c>.</returns>
    public async Task<bool> WaitAsync()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_entries.Count + _emptyings.Count > 0)
                    return true;
                if (Closed.IsCompleted)
                    return false;
            }

            await _signal.WaitAsync();
        }
    }

    /// <summary>Takes a journal to be emptied, or the entries of the next transaction.</summary>
    public (JournalEmptying? Emptying, IReadOnlyList<OpenEntry> Entries) Take()
    {
        lock (_lock)
        {
            if (_emptyings.TryDequeue(out var emptying))
                return (emptying, []);
            var count = _singles > 0 ? 1 : MaxBatch;
            _singles = Math.Max(0, _singles - 1);
            var batch = new List<OpenEntry>(Math.Min(count, _entries.Count));
            while (batch.Count < count && _entries.Count > 0)
                batch.Add(Remove());
            return (null, batch);
        }
    }

    /// <summary>Removes the oldest entries if all take too much memory.</summary>
    public IReadOnlyList<OpenEntry> RemoveExcess()
    {
        lock (_lock)
        {
            var removed = new List<OpenEntry>();
            while (_memory.Bytes > MaxBytes && _entries.Count > 1)
                removed.Add(Remove());
            return removed;
        }
    }

    /// <summary>Accepts nothing more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed.TrySetResult();
            Signal();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    private void Signal()
    {
        if (_signal.CurrentCount == 0)
            _signal.Release();
    }

    private OpenEntry Remove()
    {
        var entry = _entries.First!.Value;
        _entries.RemoveFirst();
        _memory.Remove(entry.CountedMemory!);
        entry.CountedMemory = null;
        return entry;
    }

    private void Count(OpenEntry entry)
    {
        if (entry.CountedMemory is { } counted)
            _memory.Remove(counted);
        entry.CountedMemory = entry.Memory;
        _memory.Add(entry.CountedMemory);
    }
}
