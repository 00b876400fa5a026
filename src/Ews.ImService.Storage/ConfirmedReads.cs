using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>Reads mailboxes of a shared database: from memory after the database confirmed their versions.</summary>
/// <remarks>Each read is one query, which reads that arrive at the same time share.</remarks>
internal sealed class ConfirmedReads : IAsyncDisposable
{
    /// <summary>The number of queries that run at the same time, so that a large mailbox does not delay all others.</summary>
    private const int Concurrency = 2;

    private const int MaxBatch = 256;

    /// <summary>The interval at which mailboxes for whose change a request waits are read, because announcements can be missed.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(2);

    private readonly ISharedMailboxes _database;
    private readonly MailboxCache _cache;
    private readonly TimeSpan _timeout;
    private readonly Coalescer<MailboxKey, MailboxState?> _reads;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _checks;

    /// <summary>Creates the reads, and follows the changes of other processes.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cache">The mailboxes in memory.</param>
    /// <param name="timeout">The time after which a read fails.</param>
    public ConfirmedReads(ISharedMailboxes database, MailboxCache cache, TimeSpan timeout)
    {
        (_database, _cache, _timeout) = (database, cache, timeout);
        _reads = new Coalescer<MailboxKey, MailboxState?>(RunAsync, Concurrency, MaxBatch);
        database.Changed += OnChanged;
        _checks = CheckAwaitedAsync();
    }

    /// <summary>Returns a mailbox as of a time after the call, or <c>null</c> if it does not exist.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="opened">Completes when the database is open.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public Task<MailboxState?> FindAsync(MailboxKey mailbox, Task opened, CancellationToken cancellationToken) =>
        LimitAsync(opened, () => _reads.GetAsync(mailbox, cancellationToken));

    /// <summary>Returns those of some mailboxes that exist, at one point in time after the call.</summary>
    public Task<IReadOnlyList<MailboxState>> ReadManyAsync(
        string realm, IReadOnlyList<SmtpAddress> addresses, Task opened, CancellationToken cancellationToken) =>
        RunAsync(opened, async () =>
        {
            var states = await ReadAsync([.. addresses.Select(address => new MailboxKey(realm, address))], cancellationToken);
            return [.. states.OfType<MailboxState>()];
        });

    /// <summary>Returns all mailboxes of a realm at one point in time after the call, ordered by address.</summary>
    public Task<IReadOnlyList<MailboxState>> ReadAllAsync(string realm, Task opened, CancellationToken cancellationToken) =>
        RunAsync(opened, async () =>
        {
            var known = new Dictionary<MailboxKey, CachedMailbox?>();
            var readings = await _database.ReadRealmAsync(realm, Know, cancellationToken);
            return readings
                .Select(mailbox => _cache.Update(mailbox.Key, known.GetValueOrDefault(mailbox.Key), mailbox.Reading)?.State)
                .OfType<MailboxState>()
                .OrderBy(state => state.SmtpAddress.Key, StringComparer.Ordinal)
                .ToList();

            KnownMailbox Know(MailboxKey key) => MailboxCache.ToKnown(key, known[key] = _cache.Find(key));
        });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _database.Changed -= OnChanged;
        await _stopping.CancelAsync();
        await _checks;
        _stopping.Dispose();
    }

    private Task<IReadOnlyList<MailboxState?>> RunAsync(IReadOnlyList<MailboxKey> keys) => ReadAsync(keys, CancellationToken.None);

    private async Task<IReadOnlyList<MailboxState?>> ReadAsync(IReadOnlyList<MailboxKey> keys, CancellationToken cancellationToken)
    {
        var known = keys.Select(_cache.Find).ToList();
        var readings = await _database.ReadAsync([.. keys.Zip(known, MailboxCache.ToKnown)], cancellationToken);
        return [.. keys.Select((key, index) => _cache.Update(key, known[index], readings[index])?.State)];
    }

    /// <summary>Runs a read of several mailboxes, which can take longer than a request for one mailbox.</summary>
    private static async Task<IReadOnlyList<MailboxState>> RunAsync(Task opened, Func<Task<IReadOnlyList<MailboxState>>> read)
    {
        await opened;
        return await read();
    }

    private async Task<MailboxState?> LimitAsync(Task opened, Func<Task<MailboxState?>> read)
    {
        await opened;
        try
        {
            return await read().WaitAsync(_timeout);
        }
        catch (TimeoutException e)
        {
            throw new StorageException($"The database did not respond within {_timeout.TotalSeconds} seconds.", e);
        }
    }

    private void OnChanged(MailboxKey? mailbox)
    {
        if (mailbox is { } key)
            _cache.SignalChange(key);
        else
            _cache.SignalAnyChange();
    }

    /// <summary>Reads the mailboxes for whose change a request waits from time to time; a change is signaled by the cache.</summary>
    private async Task CheckAwaitedAsync()
    {
        using var timer = new PeriodicTimer(CheckInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                if (_cache.Awaited.ToList() is { Count: > 0 } awaited)
                    await TryReadAsync(awaited);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The store is disposed.
        }
    }

    private async Task TryReadAsync(List<MailboxKey> mailboxes)
    {
        try
        {
            await ReadAsync(mailboxes, _stopping.Token);
        }
        catch (StorageException)
        {
            _cache.SignalAnyChange(); // Those who wait read the mailboxes themselves, and learn of the problem.
        }
    }
}
