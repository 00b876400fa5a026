using System.Collections.Concurrent;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A mailbox of the database.</summary>
/// <param name="Id">The key of its row.</param>
/// <param name="Key">The realm and address.</param>
/// <param name="MailboxGuid">The mailbox GUID, which is unique in the realm.</param>
/// <param name="State">The committed content, or <c>null</c> if it has not been loaded.</param>
internal sealed record CachedMailbox(int Id, MailboxKey Key, Guid MailboxGuid, MailboxState? State);

/// <summary>The committed mailboxes: written by the writer thread, read by any thread.</summary>
internal sealed class MailboxCache
{
    private readonly ConcurrentDictionary<MailboxKey, CachedMailbox> _mailboxes = new();

    /// <summary>The row keys of all mailboxes by GUID, for the writer thread only.</summary>
    private readonly Dictionary<(string Realm, Guid MailboxGuid), int> _ids = [];

    private readonly ConcurrentDictionary<MailboxKey, TaskCompletionSource> _waiting = new();
    private readonly MailboxWatches _watches = new();
    private int _lastId;

    /// <summary>Gets the keys of all mailboxes.</summary>
    public IEnumerable<MailboxKey> Keys => _mailboxes.Keys;

    /// <summary>Gets the number of mailboxes.</summary>
    public int Count => _mailboxes.Count;

    /// <summary>Gets the number of mailboxes whose content is loaded.</summary>
    public int LoadedCount => _mailboxes.Count(mailbox => mailbox.Value.State is not null);

    /// <summary>Returns a mailbox, or <c>null</c> if there is none.</summary>
    public CachedMailbox? Find(MailboxKey key) => _mailboxes.GetValueOrDefault(key);

    /// <summary>Determines whether a mailbox of a realm has a GUID. Only the writer thread calls this method.</summary>
    public bool HasGuid(string realm, Guid mailboxGuid) => _ids.ContainsKey((realm, mailboxGuid));

    /// <summary>Adds or replaces a mailbox.</summary>
    public void Set(CachedMailbox mailbox)
    {
        var replaced = Find(mailbox.Key);
        _mailboxes[mailbox.Key] = mailbox;
        if (replaced?.Id == mailbox.Id)
            return;
        RemoveGuid(replaced);
        _ids[(mailbox.Key.Realm, mailbox.MailboxGuid)] = mailbox.Id;
    }

    /// <summary>Removes a mailbox.</summary>
    public void Remove(MailboxKey key)
    {
        _mailboxes.TryRemove(key, out var removed);
        RemoveGuid(removed);
    }

    /// <summary>Returns a task that completes when <see cref="SignalChange"/> is called for a mailbox.</summary>
    public Task WaitForChangeAsync(MailboxKey key) => _waiting.GetOrAdd(
        key, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Opens a watch, to which <see cref="SignalChange"/> adds the mailboxes of a realm.</summary>
    public IMailboxWatch Watch(string realm) => _watches.Open(realm);

    /// <summary>Adds a changed mailbox to the watches of its realm, and completes the tasks that wait for the change.</summary>
    public void SignalChange(MailboxKey key)
    {
        _watches.SignalChange(key);
        if (_waiting.TryRemove(key, out var waiting))
            waiting.SetResult();
    }

    /// <summary>Returns a row key for a new mailbox. It is not reused, even if the batch fails.</summary>
    public int NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Excludes the row keys of the database from the keys of new mailboxes, before the first of these is assigned.</summary>
    /// <param name="lastId">The highest row key of the database.</param>
    public void ReserveIds(int lastId) => _lastId = lastId;

    /// <summary>Removes the GUID of a mailbox, unless another mailbox has taken it over.</summary>
    private void RemoveGuid(CachedMailbox? mailbox)
    {
        if (mailbox is not null
            && _ids.TryGetValue((mailbox.Key.Realm, mailbox.MailboxGuid), out var id)
            && id == mailbox.Id)
            _ids.Remove((mailbox.Key.Realm, mailbox.MailboxGuid));
    }
}
