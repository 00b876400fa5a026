using System.Diagnostics;
using System.Threading.Channels;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A mailbox store that reads from memory and writes on one thread, which commits waiting requests together.</summary>
/// <remarks>
/// <para>
/// The writer thread opens the database; requests wait until it is open. A request that changes a mailbox completes after the
/// commit, and no reader sees the change earlier. If a batch cannot be committed, the writer commits its requests one at a time, so that
/// only the requests that the database rejects fail. A large replacement is written in slices between which other requests run.
/// If the database does not respond, requests for a mailbox fail after <see cref="ResponseTimeout"/>: those in the queue never run,
/// and the outcome of those in the current batch is unknown.
/// </para>
/// <para>
/// If other processes change the database, too, a mailbox in memory is used only after the database confirmed its version, and a batch
/// that is based on another version than that of the database runs again.
/// </para>
/// </remarks>
public sealed class SingleWriterStore : IMailboxStore, IAsyncDisposable
{
    private const int MaxBatch = 256;

    /// <summary>The time in which a batch runs again if other processes change its mailboxes at the same time.</summary>
    private static readonly TimeSpan ConflictTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The maximum delay before a batch runs again; random, so that processes do not collide in step.</summary>
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(4);

    /// <summary>The time after which a hidden mailbox of a shared database is not being written anymore.</summary>
    private static readonly TimeSpan HiddenLifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// The time after which a request for a mailbox fails: 4 seconds, so that clients that wait 5 seconds receive an error.
    /// </summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(4);

    private readonly IMailboxDatabase _database;
    private readonly MailboxLimits _limits;
    private readonly IRealms _realms;
    private readonly MailboxCache _cache = new();
    private readonly ConfirmedReads? _shared;
    private readonly HiddenMailboxes _hidden;
    private readonly Channel<StoreWork> _queue =
        Channel.CreateUnbounded<StoreWork>(new UnboundedChannelOptions { SingleReader = true });

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _writerStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Guards <see cref="_batch"/>, <see cref="_postponed"/>, <see cref="_isBusy"/> and the reader of <see cref="_queue"/>.
    /// </summary>
    private readonly Lock _lock = new();

    /// <summary>The requests that the writer is running; empty while it waits for the next ones.</summary>
    private readonly List<StoreWork> _batch = new(MaxBatch);

    /// <summary>The requests that <see cref="FailExpiredRequests"/> took from the queue and that have not expired.</summary>
    private readonly Queue<StoreWork> _postponed = new();

    /// <summary><c>true</c> while the writer uses the database, and does not read from <see cref="_queue"/>.</summary>
    private bool _isBusy;

    private readonly TimeSpan _responseTimeout;
    private readonly Timer _expiry;
    private readonly ActivitySource _activities;
    private readonly StoreMetrics _metrics;
    private readonly SlowRequests _slow = new();

    private SingleWriterStore(
        IMailboxDatabase database, MailboxLimits limits, IRealms realms, Instrumentation instrumentation, TimeSpan responseTimeout)
    {
        (_database, _limits, _realms, _responseTimeout) = (database, limits, realms, responseTimeout);
        (_activities, _metrics) = (instrumentation.ActivitySource, new StoreMetrics(instrumentation, _cache));
        _hidden = new HiddenMailboxes(database);
        _shared = database.Shared is { } shared ? new ConfirmedReads(shared, _cache, responseTimeout) : null;
        _expiry = new Timer(_ => FailExpiredRequests(), null, responseTimeout / 8, responseTimeout / 8);
    }

    /// <summary>Gets a value that indicates whether the database is open.</summary>
    public bool IsReady => _opened.Task.IsCompletedSuccessfully;

