using System.Diagnostics;
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

    private readonly JournalEntries _entries;
    private readonly OpenRequests _requests;
    private readonly JournalReader _reader;
    private readonly JournalCopies _copies;
    private readonly Coalescer<string, JournalCopy> _readings;
    private JournalCopy? _copy;
    private volatile bool _hasEndedWaits;

    /// <summary>Creates the journal of a realm.</summary>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="writer">Stores entries.</param>
    /// <param name="requests">The requests that have not ended.</param>
    /// <param name="reader">Reads the tables.</param>
    /// <param name="copies">The copies of all journals.</param>
    public PostgresJournal(string realm, JournalWriter writer, OpenRequests requests, JournalReader reader, JournalCopies copies)
    {
        (_requests, _reader, _copies) = (requests, reader, copies);
        _entries = new JournalEntries(realm, writer);
        _readings = new Coalescer<string, JournalCopy>(ReadAsync, concurrency: 1, maxBatch: 1);
    }

    /// <inheritdoc/>
    public int Count => _entries.Totals.Entries;

    /// <inheritdoc/>
    public long Bytes => _entries.Totals.Bytes;

    /// <inheritdoc/>
    public void Add(RecordedRequest entry)
    {
        entry.Time = StoredEntry.Round(entry.Time);
        _requests.Add(_entries.Add(entry));
    }

    /// <inheritdoc/>
    public EntryUpdate Update(RecordedRequest entry) => new(this, entry, _entries.EnterScope());

    /// <inheritdoc/>
    public void OnUpdated(RecordedRequest entry) => ((OpenEntry)entry.Tracking!).Updates++;

    /// <inheritdoc/>
    public Task StoreAsync(RecordedRequest entry) => _entries.StoreAsync((OpenEntry)entry.Tracking!);

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
        var started = Stopwatch.GetTimestamp();
        StoredPosition? first = null;
        while (true)
        {
            try
            {
                var copy = await ReadAsync(cancellationToken);
                var isEnded = deadline.IsCancellationRequested || _hasEndedWaits || copy.IsDeletedSince(first ??= copy.Position, started);
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
    public Task ClearAsync() => _entries.EmptyAsync(EmptyingStatements.Clear);

    /// <inheritdoc/>
    public Task ResetAsync() => _entries.EmptyAsync(EmptyingStatements.Reset);

    /// <inheritdoc/>
    public Task DeleteAsync() => _entries.EmptyAsync(EmptyingStatements.Delete);

    /// <summary>Releases the copy.</summary>
    public void Forget() => Interlocked.Exchange(ref _copy, null)?.Discard();

    /// <summary>Returns a copy that contains all that was stored before the call.</summary>
    private async ValueTask<JournalCopy> ReadAsync(CancellationToken cancellationToken)
    {
        var position = await _reader.FindPositionAsync(_entries.Realm, cancellationToken);
        var copy = _copy;
        if (position is null || copy?.Contains(position) != true)
            copy = await _readings.GetAsync(_entries.Realm, cancellationToken);
        _copies.OnUsed(this, copy.Totals.Bytes);
        return copy;
    }

    private async Task<IReadOnlyList<JournalCopy>> ReadAsync(IReadOnlyList<string> realms)
    {
        var copy = _copy ??= new JournalCopy();
        copy.Apply(await _reader.ReadAsync(_entries.Realm, copy.Position, CancellationToken.None));
        _entries.Totals = copy.Totals;
        return [copy];
    }
}
