using System.Collections.Concurrent;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>The mailboxes that are in memory: written by the writer thread and by reads of a shared database, read by any thread.</summary>
internal sealed class MailboxCache
{
    /// <summary>The number of mailboxes above which the least recently used ones are removed.</summary>
    public const int MaxMailboxes = 20_000;

    /// <summary>The part of the mailboxes that is removed at once, because each removal looks at all mailboxes.</summary>
    private const int RemovedPart = 10;

    private readonly ConcurrentDictionary<MailboxKey, CachedMailbox> _mailboxes = new();
    private readonly ConcurrentDictionary<MailboxKey, TaskCompletionSource> _waiting = new();
    private readonly MailboxWatches _watches = new();
    private readonly Lock _removal = new();

    /// <summary>Gets the number of mailboxes.</summary>
    public int Count => _mailboxes.Count;

    /// <summary>Gets the mailboxes for whose change a task waits.</summary>
    public IEnumerable<MailboxKey> Awaited => _waiting.Keys;

    /// <summary>Returns a mailbox, or <c>null</c> if it is not in memory.</summary>
    public CachedMailbox? Find(MailboxKey key)
    {
        if (!_mailboxes.TryGetValue(key, out var mailbox))
            return null;
        mailbox.LastUsed = Environment.TickCount64;
        return mailbox;
    }

    /// <summary>Returns the version of a mailbox.</summary>
    public static KnownMailbox ToKnown(MailboxKey key, CachedMailbox? mailbox) =>
        mailbox is null ? new KnownMailbox(key, 0, 0) : new KnownMailbox(key, mailbox.Id, mailbox.Version);

    /// <summary>Adds or replaces a mailbox.</summary>
    public void Set(CachedMailbox mailbox)
    {
        var isNew = !_mailboxes.ContainsKey(mailbox.Key);
        _mailboxes[mailbox.Key] = mailbox;
        if (isNew && _mailboxes.Count > MaxMailboxes) // Counting locks all of them.
            RemoveLeastRecentlyUsed();
    }

    /// <summary>Updates a mailbox after it was read from the database, and signals a change that another process made.</summary>
    /// <param name="key">The realm and address.</param>
    /// <param name="known">The version that was known before, or <c>null</c>.</param>
    /// <param name="reading">The result of reading it.</param>
    /// <returns>The mailbox that was read, or <c>null</c> if it does not exist.</returns>
    public CachedMailbox? Update(MailboxKey key, CachedMailbox? known, MailboxReading reading)
    {
        if (reading.IsUnchanged)
            return known;
        var read = reading.Rows is { } rows
            ? new CachedMailbox(rows.Mailbox.Id, key, rows.Mailbox.Version, RowMapper.ToState(rows))
            : null;
        if (read is null)
            Remove(key);
        else if (!(_mailboxes.TryGetValue(key, out var present) && present.Id == read.Id && present.Version > read.Version))
            Set(read);
        if (known is not null)
            SignalChange(key);
        return read;
    }

    /// <summary>Removes a mailbox.</summary>
    public void Remove(MailboxKey key) => _mailboxes.TryRemove(key, out _);

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

    /// <summary>Signals that any mailbox may have changed.</summary>
    public void SignalAnyChange()
    {
        _watches.SignalAnyChange();
        foreach (var key in _waiting.Keys)
            SignalChange(key);
    }

    private void RemoveLeastRecentlyUsed()
    {
        lock (_removal)
        {
            if (_mailboxes.Count <= MaxMailboxes)
                return;
            foreach (var (key, _) in _mailboxes.OrderBy(mailbox => mailbox.Value.LastUsed).Take(MaxMailboxes / RemovedPart))
                Remove(key);
        }
    }
}