    /// <summary>Starts a store on a database, which the store opens and disposes.</summary>
    /// <param name="database">The database.</param>
    /// <param name="limits">The limits of one mailbox.</param>
    /// <param name="realms">The clocks and GUIDs of realms.</param>
    /// <param name="instrumentation">The meter and the activity source; the default is one that no listener is interested in.</param>
    /// <param name="responseTimeout">The time after which a request for a mailbox fails; the default is
    /// <see cref="ResponseTimeout"/>.</param>
    internal static SingleWriterStore Start(
        IMailboxDatabase database,
        MailboxLimits limits,
        IRealms realms,
        Instrumentation? instrumentation = null,
        TimeSpan? responseTimeout = null)
    {
        var store = new SingleWriterStore(
            database,
            limits,
            realms,
            instrumentation ?? new Instrumentation(Instrumentation.UnobservedName),
            responseTimeout ?? ResponseTimeout);
        new Thread(store.RunWriter) { IsBackground = true, Name = "mailbox-writer" }.Start();
        return store;
    }

    /// <summary>Waits until the database is open.</summary>
    /// <exception cref="StorageException">The database cannot be used. Every request fails with the same exception.</exception>
    public Task WaitUntilReadyAsync() => _opened.Task;

    /// <inheritdoc/>
    public ValueTask<MailboxState?> FindAsync(MailboxKey mailbox, CancellationToken cancellationToken)
    {
        if (_shared is not null)
            return new ValueTask<MailboxState?>(_shared.FindAsync(mailbox, _opened.Task, cancellationToken));
        return _cache.Find(mailbox) is { State: var state }
            ? new ValueTask<MailboxState?>(state)
            : new ValueTask<MailboxState?>(Enqueue(batch => batch.Find(mailbox), cancellationToken, mailbox: mailbox));
    }

    /// <inheritdoc/>
    public async Task EnsureCreatedAsync(MailboxKey mailbox, string culture, CancellationToken cancellationToken)
    {
        var exists = _shared is null ? _cache.Find(mailbox) is not null : await FindAsync(mailbox, cancellationToken) is not null;
        if (!exists)
            await Enqueue(batch => batch.EnsureCreated(mailbox, culture), cancellationToken, mailbox: mailbox);
    }

    /// <inheritdoc/>
    public Task<EwsResult<T>> ChangeAsync<T>(
        MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellationToken) =>
        Enqueue(batch => batch.Change(mailbox, change), cancellationToken, mailbox: mailbox);

    /// <inheritdoc/>
    public Task<LoggedMailbox> ReadLogAsync(MailboxKey mailbox, long after, int maxEntries, CancellationToken cancellationToken) =>
        Enqueue(batch => batch.ReadLog(mailbox, after, maxEntries), cancellationToken, mailbox: mailbox);

    /// <inheritdoc/>
    public Task WaitForChangeAsync(MailboxKey mailbox) => _cache.WaitForChangeAsync(mailbox);

    /// <inheritdoc/>
    public IMailboxWatch Watch(string realm) => _cache.Watch(realm);

