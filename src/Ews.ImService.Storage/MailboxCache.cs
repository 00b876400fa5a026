using System.Collections.Concurrent;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A mailbox of the database.</summary>
/// <param name="Id">The key of its row.</param>
/// <param name="Key">The realm and address.</param>
/// <param name="State">The committed content, or <c>null</c> if it has not been loaded.</param>
internal sealed record CachedMailbox(int Id, MailboxKey Key, MailboxState? State);

/// <summary>The committed mailboxes: written by the writer thread, read by any thread.</summary>
internal sealed class MailboxCache
{
    private readonly ConcurrentDictionary<MailboxKey, CachedMailbox> _mailboxes = new();
    private int _lastId;

    /// <summary>Gets the keys of all mailboxes.</summary>
    public IEnumerable<MailboxKey> Keys => _mailboxes.Keys;

    /// <summary>Returns a mailbox, or <c>null</c> if there is none.</summary>
    public CachedMailbox? Find(MailboxKey key) => _mailboxes.GetValueOrDefault(key);

    /// <summary>Adds or replaces a mailbox.</summary>
    public void Set(CachedMailbox mailbox)
    {
        _mailboxes[mailbox.Key] = mailbox;
        _lastId = Math.Max(_lastId, mailbox.Id);
    }

    /// <summary>Removes a mailbox.</summary>
    public void Remove(MailboxKey key) => _mailboxes.TryRemove(key, out _);

    /// <summary>Returns a row key for a new mailbox. It is not reused, even if the batch fails.</summary>
    public int NextId() => ++_lastId;
}
