using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Ews.ImService.Reliability.Crash;

/// <summary>A client that writes groups and contacts of its own to a mailbox that it shares with other clients.</summary>
/// <param name="name">The name, which is the prefix of the names of its objects.</param>
/// <param name="address">The mailbox.</param>
/// <param name="random">The random choices.</param>
/// <param name="ids">The ids of all objects that the clients have ever created, with their creators.</param>
internal sealed class SharedMailboxClient(string name, string address, Random random, ConcurrentDictionary<string, string> ids)
    : CrashClient(name, realm: "")
{
    private readonly ImListWrites _writes = new(random, address, name + "-");
    private readonly HashSet<string> _known = [];

    protected override Write Next() => _writes.Next(Mailboxes.GetValueOrDefault(address, MailboxModel.Empty));

    protected override Task<bool> TryCompleteAsync(HttpClient http, Write write)
    {
        RegisterIds();
        return Task.FromResult(true);
    }

    protected override async Task<ImmutableSortedDictionary<string, MailboxModel>> ReadAsync(HttpClient http)
    {
        var mailbox = await ReadMailboxAsync(http, address, Name + "-");
        var isUnused = Mailboxes.IsEmpty && mailbox is null or { Groups.IsEmpty: true, ImContacts.IsEmpty: true, Contacts.IsEmpty: true };
        return isUnused ? Mailboxes.Clear() : Mailboxes.Clear().Add(address, mailbox ?? MailboxModel.Empty);
    }

    /// <summary>Verifies that no id was used before, not even by an object that was deleted.</summary>
    private void RegisterIds()
    {
        foreach (var id in Mailboxes.Values.SelectMany(mailbox => mailbox.Ids).Where(_known.Add))
        {
            if (!ids.TryAdd(id, Name))
                throw new RunException($"The id {id} of an object of {Name} was used before, for an object of {ids[id]}.");
        }
    }
}