    /// <inheritdoc/>
    public StoreTimes? FindTimesOfSlowRequest(MailboxKey mailbox, TimeSpan within) => _slow.Find(mailbox, within);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<string>> FindRealmsAsync(CancellationToken cancellationToken) =>
        Enqueue<IReadOnlyCollection<string>>(batch => batch.Database.FindRealms(), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<SmtpAddress>> FindAddressesAsync(string realm, CancellationToken cancellationToken)
    {
        var rows = await Enqueue(batch => batch.Database.FindMailboxes(realm, addresses: null), cancellationToken);
        return [.. rows.Select(row => RowMapper.ToKey(row).SmtpAddress)];
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxState>> ReadManyAsync(
        string realm, IReadOnlyList<SmtpAddress> addresses, CancellationToken cancellationToken) =>
        _shared?.ReadManyAsync(realm, addresses, _opened.Task, cancellationToken)
        ?? Enqueue(batch => batch.FindMany(realm, addresses), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxState>> ReadAllAsync(string realm, CancellationToken cancellationToken) =>
        _shared?.ReadAllAsync(realm, _opened.Task, cancellationToken)
        ?? Enqueue(batch => batch.FindAll(realm), cancellationToken);

    /// <inheritdoc/>
    public async Task ReplaceAsync(
        string realm,
        IReadOnlyCollection<SmtpAddress>? removed,
        IReadOnlyCollection<MailboxState> added,
        Action? onPublished,
        CancellationToken cancellationToken)
    {
        await _opened.Task;
        var lease = _database.Shared?.CurrentLease;
        var firstId = added.Count == 0 ? 0 : await _database.ReserveIdsAsync(added.Count);
        var created = added.Select((state, index) => (firstId + index, state)).ToList();
        var replacement = new Replacement(realm, removed, created, lease, onPublished);
        var content = RowSlices.Split(replacement.ContentRows());
        if (content.Count > 1)
            await ReplaceInSlicesAsync(replacement, content, cancellationToken);
        else
            await Enqueue(batch => batch.Replace(replacement, content.SingleOrDefault([])), cancellationToken, isExclusive: true);
    }

    /// <summary>Completes waiting requests, then closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
            return;
        await _writerStopped.Task;
        await _expiry.DisposeAsync();
        if (_shared is not null)
            await _shared.DisposeAsync();
        _database.Dispose();
    }

    /// <summary>Writes the new mailboxes as hidden ones, slice by slice, and makes all of them visible in one commit.</summary>
    private async Task ReplaceInSlicesAsync(
        Replacement replacement, IReadOnlyList<IReadOnlyList<RowChange>> content, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var slice in RowSlices.Split(replacement.HiddenRows()).Concat(content))
                await Enqueue(batch => batch.Write(slice), cancellationToken);
            await Enqueue(batch => batch.Replace(replacement, content: null), cancellationToken, isExclusive: true);
        }
        catch
        {
            foreach (var (id, _) in replacement.Created)
                _hidden.Add(id);
            throw;
        }
    }

