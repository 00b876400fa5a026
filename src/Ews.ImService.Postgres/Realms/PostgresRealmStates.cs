using Ews.ImService.Control;
using Ews.ImService.Control.Realms;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;

namespace Ews.ImService.Postgres.Realms;

/// <summary>The states of realms in a PostgreSQL database that the instances of the service share.</summary>
/// <remarks>
/// A request that enters a realm waits for a query that starts after the request arrived, and that confirms all realms of concurrent
/// requests. Concurrent changes are applied in one transaction, to copies of the live objects; the live objects follow the commit.
/// </remarks>
internal sealed class PostgresRealmStates : IRealmStates, IAsyncDisposable
{
    /// <summary>The time after which a request fails, so that clients that wait 5 seconds receive an error.</summary>
    private static readonly TimeSpan ResponseTimeout = SingleWriterStore.ResponseTimeout;

    /// <summary>The interval at which realms with timers, such as those of streaming connections, are confirmed without a request.
    /// </summary>
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(500);

    private const int MaxBatch = 256;

    private readonly RealmRegistry _registry;
    private readonly RealmTable _table;
    private readonly RealmChanges _changes;
    private readonly SnapshotTable _snapshots;
    private readonly RealmCounters _counters;
    private readonly Coalescer<KnownRealm, RealmReading> _confirmations;
    private readonly Coalescer<RealmChange, RealmChangeOutcome> _changing;
    private readonly Coalescer<NewRealm, CreatedRealm?> _creations;
    private readonly int _maxRealms;
    private readonly StoredRealmState _initialState;
    private readonly PeriodicTimer _refresh = new(RefreshInterval);
    private readonly Task _refreshing;
    private long _listVersion;

    public PostgresRealmStates(RealmRegistry registry, ControlOptions options, PostgresConnections connections)
    {
        _registry = registry;
        _table = new RealmTable(connections);
        _changes = new RealmChanges(connections, options);
        _snapshots = new SnapshotTable(connections);
        _counters = new RealmCounters(connections);
        _confirmations = new Coalescer<KnownRealm, RealmReading>(_table.ReadAsync, concurrency: 1, MaxBatch);
        _changing = new Coalescer<RealmChange, RealmChangeOutcome>(_changes.RunAsync, concurrency: 2, MaxBatch);
        _creations = new Coalescer<NewRealm, CreatedRealm?>(_table.CreateAsync, concurrency: 1, MaxBatch);
        _maxRealms = options.MaxRealms;
        _initialState = new RealmState(options).Export();
        _refreshing = RefreshAsync();
    }

    public bool IsShared => true;

    public async ValueTask ConfirmAsync(string name, CancellationToken cancellationToken)
    {
        var realm = _registry.Find(name);
        var known = realm?.Confirmed;
        var reading = await WaitAsync(
            _confirmations.GetAsync(new KnownRealm(name, known?.Incarnation ?? 0, known?.Version ?? 0), cancellationToken));
        if (reading.Changed is { } changed)
            _registry.Apply(name, changed);
        else if (!reading.Exists && realm is not null && realm.Confirmed?.Incarnation == known?.Incarnation)
            _registry.Remove(realm);
        OnListRead(reading.ListVersion);
    }

    public async ValueTask<(Realm? Realm, bool IsNew)> CreateAsync(string name, bool isLimited)
    {
        var created = await WaitAsync(_creations.GetAsync(
            new NewRealm(name, isLimited ? _maxRealms : int.MaxValue, _initialState), CancellationToken.None));
        return created is { } realm ? (_registry.Apply(name, realm.Confirmed), realm.IsNew) : default;
    }

    public async ValueTask<IReadOnlyCollection<string>> FindNamesAsync(CancellationToken cancellationToken) =>
        await _table.FindNamesAsync(cancellationToken);

