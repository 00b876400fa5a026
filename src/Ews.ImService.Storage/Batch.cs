using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>The changes of several requests, which are committed in one transaction and visible to readers only after the commit.</summary>
/// <remarks>A method that throws leaves the batch unchanged, except that a missing mailbox may have been created.</remarks>
/// <param name="database">The database.</param>
/// <param name="cache">The committed mailboxes.</param>
/// <param name="limits">The limits of one mailbox.</param>
/// <param name="realms">The clocks and GUIDs of realms.</param>
internal sealed class Batch(IMailboxDatabase database, MailboxCache cache, MailboxLimits limits, IRealms realms)
{
    private readonly Dictionary<MailboxKey, StagedMailbox> _staged = [];
    private readonly List<CachedMailbox> _deleted = [];
    private readonly List<RowChange> _rowChanges = [];

    /// <summary>Returns a mailbox as of this point of the batch, or <c>null</c> if there is none.</summary>
    public MailboxState? Find(MailboxKey key) => FindStaged(key)?.State;

    /// <summary>Returns all mailboxes of a realm as of this point of the batch, ordered by address.</summary>
    public IReadOnlyList<MailboxState> FindAll(string realm) =>
        cache.Keys.Concat(_staged.Keys)
            .Where(key => key.Realm == realm)
            .Distinct()
            .Select(key => FindStaged(key)!.State)
            .OrderBy(state => state.SmtpAddress.Key, StringComparer.Ordinal)
            .ToList();

    /// <summary>Runs a rule on a mailbox, created if it does not exist. If the rule succeeds, its changes join the batch.</summary>
    public EwsResult<T> Change<T>(MailboxKey key, Func<MailboxEdit, EwsResult<T>> change)
    {
        var mailbox = FindStaged(key) ?? Create(key);
        var edit = Edit(key, mailbox.State);
        var result = change(edit);
        if (result.Succeeded)
            Stage(mailbox, edit);
        return result;
    }

    /// <summary>Replaces mailboxes of a realm. The batch contains no other request.</summary>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="removed">The addresses of the mailboxes to delete; <c>null</c> for all.</param>
    /// <param name="added">The mailboxes to create.</param>
    public Done Replace(string realm, IReadOnlyCollection<SmtpAddress>? removed, IReadOnlyCollection<MailboxState> added)
    {
        var keys = removed?.Select(address => new MailboxKey(realm, address)) ?? cache.Keys.Where(key => key.Realm == realm);
        var deleted = keys.Select(cache.Find).OfType<CachedMailbox>().ToList();
        var created = added
            .Select(state => new StagedMailbox(cache.NextId(), new MailboxKey(realm, state.SmtpAddress), Committed: null, state))
            .ToDictionary(mailbox => mailbox.Key);
        var rowChanges = created.Values.SelectMany(mailbox => RowMapper.ToInserts(mailbox.Id, mailbox.State)).ToList();

        _deleted.AddRange(deleted);
        _rowChanges.AddRange(rowChanges);
        foreach (var mailbox in created.Values)
            _staged.Add(mailbox.Key, mailbox);
        return default;
    }

    /// <summary>Commits the batch in one transaction, then publishes it to readers.</summary>
    public void Commit()
    {
        var mailboxRows = _staged.Values.Select(mailbox => mailbox.ToRowChange()).OfType<RowChange>();
        var changes = new RowChanges([.. _deleted.Select(mailbox => mailbox.Id)], [.. mailboxRows, .. _rowChanges]);
        if (!changes.IsEmpty)
            database.Commit(changes);

        foreach (var mailbox in _staged.Values)
            cache.Set(new CachedMailbox(mailbox.Id, mailbox.Key, mailbox.State));
        foreach (var mailbox in _deleted.Where(mailbox => !_staged.ContainsKey(mailbox.Key)))
            cache.Remove(mailbox.Key);
    }

    private StagedMailbox? FindStaged(MailboxKey key)
    {
        if (_staged.TryGetValue(key, out var staged))
            return staged;
        if (cache.Find(key) is not { } cached)
            return null;
        var state = cached.State ?? RowMapper.ToState(database.LoadMailbox(cached.Id));
        return _staged[key] = new StagedMailbox(cached.Id, key, Committed: state, state);
    }

    private StagedMailbox Create(MailboxKey key)
    {
        var empty = new MailboxState(realms.NewGuid(key, 0), key.SmtpAddress);
        var mailbox = new StagedMailbox(cache.NextId(), key, Committed: null, empty);
        var edit = Edit(key, mailbox.State);
        edit.AddSystemGroups();
        return Stage(mailbox, edit);
    }

    private MailboxEdit Edit(MailboxKey key, MailboxState state) =>
        new(state, limits, realms.ClockOf(key.Realm), number => realms.NewGuid(key, number));

    private StagedMailbox Stage(StagedMailbox mailbox, MailboxEdit edit)
    {
        var rowChanges = new List<RowChange>(edit.Changes.Count);
        foreach (var (before, change) in edit.Changes)
        {
            if (RowMapper.ToRowChange(mailbox.Id, before, change) is { } rowChange)
                rowChanges.Add(rowChange);
        }

        _rowChanges.AddRange(rowChanges);
        return _staged[mailbox.Key] = mailbox with { State = edit.State };
    }

    /// <summary>A mailbox that the batch has read or changed.</summary>
    /// <param name="Id">The key of its row.</param>
    /// <param name="Key">The realm and address.</param>
    /// <param name="Committed">The state in the database; <c>null</c> if the batch creates the mailbox.</param>
    /// <param name="State">The state as of this point of the batch.</param>
    private sealed record StagedMailbox(int Id, MailboxKey Key, MailboxState? Committed, MailboxState State)
    {
        /// <summary>Returns the change of the mailbox's own row for the whole batch; <c>null</c> if there is none.</summary>
        public RowChange? ToRowChange()
        {
            var row = RowMapper.ToRow(Id, Key.Realm, State);
            if (Committed is null)
                return new RowChange.Insert(row);
            return Committed.LastCounter == State.LastCounter && Committed.ImListMigrationCompleted == State.ImListMigrationCompleted
                ? null
                : new RowChange.Update(row);
        }
    }
}