    private Task<T> Enqueue<T>(
        Func<Batch, T> run, CancellationToken cancellationToken, bool isExclusive = false, MailboxKey? mailbox = null)
    {
        var work = new StoreWork<T>(run, cancellationToken)
        {
            IsExclusive = isExclusive,
            Mailbox = mailbox,
            Trace = StoreTrace.Start(_activities),
        };
        _metrics.OnQueued();
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(work), this);
        return work.Task;
    }

    private void RunWriter()
    {
        var openingFailure = TryOpen();
        while (WaitForWork())
        {
            lock (_lock)
            {
                TakeBatch();
                _metrics.OnTaken(_batch.Count);
                _isBusy = true;
            }

            if (openingFailure is null)
                CommitTogetherOrAlone(_batch);
            else
                _batch.ForEach(work => work.Fail(openingFailure));
            _hidden.DeleteSlice(); // Without effect if the database is not open.
            lock (_lock)
            {
                _batch.Clear();
                _isBusy = false;
            }
        }

        _writerStopped.SetResult();
    }

    /// <returns>The exception, or <c>null</c> if the database is open.</returns>
    private Exception? TryOpen()
    {
        try
        {
            _database.Open();
            var lastAbandoned = DateTimeOffset.UtcNow - HiddenLifetime;
            foreach (var row in _database.FindHidden().Where(row => _shared is null || RowMapper.HiddenAt(row) <= lastAbandoned))
                _hidden.Add(row.Id);
            _opened.SetResult();
            return null;
        }
#pragma warning disable CA1031 // Reported by WaitUntilReadyAsync and by every request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _opened.SetException(e);
            return e;
        }
    }

    /// <returns><c>true</c> if there are requests, or rows to delete; <c>false</c> if the store is disposed and no request is
    /// left.</returns>
    private bool WaitForWork() =>
        _postponed.Count > 0
        || (_hidden.CanDelete && !_queue.Reader.Completion.IsCompleted)
        || _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private void TakeBatch()
    {
        while (_batch.Count < MaxBatch && (_postponed.TryPeek(out var next) || _queue.Reader.TryPeek(out next)))
        {
            if (_batch.Count > 0 && (_batch[0].IsExclusive || next.IsExclusive))
                return;
            if (!_postponed.TryDequeue(out _))
                _queue.Reader.TryRead(out _);
            _batch.Add(next);
        }
    }

    /// <summary>Fails the requests that have waited too long for a database that does not respond.</summary>
    private void FailExpiredRequests()
    {
        lock (_lock)
        {
            if (!_isBusy)
                return; // The writer takes the next requests at once.
            var latest = Environment.TickCount64 - (long)_responseTimeout.TotalMilliseconds;
            foreach (var work in _batch)
                FailIfExpired(work, latest);
            while (_queue.Reader.TryRead(out var queued))
                _postponed.Enqueue(queued);
            for (var count = _postponed.Count; count > 0; count--)
            {
                var waiting = _postponed.Dequeue();
                if (FailIfExpired(waiting, latest))
                    _metrics.OnTaken(1);
                else
                    _postponed.Enqueue(waiting);
            }
        }
    }

    private bool FailIfExpired(StoreWork work, long latest)
    {
        if (work.Mailbox is null || work.CreatedAt > latest)
            return false;
        work.Fail(new StorageException($"The database did not respond within {_responseTimeout.TotalSeconds} seconds."));
        return true;
    }

    private void CommitTogetherOrAlone(List<StoreWork> works)
    {
        var failure = works.Count == 0 ? null : TryCommit(works);
        if (failure is null)
            return;
        if (works.Count == 1 || failure is StorageException { MayRunAgain: false })
        {
            works.ForEach(work => work.Fail(failure));
            return;
        }

        foreach (var work in works)
        {
            if (!work.IsCompleted && TryCommit([work]) is { } ownFailure)
                work.Fail(ownFailure);
        }
    }

    /// <summary>Runs requests, commits their changes in one transaction, publishes the new states, and completes the requests.</summary>
    /// <returns>The exception if the database is unchanged and no request was completed; otherwise, <c>null</c>.</returns>
    private Exception? TryCommit(List<StoreWork> works)
    {
        var takenAt = Environment.TickCount64;
        Batch? batch;
        try
        {
            batch = RunAndCommit(works);
        }
#pragma warning disable CA1031 // Reported to the callers; the writer continues with other requests.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }

        if (batch is null)
        {
            return new StorageException("The mailboxes of the request were changed by other instances of the service at the same time.")
            {
                MayRunAgain = false,
            };
        }

        foreach (var id in batch.Hidden)
            _hidden.Add(id);
        _slow.Add(works, takenAt, batch.CommitDuration.GetValueOrDefault());
        foreach (var work in works)
        {
            work.Trace?.Complete(works.Count, batch.CommitDuration);
            work.Complete();
        }

        _metrics.OnCompleted(works.Count, batch.CommitDuration); // The requests need not wait for it.
        return null;
    }

    /// <summary>Runs requests and commits their changes, again if other processes change the same mailboxes.</summary>
    /// <returns>The batch that was committed, or <c>null</c> if other processes were faster each time.</returns>
    private Batch? RunAndCommit(List<StoreWork> works)
    {
        var started = Stopwatch.GetTimestamp();
        var isRepetition = false;
        do
        {
            var committed = new CommittedMailboxes(_database, _cache);
            if (_shared is not null)
                committed.Prepare([.. works.Select(work => work.Mailbox).OfType<MailboxKey>().Distinct()], isRepetition);
            var batch = new Batch(_database, committed, _cache, _limits, _realms);
            foreach (var work in works)
                work.Run(batch);
            if (batch.TryCommit())
                return batch;
            isRepetition = true;
            Thread.Sleep(MaxRetryDelay * Random.Shared.NextDouble());
        }
        while (Stopwatch.GetElapsedTime(started) < ConflictTimeout);

        return null;
    }
}
