using System.Collections.Concurrent;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>All realms; one comes to be when it is first named.</summary>
public sealed class RealmRegistry(ControlOptions options) : IRealms
{
    private readonly ConcurrentDictionary<string, Realm> _realms = new(StringComparer.Ordinal);
    private readonly GuidSource _guids = new(options.IdSeed);

    /// <summary>All of them, in the order of their names.</summary>
    public IReadOnlyList<Realm> All => _realms.Values.OrderBy(realm => realm.Name, StringComparer.Ordinal).ToList();

    /// <summary>A realm.</summary>
    public Realm this[string name] => _realms.TryGetValue(name, out var realm) ? realm : _realms.GetOrAdd(name, _ => new Realm(name, options));

    /// <summary>Forgets a realm; its mailboxes are the caller's affair.</summary>
    public void Remove(string name) => _realms.TryRemove(name, out _);

    /// <summary>Whether somebody has asked for a realm.</summary>
    public bool Has(string name) => _realms.ContainsKey(name);

    /// <inheritdoc/>
    public TimeProvider ClockOf(string realm) => this[realm].Clock;

    /// <inheritdoc/>
    public Guid NewGuid(MailboxKey mailbox, long number) => _guids.Of(mailbox, number);
}
