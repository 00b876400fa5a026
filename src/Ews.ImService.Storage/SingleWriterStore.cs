using System.Threading.Channels;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A mailbox store that reads from memory and writes on one thread, which commits waiting requests together.</summary>
/// <remarks>
/// The writer thread opens the database; requests wait until it is open. A request that changes a mailbox completes after the
/// commit, and no reader sees the change earlier. If a batch cannot be committed, the writer commits its requests one at a time, so that
/// only the requests that the database rejects fail.
/// </remarks>
public sealed class SingleWriterStore : IMailboxStore, IAsyncDisposable
{
    private const int MaxBatch = 256;

    private readonly IMailboxDatabase _database;
    private readonly MailboxLimits _limits;
    private readonly IRealms _realms;
    private readonly MailboxCache _cache = new();
    private readonly Channel<StoreWork> _queue =
        Channel.CreateUnbounded<StoreWork>(new UnboundedChannelOptions { SingleReader = true });

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _writerStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SingleWriterStore(IMailboxDatabase database, MailboxLimits limits, IRealms realms) =>
        (_database, _limits, _realms) = (database, limits, realms);

    /// <summary>Gets a value that indicates whether the database is open.</summary>
    public bool IsReady => _opened.Task.IsCompletedSuccessfully;

    /// <summary>Starts a store on a database, which the store opens and disposes.</summary>
    internal static SingleWriterStore Start(IMailboxDatabase database, MailboxLimits limits, IRealms realms)
    {
        var store = new SingleWriterStore(database, limits, realms);
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
            : new ValueTask<MailboxState?>(Enqueue(batch => batch.Find(mailbox), cancellationToken));
    }

    /// <inheritdoc/>
    public Task<EwsResult<T>> ChangeAsync<T>(
        MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellationToken) =>
        Enqueue(batch => batch.Change(mailbox, change), cancellationToken);

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
        _database.Dispose();
    }

    private Task<T> Enqueue<T>(Func<Batch, T> run, CancellationToken cancellationToken, bool isExclusive = false)
    {
        var work = new StoreWork<T>(run, cancellationToken) { IsExclusive = isExclusive };
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(work), this);
        return work.Task;
    }

    private void RunWriter()
    {
        var openingFailure = TryOpen();
        var works = new List<StoreWork>(MaxBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            TakeBatch(works);
            if (openingFailure is null)
                CommitTogetherOrAlone(works);
            else
                works.ForEach(work => work.Fail(openingFailure));
            works.Clear();
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

    private void TakeBatch(List<StoreWork> works)
    {
        while (works.Count < MaxBatch && _queue.Reader.TryPeek(out var next))
        {
            if (works.Count > 0 && (works[0].IsExclusive || next.IsExclusive))
                return;
            _queue.Reader.TryRead(out _);
            works.Add(next);
        }
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
            if (TryCommit([work]) is { } ownFailure)
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
