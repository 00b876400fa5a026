using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Server;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Events;

/// <summary>Follows the parts of a realm other than its journal, for one client. It compares versions, so that changes need not notify
/// it.</summary>
internal sealed class ChangeFeed : IDisposable
{
    private readonly IMailboxWatch _mailboxes;
    private readonly Part[] _parts;

    public ChangeFeed(Realm realm, RealmRegistry realms, IMailboxStore store, ILogTail log)
    {
        _mailboxes = store.Watch(realm.Name);
        _parts =
        [
            new Part("faults", () => realm.Faults.Version),
            new Part("snapshots", () => realm.Snapshots.Version),
            new Part("clock", () => realm.Clock.Version),
            new Part("realms", () => realms.Version),
            new Part("log", () => log.LastId),
        ];
    }

    /// <summary>Returns the changes since the last call, or since the feed was created; <c>null</c> if there are none.</summary>
    public RealmChanges? TakeChanges()
    {
        var mailboxes = _mailboxes.TakeChanges();
        var parts = _parts.Where(part => part.IsChanged()).Select(part => part.Name).ToList();
        if (parts.Count == 0 && mailboxes?.Count == 0)
            return null;
        return new RealmChanges
        {
            Parts = parts,
            Mailboxes = [.. (mailboxes ?? []).Select(address => address.Value).Order(StringComparer.OrdinalIgnoreCase)],
            AllMailboxes = mailboxes is null,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _mailboxes.Dispose();

    /// <summary>A part of the realm, and the version of it that the client knows.</summary>
    private sealed class Part(string name, Func<object> readVersion)
    {
        private object _known = readVersion();

        public string Name => name;

        public bool IsChanged()
        {
            var known = _known;
            _known = readVersion();
            return !known.Equals(_known);
        }
    }
}
