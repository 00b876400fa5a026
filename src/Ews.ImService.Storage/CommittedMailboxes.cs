using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>The committed mailboxes on which the requests of one batch are based.</summary>
/// <remarks>
/// If this process has the database exclusively, states in memory are those of the database. Otherwise, a state is used only after the
/// database confirmed its version during the batch.
/// </remarks>
/// <param name="database">The database.</param>
/// <param name="cache">The mailboxes in memory.</param>
internal sealed class CommittedMailboxes(IMailboxDatabase database, MailboxCache cache)
{
    private readonly Dictionary<MailboxKey, CachedMailbox?> _read = [];

    /// <summary>Returns a mailbox, or <c>null</c> if it does not exist.</summary>
    public CachedMailbox? Find(MailboxKey key)
    {
        if (_read.TryGetValue(key, out var mailbox))
            return mailbox;
        if (database.Shared is null && cache.Find(key) is { } cached)
            return cached;
        Read([key]);
        return _read[key];
    }

    /// <summary>Reads mailboxes at one point in time, or confirms their versions.</summary>
    public void Read(IReadOnlyCollection<MailboxKey> keys)
    {
        var known = keys.Select(key => (Key: key, Mailbox: cache.Find(key))).ToList();
        var readings = database.Read([.. known.Select(mailbox => MailboxCache.ToKnown(mailbox.Key, mailbox.Mailbox))]);
        foreach (var ((key, mailbox), reading) in known.Zip(readings))
            _read[key] = cache.Update(key, mailbox, reading);
    }

    /// <summary>Determines whether mailboxes are still those of the database.</summary>
    public bool AreCurrent(IReadOnlyCollection<MailboxKey> keys)
    {
        if (database.Shared is null || keys.Count == 0)
            return true;
        var readings = database.Read([.. keys.Select(key => MailboxCache.ToKnown(key, _read[key]))]);
        return keys.Zip(readings).All(pair => pair.Second.IsUnchanged || (pair.Second.Rows is null && _read[pair.First] is null));
    }
}
