using System.Threading.Channels;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A mailbox store that reads from memory and writes on one thread, which commits waiting requests together.</summary>
/// <remarks>
/// The writer thread opens the database; requests wait until it is open. A request that changes a mailbox completes after the
/// commit, and no reader sees the change earlier. If a batch cannot be committed, the writer commits its requests one at a time, so that
/// only the requests that the database rejects fail. If the database does not respond, requests for a mailbox fail after
/// <see cref="ResponseTimeout"/>: those that did not run yet never run, and the outcome of a change that is being committed is unknown.
/// </remarks>
public sealed class SingleWriterStore : IMailboxStore, IAsyncDisposable
{
    private const int MaxBatch = 256;

    /// <summary>The time after which a request for a mailbox fails: 4 seconds, so that clients that wait 5 seconds receive an error.</summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(4);

    private readonly IMailboxDatabase _database;
    private readonly MailboxLimits _limits;
    private readonly IRealms _realms;
    private readonly MailboxCache _cache = new();
    private readonly Channel<StoreWork> _queue =
        Channel.CreateUnbounded<StoreWork>(new UnboundedChannelOptions { SingleReader = true });

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _writerStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Guards <see cref="_batch"/>, <see cref="_postponed"/> and the reader of <see cref="_queue"/>.</summary>
    private readonly Lock _lock = new();

    /// <summary>The requests that the writer is running; empty while it waits for the next ones.</summary>
    private readonly List<StoreWork> _batch = new(MaxBatch);

    /// <summary>The requests that <see cref="FailExpiredRequests"/> took from the queue and that have not expired.</summary>
    private readonly Queue<StoreWork> _postponed = new();
    private readonly TimeSpan _responseTimeout;
    private readonly Timer _expiry;

    private SingleWriterStore(IMailboxDatabase database, MailboxLimits limits, IRealms realms, TimeSpan responseTimeout)
    {
        (_database, _limits, _realms, _responseTimeout) = (database, limits, realms, responseTimeout);
        _expiry = new Timer(_ => FailExpiredRequests(), null, responseTimeout / 8, responseTimeout / 8);
    }

    /// <summary>Gets a value that indicates whether the database is open.</summary>
    public bool IsReady => _opened.Task.IsCompletedSuccessfully;

    /// <summary>Starts a store on a database, which the store opens and disposes.</summary>
    /// <param name="database">The database.</param>
    /// <param name="limits">The limits of one mailbox.</param>
    /// <param name="realms">The clocks and GUIDs of realms.</param>
    /// <param name="responseTimeout">The time after which a request for a mailbox fails; the default is
    /// <see cref="ResponseTimeout"/>.</param>
    internal static SingleWriterStore Start(
        IMailboxDatabase database, MailboxLimits limits, IRealms realms, TimeSpan? responseTimeout = null)
    {
        var store = new SingleWriterStore(database, limits, realms, responseTimeout ?? ResponseTimeout);
        new Thread(store.RunWriter) { IsBackground = true, Name = "mailbox-writer" }.Start();
        return store;
    }

    /// <summary>Waits until the database is open.</summary>
    /// <exception cref="StorageException">The database cannot be used. Every request fails with the same exception.</exception>
    public Task WaitUntilReadyAsync() => _opened.Task;

    /// <inheritdoc/>
    public ValueTask<MailboxState?> FindAsync(MailboxKey mailbox, CancellationToken cancellationToken)
    {
        var isComplete = IsReady; // Read before the cache: a mailbox that is listed in between would seem not to exist.
        var cached = _cache.Find(mailbox);
        return cached?.State is not null || (cached is null && isComplete)
            ? new ValueTask<MailboxState?>(cached?.State)
            : new ValueTask<MailboxState?>(Enqueue(batch => batch.Find(mailbox), cancellationToken, expires: true));
    }

    /// <inheritdoc/>
    public Task<EwsResult<T>> ChangeAsync<T>(
        MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellationToken) =>
        Enqueue(batch => batch.Change(mailbox, change), cancellationToken, expires: true);

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<string>> FindRealmsAsync(CancellationToken cancellationToken)
    {
        await _opened.Task.WaitAsync(cancellationToken);
        return _cache.Keys.Select(mailbox => mailbox.Realm).Distinct().ToList();
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxState>> ReadAllAsync(string realm, CancellationToken cancellationToken) =>
        Enqueue(batch => batch.FindAll(realm), cancellationToken);

    /// <inheritdoc/>
    public Task ReplaceAsync(
        string realm,
        IReadOnlyCollection<SmtpAddress>? removed,
        IReadOnlyCollection<MailboxState> added,
        CancellationToken cancellationToken) =>
        Enqueue(batch => batch.Replace(realm, removed, added), cancellationToken, isExclusive: true);

    /// <summary>Completes waiting requests, then closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
            return;
        await _writerStopped.Task;
        await _expiry.DisposeAsync();
        _database.Dispose();
    }

    private Task<T> Enqueue<T>(
        Func<Batch, T> run, CancellationToken cancellationToken, bool isExclusive = false, bool expires = false)
    {
        var work = new StoreWork<T>(run, cancellationToken) { IsExclusive = isExclusive, Expires = expires };
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(work), this);
        return work.Task;
    }

    private void RunWriter()
    {
        var openingFailure = TryOpen();
        while (WaitForRequests())
        {
            lock (_lock)
                TakeBatch();
            if (openingFailure is null)
                CommitTogetherOrAlone(_batch);
            else
                _batch.ForEach(work => work.Fail(openingFailure));
            lock (_lock)
                _batch.Clear();
        }

        _writerStopped.SetResult();
    }

    /// <returns>The exception, or <c>null</c> if the database is open.</returns>
    private Exception? TryOpen()
    {
        try
        {
            foreach (var row in _database.Open())
                _cache.Set(new CachedMailbox(row.Id, RowMapper.ToKey(row), State: null));
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

    /// <returns><c>false</c> if the store is disposed and no request is left; otherwise, <c>true</c>.</returns>
    private bool WaitForRequests() =>
        _postponed.Count > 0 || _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

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
            if (_batch.Count == 0)
                return; // The writer takes the next requests at once.
            var latest = Environment.TickCount64 - (long)_responseTimeout.TotalMilliseconds;
            foreach (var work in _batch)
                FailIfExpired(work, latest);
            while (_queue.Reader.TryRead(out var queued))
                _postponed.Enqueue(queued);
            for (var count = _postponed.Count; count > 0; count--)
            {
                var waiting = _postponed.Dequeue();
                if (!FailIfExpired(waiting, latest))
                    _postponed.Enqueue(waiting);
            }
        }
    }

    private bool FailIfExpired(StoreWork work, long latest)
    {
        if (!work.Expires || work.CreatedAt > latest)
            return false;
        work.Fail(new StorageException($"The database did not respond within {_responseTimeout.TotalSeconds} seconds."));
        return true;
    }

    private void CommitTogetherOrAlone(List<StoreWork> works)
    {
        var failure = TryCommit(works);
        if (failure is null)
            return;
        if (works.Count == 1)
        {
            works[0].Fail(failure);
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
        var batch = new Batch(_database, _cache, _limits, _realms);
        foreach (var work in works)
            work.Run(batch);
        try
        {
            batch.Commit();
        }
#pragma warning disable CA1031 // Reported to the callers; the writer continues with other requests.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }

        works.ForEach(work => work.Complete());
        return null;
    }
}
