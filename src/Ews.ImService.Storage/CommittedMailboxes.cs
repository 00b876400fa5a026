using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>The committed mailboxes on which the requests of one batch are based.</summary>
/// <remarks>
/// If this process has the database exclusively, states in memory are those of the database. Otherwise, the database confirms the version
/// of each state during the batch: before requests use it, when they change it, or after they have used a version of this process.
/// </remarks>
/// <param name="database">The database.</param>
/// <param name="cache">The mailboxes in memory.</param>
internal sealed class CommittedMailboxes(IMailboxDatabase database, MailboxCache cache)
{
    private readonly Dictionary<MailboxKey, CachedMailbox?> _read = [];

    /// <summary>The mailboxes that the batch uses in a version of this process, which the database has not confirmed.</summary>
    private readonly Dictionary<MailboxKey, CachedMailbox?> _unconfirmed = [];

    /// <summary>Prepares the mailboxes of a batch.</summary>
    /// <param name="keys">The mailboxes, each once.</param>
    /// <param name="isRepetition"><c>true</c> if a batch with these mailboxes was based on a version that was not current.</param>
    public void Prepare(IReadOnlyCollection<MailboxKey> keys, bool isRepetition)
    {
        var others = new List<MailboxKey>();
        foreach (var key in keys)
        {
            if (!isRepetition && cache.Find(key) is { IsOwn: true } own)
                _unconfirmed[key] = own;
            else
                others.Add(key);
        }

        if (others.Count > 0)
            Read(others);
    }

    /// <summary>Returns a mailbox, or <c>null</c> if it does not exist.</summary>
    public CachedMailbox? Find(MailboxKey key)
    {
        if (_read.TryGetValue(key, out var mailbox) || _unconfirmed.TryGetValue(key, out mailbox))
            return mailbox;
        mailbox = cache.Find(key);
        if (database.Shared is null && mailbox is not null)
            return mailbox;
        var reading = database.Read([MailboxCache.ToKnown(key, mailbox)])[0];
        return _read[key] = cache.Update(key, mailbox, reading);
    }

    /// <summary>Determines whether a mailbox was used in a version that the database has not confirmed.</summary>
    public bool IsUnconfirmed(MailboxKey key) => _unconfirmed.ContainsKey(key);

    /// <summary>Determines whether mailboxes that were used are still those of the database.</summary>
    public bool AreCurrent(IReadOnlyList<KnownMailbox> used) => used.Count == 0 || database.Read(used).All(reading => reading.IsUnchanged);

    private void Read(List<MailboxKey> keys)
    {
        var cached = keys.ConvertAll(cache.Find);
        var readings = database.Read([.. keys.Zip(cached, MailboxCache.ToKnown)]);
        for (var index = 0; index < keys.Count; index++)
            _read[keys[index]] = cache.Update(keys[index], cached[index], readings[index]);
    }
}
