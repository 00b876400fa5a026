using System.Collections.Concurrent;
using Ews.ImService.Control.Journal;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>The realms of the service. A realm is created when an admitted request, or a call of the control API that changes it, first
/// names it.</summary>
public sealed class RealmRegistry : IRealms
{
    private readonly ControlOptions _options;
    private readonly ConcurrentDictionary<string, Realm> _realms = new(StringComparer.Ordinal);
    private readonly GuidSource _guids;
    private readonly Lock _creation = new();
    private volatile int _version;

    /// <summary>The realms whose mailboxes an earlier run stored, and that were not used since.</summary>
    private readonly HashSet<string> _stored = new(StringComparer.Ordinal);

    /// <summary>Creates a registry of realms that only this process uses.</summary>
    /// <param name="options">The options of the realms.</param>
    public RealmRegistry(ControlOptions options)
        : this(options, static registry => new LocalRealmStates(registry))
    {
    }

    /// <summary>Creates a registry.</summary>
    /// <param name="options">The options of the realms.</param>
    /// <param name="createStates">Creates the states of the realms.</param>
    internal RealmRegistry(ControlOptions options, Func<RealmRegistry, IRealmStates> createStates)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _guids = new GuidSource(options.IdSeed);
        CreateJournal = _ => new RequestJournal(options.JournalEntries, options.JournalBytes);
        States = createStates(this);
    }

    /// <summary>Occurs when a realm was removed.</summary>
    internal event Action<Realm>? Removed;

    /// <summary>Gets the states of the realms.</summary>
    internal IRealmStates States { get; }

    /// <summary>Gets all realms, ordered by name.</summary>
    public IReadOnlyList<Realm> All => _realms.Values.OrderBy(realm => realm.Name, StringComparer.Ordinal).ToList();

    /// <summary>Gets the number of realms.</summary>
    internal int RealmCount => _realms.Count;

    /// <summary>Gets the journals of all realms, in no particular order.</summary>
    internal IEnumerable<IRequestJournal> Journals => _realms.Select(realm => realm.Value.Journal);

    /// <summary>Gets a function that creates the journal of the realm with a name; the default is a journal in memory.</summary>
    internal Func<string, IRequestJournal> CreateJournal { get; init; }

    /// <summary>Gets a number that changes when a realm is created or removed.</summary>
    internal int Version => _version;

    /// <summary>Gets a realm, which is created if it does not exist, even above the limit.</summary>
    public Realm this[string name] => Find(name) ?? Create(name);

    /// <summary>Gets the reason why a realm cannot be created, one sentence.</summary>
    internal string LimitReason =>
        $"The number of realms has reached the limit Realms:MaxRealms, {_options.MaxRealms}. Delete realms that are not used anymore.";

    /// <summary>Returns a realm, or <c>null</c> if it was not used in this run.</summary>
    internal Realm? Find(string name) => _realms.GetValueOrDefault(name);

    /// <summary>Returns a realm that was used in this run or stored by an earlier one, or the default realm; <c>null</c> if it does not
    /// exist.</summary>
    internal ValueTask<Realm?> FindExistingAsync(string name)
    {
        if (Find(name) is { } realm)
            return new(realm);
        if (name == MailboxKey.DefaultRealm)
            return RealmOfAsync(States.CreateAsync(name, isLimited: false));
        lock (_creation)
            return new(_stored.Contains(name) ? this[name] : Find(name));
    }

    /// <summary>Returns a realm, which is created if it does not exist; <c>null</c> if there are as many realms as allowed.</summary>
    internal ValueTask<Realm?> FindOrCreateAsync(string name) =>
        Find(name) is { } realm ? new(realm) : RealmOfAsync(CreateAsync(name));

    /// <summary>Creates a realm, unless it exists.</summary>
    /// <returns>The realm, or <c>null</c> if there are as many realms as allowed; <c>true</c> if this call created it.</returns>
    internal ValueTask<(Realm? Realm, bool IsNew)> CreateAsync(string name) =>
        Find(name) is { } realm ? new((realm, false)) : States.CreateAsync(name, isLimited: name != MailboxKey.DefaultRealm);

    /// <summary>Creates a realm of this process, unless it exists.</summary>
    /// <returns>The realm, or <c>null</c> if there are as many realms as allowed; <c>true</c> if this call created it.</returns>
    internal (Realm? Realm, bool IsNew) CreateLocal(string name, bool isLimited)
    {
        lock (_creation)
        {
            var exists = Find(name) is not null || _stored.Contains(name);
            var canCreate = !isLimited || _realms.Count + _stored.Count < _options.MaxRealms;
            return exists || canCreate ? (this[name], !exists) : default;
        }
    }

    /// <summary>Counts the realms whose mailboxes an earlier run stored. They can be used even if there are more than allowed.</summary>
    /// <remarks>Without effect for a shared database, which counts its realms itself.</remarks>
    public void AddStored(IEnumerable<string> names)
    {
        if (States.IsShared)
            return;
        lock (_creation)
            _stored.UnionWith(names.Where(name => Find(name) is null));
    }

    /// <summary>Adds or updates a realm of a shared database.</summary>
    /// <param name="name">The name of the realm.</param>
    /// <param name="confirmed">The realm.</param>
    /// <returns>The realm, or a later one with its name.</returns>
    internal Realm Apply(string name, ConfirmedRealm confirmed)
    {
        while (true)
        {
            var realm = this[name];
            if (realm.Confirmed is not { } known || known.Incarnation == confirmed.Incarnation)
            {
                realm.Apply(confirmed);
                return realm;
            }

            if (known.Incarnation > confirmed.Incarnation)
                return realm;
            Remove(realm);
        }
    }

    /// <summary>Changes <see cref="Version"/>, because another instance created or deleted a realm.</summary>
    internal void OnListChanged()
    {
        lock (_creation)
            _version++;
    }

    /// <summary>Removes a realm from the registry. Its mailboxes remain in the store.</summary>
    public void Remove(Realm realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        lock (_creation)
        {
            realm.IsDeleted = true;
            _realms.TryRemove(KeyValuePair.Create(realm.Name, realm));
            _version++;
        }

        realm.Journal.EndWaits();
        Removed?.Invoke(realm);
    }

    /// <inheritdoc/>
    public TimeProvider ClockOf(string realm) => this[realm].Clock;

    /// <summary>Gets a value that indicates whether GUIDs are generated from <see cref="ControlOptions.IdSeed"/>.</summary>
    public bool HasIdSeed => _options.IdSeed is not null;

    /// <inheritdoc/>
    public Guid NewGuid(MailboxKey mailbox, long number)
    {
        var guid = _guids.Create(mailbox, number);
        if (HasIdSeed && number == 0 && mailbox.SmtpAddress != default)
            this[mailbox.Realm].GeneratedGuids[guid] = mailbox.SmtpAddress;
        return guid;
    }

    /// <inheritdoc/>
    public long NewLogId(MailboxKey mailbox) => _guids.CreateLogId(mailbox, Count("log", mailbox));

    /// <inheritdoc/>
    public Guid NewSubscriptionGuid(MailboxKey mailbox) => _guids.CreateSubscriptionGuid(mailbox, Count("subscription", mailbox));

    private static async ValueTask<Realm?> RealmOfAsync(ValueTask<(Realm? Realm, bool IsNew)> creation) => (await creation).Realm;

    /// <summary>Counts the objects of a mailbox, unless their ids are random.</summary>
    private int Count(string kind, MailboxKey mailbox) =>
        HasIdSeed ? States.Count(this[mailbox.Realm], kind, mailbox.SmtpAddress) : 0;

    private Realm Create(string name)
    {
        lock (_creation)
        {
            _stored.Remove(name);
            _version++;
            return _realms.GetOrAdd(name, static (name, registry) => registry.NewRealm(name), this);
        }
    }

    private Realm NewRealm(string name) => new(name, _options, States, CreateJournal(name));
}
