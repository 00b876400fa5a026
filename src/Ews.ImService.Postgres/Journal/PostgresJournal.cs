using Ews.ImService.Control.Journal;
using Ews.ImService.Storage;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The journal of a realm in tables that all instances of the service share.</summary>
/// <remarks>
/// A request is stored when its response is complete, before the response is sent, or when it takes longer. Readers use a copy of the
/// tables in memory, which is updated for each reading.
/// </remarks>
internal sealed class PostgresJournal : IRequestJournal
{
    private static readonly TimeSpan WaitInterval = TimeSpan.FromMilliseconds(25);

    private readonly Lock _lock = new();
    private readonly JournalWriter _writer;
    private readonly OpenRequests _requests;
    private readonly JournalReader _reader;
    private readonly JournalCopies _copies;
    private readonly Coalescer<string, JournalCopy> _readings;
    private JournalCopy? _copy;
    private int _generation;
    private int _firstGeneration;
    private JournalTotals _totals;
    private volatile bool _hasEndedWaits;

    /// <summary>Creates the journal of a realm.</summary>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="writer">Stores entries.</param>
    /// <param name="requests">The requests that have not ended.</param>
    /// <param name="reader">Reads the tables.</param>
    /// <param name="copies">The copies of all journals.</param>
    public PostgresJournal(string realm, JournalWriter writer, OpenRequests requests, JournalReader reader, JournalCopies copies)
    {
        (Realm, _writer, _requests, _reader, _copies) = (realm, writer, requests, reader, copies);
        _readings = new Coalescer<string, JournalCopy>(ReadAsync, concurrency: 1, maxBatch: 1);
    }

    /// <summary>Gets the name of the realm.</summary>
    public string Realm { get; }

    /// <inheritdoc/>
    public int Count => _totals.Entries;

    /// <inheritdoc/>
    public long Bytes => _totals.Bytes;

    /// <inheritdoc/>
    public void Add(RecordedRequest entry)
    {
        OpenEntry open;
        lock (_lock)
            entry.Tracking = open = new OpenEntry(this, entry, _generation);
        _requests.Add(open);
    }

    /// <inheritdoc/>
    public EntryUpdate Update(RecordedRequest entry) => new(this, entry, _lock.EnterScope());

    /// <inheritdoc/>
    public void OnUpdated(RecordedRequest entry) => ((OpenEntry)entry.Tracking!).Updates++;

    /// <inheritdoc/>
    public Task StoreAsync(RecordedRequest entry) => StoreAsync((OpenEntry)entry.Tracking!);

    /// <summary>Stores an entry unless it is stored as it is now, or was deleted.</summary>
    public Task StoreAsync(OpenEntry entry)
    {
        lock (_lock)
        {
            if ((entry.StoredUpdates == entry.Updates && !entry.IsQueued) || entry.Generation < _firstGeneration)
                return Task.CompletedTask;
            var stored = (entry.Waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            if (!entry.IsQueued)
                _writer.Enqueue(entry);
            entry.IsQueued = true;
            return _writer.IsFailing ? Task.CompletedTask : stored;
        }
    }

    /// <summary>Determines whether nothing of an entry is left to be stored.</summary>
    public bool IsComplete(OpenEntry entry)
    {
        lock (_lock)
            return entry.Generation < _firstGeneration || (entry.Request.IsFinal && entry.StoredUpdates == entry.Updates);
    }

    /// <summary>Takes an entry to store it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="waiting">The source of the task that waits for it.</param>
    /// <returns>The entry as it is now, or <c>null</c> if it was deleted.</returns>
    public RecordedRequest? Take(OpenEntry entry, out TaskCompletionSource? waiting)
    {
        lock (_lock)
        {
            (waiting, entry.Waiting) = (entry.Waiting, null);
            (entry.StoredUpdates, entry.IsQueued) = (entry.Updates, false);
            return entry.Generation >= _firstGeneration ? entry.Request.Snapshot() : null;
        }
    }

    /// <summary>Observes that the entries before a generation were deleted.</summary>
    public void OnEmptied(int generation)
    {
        lock (_lock)
            _firstGeneration = Math.Max(_firstGeneration, generation);
    }

    /// <summary>Observes that an entry was taken and not stored; it is in the queue again.</summary>
    public void OnNotStored(OpenEntry entry)
    {
        lock (_lock)
            (entry.StoredUpdates, entry.IsQueued) = (-1, true);
    }

    /// <summary>Completes the task that waits for an entry, because the database cannot be used.</summary>
    public void ReleaseWaiting(OpenEntry entry)
    {
        lock (_lock)
        {
            entry.Waiting?.TrySetResult();
            entry.Waiting = null;
        }
    }

    /// <summary>Observes the number and the size of the stored entries.</summary>
    public void OnTotals(JournalTotals totals) => _totals = totals;

    /// <inheritdoc/>
    public async ValueTask<JournalSnapshot> FindAsync(JournalFilter filter, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Run(new JournalSearch(filter));

    /// <inheritdoc/>
    public async ValueTask<RecordedRequest?> FindAsync(long id, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Find(id);

    /// <inheritdoc/>
    public async ValueTask<long> FindLastIdAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).LastId;

    /// <inheritdoc/>
    public async ValueTask<bool> UpdateAsync(JournalFeed feed, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Update(feed);

    /// <inheritdoc/>
    /// <remarks>A database that cannot be used for a while does not end the wait.</remarks>
    public async Task<JournalSnapshot> WaitAsync(
        JournalFilter filter, int count, long? version, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        var search = new JournalSearch(filter);
        StoredPosition? start = null;
        while (true)
        {
            try
            {
                var copy = await ReadAsync(cancellationToken);
                var isEnded = deadline.IsCancellationRequested || _hasEndedWaits || copy.IsDeletedSince(start ??= copy.Position);
                var found = copy.Run(search);
                if (isEnded || (found.Entries.Count >= count && found.Version != version))
                    return found;
            }
            catch (StorageException) when (!deadline.IsCancellationRequested && !_hasEndedWaits)
            {
                // The next reading may succeed.
            }

            await Task.Delay(WaitInterval, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void EndWaits() => _hasEndedWaits = true;

    /// <inheritdoc/>
    public Task ClearAsync() => EmptyAsync(JournalStatements.Clear);

    /// <inheritdoc/>
    public Task ResetAsync() => EmptyAsync(JournalStatements.Reset);

    /// <inheritdoc/>
    public Task DeleteAsync() => EmptyAsync(JournalStatements.Delete);

    /// <summary>Releases the copy.</summary>
    public void Forget() => Interlocked.Exchange(ref _copy, null)?.Discard();

    private Task EmptyAsync(IReadOnlyList<string> statements)
    {
        lock (_lock)
            return _writer.EmptyAsync(new JournalEmptying(this, ++_generation, statements));
    }

    /// <summary>Returns a copy that contains all that was stored before the call.</summary>
    private async ValueTask<JournalCopy> ReadAsync(CancellationToken cancellationToken)
    {
        var position = await _reader.FindPositionAsync(Realm, cancellationToken);
        var copy = _copy;
        if (position is null || copy?.Contains(position) != true)
            copy = await _readings.GetAsync(Realm, cancellationToken);
        _copies.OnUsed(this, copy.Totals.Bytes);
        return copy;
    }

    private async Task<IReadOnlyList<JournalCopy>> ReadAsync(IReadOnlyList<string> realms)
    {
        var copy = _copy ??= new JournalCopy();
        copy.Apply(await _reader.ReadAsync(Realm, copy.Position, CancellationToken.None));
        _totals = copy.Totals;
        return [copy];
    }
}
