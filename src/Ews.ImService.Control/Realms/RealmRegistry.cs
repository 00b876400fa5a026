using System.Collections.Concurrent;
using Ews.ImService.Control.Journal;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>The realms of the service. A realm is created when an admitted request, or a call of the control API that changes it, first
/// names it.</summary>
/// <param name="options">The options of the realms.</param>
public sealed class RealmRegistry(ControlOptions options) : IRealms
{
    private readonly ConcurrentDictionary<string, Realm> _realms = new(StringComparer.Ordinal);
    private readonly GuidSource _guids = new(options.IdSeed);
    private readonly Lock _creation = new();
    private volatile int _version;

    /// <summary>The realms whose mailboxes an earlier run stored, and that were not used since.</summary>
    private readonly HashSet<string> _stored = new(StringComparer.Ordinal);

    /// <summary>Gets all realms, ordered by name.</summary>
    public IReadOnlyList<Realm> All => _realms.Values.OrderBy(realm => realm.Name, StringComparer.Ordinal).ToList();

    /// <summary>Gets the number of realms.</summary>
    internal int RealmCount => _realms.Count;

    /// <summary>Gets the journals of all realms, in no particular order.</summary>
    internal IEnumerable<IRequestJournal> Journals => _realms.Select(realm => realm.Value.Journal);

    /// <summary>Gets a function that creates the journal of the realm with a name; the default is a journal in memory.</summary>
    internal Func<string, IRequestJournal> CreateJournal { get; init; } =
        _ => new RequestJournal(options.JournalEntries, options.JournalBytes);

    /// <summary>Gets a number that changes when a realm is created or removed.</summary>
    internal int Version => _version;

    /// <summary>Gets a realm, which is created if it does not exist, even above the limit.</summary>
    public Realm this[string name] => Find(name) ?? Create(name);

    /// <summary>Gets the reason why a realm cannot be created, one sentence.</summary>
    internal string LimitReason =>
        $"The number of realms has reached the limit Realms:MaxRealms, {options.MaxRealms}. Delete realms that are not used anymore.";

    /// <summary>Returns a realm, or <c>null</c> if it was not used in this run.</summary>
    internal Realm? Find(string name) => _realms.GetValueOrDefault(name);

    /// <summary>Returns a realm that was used in this run or stored by an earlier one, or the default realm; <c>null</c> if it does not
    /// exist.</summary>
    internal Realm? FindExisting(string name)
    {
        if (Find(name) is { } realm)
            return realm;
        lock (_creation)
            return _stored.Contains(name) || name == MailboxKey.DefaultRealm ? this[name] : Find(name);
    }

    /// <summary>Returns a realm, which is created if it does not exist; <c>null</c> if there are as many realms as allowed.</summary>
    internal Realm? FindOrCreate(string name)
    {
        if (Find(name) is { } realm)
            return realm;
        lock (_creation)
        {
            var canCreate = _realms.Count + _stored.Count < options.MaxRealms
                || _stored.Contains(name)
                || name == MailboxKey.DefaultRealm;
            return canCreate ? this[name] : Find(name);
        }
    }

    /// <summary>Counts the realms whose mailboxes an earlier run stored. They can be used even if there are more than allowed.</summary>
    public void AddStored(IEnumerable<string> names)
    {
        lock (_creation)
            _stored.UnionWith(names.Where(name => Find(name) is null));
    }

    /// <summary>Removes a realm from the registry. Its mailboxes remain in the store.</summary>
    public void Remove(Realm realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        lock (_creation)
        {
            realm.IsDeleted = true;
            _realms.TryRemove(realm.Name, out _);
            _version++;
        }

        realm.Journal.EndWaits();
    }

    /// <inheritdoc/>
    public TimeProvider ClockOf(string realm) => this[realm].Clock;

    /// <summary>Gets a value that indicates whether GUIDs are generated from <see cref="ControlOptions.IdSeed"/>.</summary>
    public bool HasIdSeed => options.IdSeed is not null;

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

    private int Count(string kind, MailboxKey mailbox) => this[mailbox.Realm].Count(kind, mailbox.SmtpAddress);

    private Realm Create(string name)
    {
        lock (_creation)
        {
            _stored.Remove(name);
            _version++;
            return _realms.GetOrAdd(name, static (name, registry) => registry.NewRealm(name), this);
        }
    }

    private Realm NewRealm(string name) => new(name, options, CreateJournal(name));
}