    public async ValueTask<T> ChangeAsync<T>(Realm realm, Func<RealmState, T> change, CancellationToken cancellationToken)
    {
        var request = new RealmChange<T>(realm, change);
        return await WaitAsync(_changing.GetAsync(request, cancellationToken)) switch
        {
            RealmChangeOutcome.Applied => request.Result,
            RealmChangeOutcome.RealmDeleted => change(realm.State),
            _ => throw RealmLease.Lost(realm.Name),
        };
    }

    public async Task RunExclusiveAsync(Realm realm, Func<CancellationToken, Task> work)
    {
        await using var lease = await AcquireAsync(realm);
        await RealmLease.RunAsync(lease, work);
    }

    public async Task DeleteAsync(Realm realm, CancellationToken cancellationToken)
    {
        if (realm.Confirmed is { } confirmed
            && !await _table.DeleteAsync(RealmLease.Current!, confirmed.Incarnation, cancellationToken))
        {
            throw RealmLease.Lost(realm.Name);
        }
    }

    public async Task AddSnapshotAsync(
        Realm realm, string name, DateTimeOffset takenAt, IReadOnlyList<MailboxState> mailboxes, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot(name, takenAt, mailboxes.Count, Guid.NewGuid());
        var change = new RealmChange<bool>(realm, state =>
        {
            state.Snapshots.Set(snapshot);
            return true;
        });
        await _changes.RunAsync(
            change, connection => SnapshotTable.InsertAsync(connection, realm.Name, snapshot.Id, mailboxes, cancellationToken));
    }

    public async ValueTask<IReadOnlyList<MailboxState>?> ReadSnapshotAsync(
        Realm realm, Snapshot snapshot, CancellationToken cancellationToken) =>
        await _snapshots.ReadAsync(realm.Clock, snapshot, cancellationToken);

    public int Count(Realm realm, string kind, SmtpAddress mailbox) => _counters.Increment(realm.Name, kind, mailbox.Key);

    public async ValueTask DisposeAsync()
    {
        _refresh.Dispose();
        await _refreshing;
    }

    /// <summary>Waits until no other instance runs an exclusive operation on a realm.</summary>
    /// <returns>The lease, or <c>null</c> if the realm was deleted.</returns>
    private async Task<RealmLease?> AcquireAsync(Realm realm)
    {
        for (var interval = RealmLease.RetryInterval; !realm.IsDeleted; interval = Min(2 * interval, RealmLease.MaxRetryInterval))
        {
            if (realm.Confirmed is not { } confirmed)
            {
                await CreateAsync(realm.Name, isLimited: false);
            }
            else if (await _table.TryAcquireAsync(realm.Name, confirmed.Incarnation) is var (lease, current))
            {
                realm.Apply(current);
                return lease;
            }
            else
            {
                await ConfirmAsync(realm.Name, CancellationToken.None); // It removes the realm if it was deleted.
                await Task.Delay(interval);
            }
        }

        return null;
    }

    /// <summary>Confirms the realms whose timers a change of the clock can affect, and whose deletion ends streams.</summary>
    private async Task RefreshAsync()
    {
        while (await _refresh.WaitForNextTickAsync())
        {
            try
            {
                await Task.WhenAll(_registry.All
                    .Where(realm => realm.Clock.HasTimers)
                    .Select(realm => ConfirmAsync(realm.Name, CancellationToken.None).AsTask()));
            }
            catch (StorageException)
            {
                // The next refresh confirms them. Requests report the failure.
            }
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void OnListRead(long version)
    {
        var known = Volatile.Read(ref _listVersion);
        if (version > known && Interlocked.CompareExchange(ref _listVersion, version, known) == known)
            _registry.OnListChanged();
    }

    private static async Task<T> WaitAsync<T>(Task<T> task)
    {
        try
        {
            return await task.WaitAsync(ResponseTimeout);
        }
        catch (TimeoutException e)
        {
            throw new StorageException($"The database did not respond within {ResponseTimeout.TotalSeconds} seconds.", e);
        }
    }
}
