using Ews.ImService.Control;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Harness;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Realms;
using Ews.ImService.Protocol;
using Ews.ImService.Storage;
using Ews.ImService.Tests.Postgres;

namespace Ews.ImService.Tests.Control.Realms;

/// <summary>The place of the states of realms.</summary>
public enum RealmDatabase
{
    /// <summary>The memory of one instance.</summary>
    InProcess,

    /// <summary>A PostgreSQL database that two instances share.</summary>
    Postgres,
}

/// <summary>Two instances of the service that use the same realms and mailboxes. In one process, both are the same instance.</summary>
internal sealed class RealmInstances : IAsyncDisposable
{
    private readonly SingleWriterStore _store;

    private RealmInstances(PostgresDatabase? database, RealmInstance first, RealmInstance second, SingleWriterStore store) =>
        (Database, First, Second, _store) = (database, first, second, store);

    public PostgresDatabase? Database { get; }

    public RealmInstance First { get; }

    public RealmInstance Second { get; }

    public IMailboxStore Store => _store;

    public static RealmInstances Start(RealmDatabase kind, ControlOptions? options = null, string? seed = null)
    {
        var database = kind == RealmDatabase.Postgres ? new PostgresDatabase() : null;
        var first = RealmInstance.Create(database, options ?? new ControlOptions(), "first");
        var second = database is null ? first : RealmInstance.Create(database, options ?? new ControlOptions(), "second");
        var store = MailboxStorage.Start(
            new MailboxStoreOptions(MailboxStoreOptions.InMemory, new MailboxLimits(), first.Registry));
        var start = new StartSeed(seed is null ? [] : [("seed.json", System.Text.Encoding.UTF8.GetBytes(seed))]);
        first.Use(store, start);
        second.Use(store, start);
        return new RealmInstances(database, first, second, store);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Database?.Dispose();
    }
}

/// <summary>The realms of one instance of the service.</summary>
internal sealed class RealmInstance : IAsyncDisposable
{
    private readonly PostgresConnections? _connections;

    private RealmInstance(RealmRegistry registry, PostgresConnections? connections) =>
        (Registry, _connections) = (registry, connections);

    public RealmRegistry Registry { get; }

    public RealmMailboxes Mailboxes { get; private set; } = null!;

    public static RealmInstance Create(PostgresDatabase? database, ControlOptions options, string name, CommitProxy? proxy = null)
    {
        if (database is null)
            return new RealmInstance(new RealmRegistry(options), null);
        var connections = proxy is null ? database.Connect(name) : database.Connect(name, proxy);
        return new RealmInstance(
            new RealmRegistry(options, registry => new PostgresRealmStates(registry, options, connections)), connections);
    }

    public void Use(IMailboxStore store, StartSeed seed)
    {
        var accounts = new AccountDirectory([], autoCreate: true, new ImpersonationRights([]));
        Mailboxes = new RealmMailboxes(Registry, store, accounts, new EwsOptions(), new MailboxLimits(), seed);
    }

    /// <summary>Enters a realm as a request does, which creates it.</summary>
    public async Task<Realm> EnterAsync(string name) => await TryEnterAsync(name) ?? throw new InvalidOperationException("The limit.");

    /// <summary>Enters a realm as a request does, unless the limit of realms is reached.</summary>
    public async Task<Realm?> TryEnterAsync(string name)
    {
        await Registry.States.ConfirmAsync(name, default);
        return await Registry.FindOrCreateAsync(name);
    }

    /// <summary>Enters a realm as a request that does not create it.</summary>
    public async Task<Realm?> FindAsync(string name)
    {
        await Registry.States.ConfirmAsync(name, default);
        return await Registry.FindExistingAsync(name);
    }

    /// <summary>Enters a realm, and matches a request with its fault rules.</summary>
    public async Task<FaultMatch> MatchAsync(string realm, string? operation = "GetImItemList", string? mailbox = "alice@contoso.com") =>
        await (await EnterAsync(realm)).MatchFaultsAsync(operation, mailbox, default);

    public async ValueTask DisposeAsync()
    {
        if (Registry.States is IAsyncDisposable states)
            await states.DisposeAsync();
        if (_connections is not null)
            await _connections.DisposeAsync();
    }
}
