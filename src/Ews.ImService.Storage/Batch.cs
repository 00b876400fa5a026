using System.Collections.Concurrent;
using Ews.ImService.Mailbox;
using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Storage;

/// <summary>The changes of callers who are committed together; nobody else sees them before <see cref="Commit"/>.</summary>
/// <param name="context">The database.</param>
/// <param name="published">What readers see.</param>
/// <param name="rowIds">Numbers for the rows of new mailboxes.</param>
/// <param name="options">The store's options.</param>
internal sealed class Batch(MailboxDbContext context, ConcurrentDictionary<MailboxKey, StoredMailbox> published, RowIds rowIds, MailboxStoreOptions options)
{
    private readonly Dictionary<MailboxKey, StoredMailbox> _staged = [];
    private readonly List<MailboxKey> _removed = [];
    private readonly MailboxRows _rows = new(context);

    /// <summary>The mailbox as this batch sees it, or null.</summary>
    public MailboxState? Find(MailboxKey mailbox) => Stored(mailbox)?.State;

    /// <summary>All mailboxes of a realm as this batch sees them.</summary>
    public IReadOnlyList<MailboxState> FindAll(string realm) =>
        published.Keys.Concat(_staged.Keys).Where(key => key.Realm == realm).Distinct().Select(key => Stored(key)!.State!).OrderBy(state => state.SmtpAddress, SmtpAddress.Comparer).ToList();

    /// <summary>Puts mailboxes in the place of others; nothing else may be in the batch.</summary>
    public void Replace(string realm, IReadOnlyCollection<string>? removed, IReadOnlyCollection<MailboxState> added)
    {
        var keys = removed?.Select(address => new MailboxKey(realm, address)) ?? published.Keys.Where(key => key.Realm == realm);
        foreach (var key in keys)
        {
            if (!published.TryGetValue(key, out var old))
                continue;
            _rows.RemoveMailbox(old.RowId);
            _removed.Add(key);
        }

        foreach (var state in added)
        {
            var key = new MailboxKey(realm, state.SmtpAddress);
            var rowId = rowIds.Next();
            _rows.AddMailbox(rowId, realm, state);
            foreach (var change in state.AsChanges())
                _rows.Apply(rowId, realm, state, change); // Additions alone, which read of the mailbox what it has in the end too.
            _staged.Add(key, new StoredMailbox(rowId, key, state));
        }
    }

    /// <summary>Runs a rule; its changes join the batch if it succeeds.</summary>
    public EwsResult<T> Change<T>(MailboxKey key, Func<MailboxEdit, EwsResult<T>> change)
    {
        var mailbox = Stored(key) ?? Create(key);
        var edit = Edit(key, mailbox.State!);
        var result = Run(change, edit);
        if (result.Succeeded && edit.Changes.Count > 0)
            Stage(mailbox, edit);
        return result;
    }

    /// <summary>Stores everything in one transaction, then lets readers see it.</summary>
    public void Commit()
    {
        _rows.Save();
        foreach (var (key, mailbox) in _staged)
            published[key] = mailbox;
        foreach (var key in _removed.Where(key => !_staged.ContainsKey(key)))
            published.TryRemove(key, out _);
    }

    private static EwsResult<T> Run<T>(Func<MailboxEdit, EwsResult<T>> change, MailboxEdit edit)
    {
        try
        {
            return change(edit);
        }
#pragma warning disable CA1031 // What follows the rule is the batch's own affair; what the rule throws is its caller's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new RuleException(e);
        }
    }

    private StoredMailbox? Stored(MailboxKey key)
    {
        if (_staged.TryGetValue(key, out var mailbox))
            return mailbox;
        if (!published.TryGetValue(key, out mailbox))
            return null;
        if (mailbox.State is null)
            _staged[key] = mailbox = mailbox with { State = MailboxRows.Load(context, mailbox.RowId) };
        return mailbox;
    }

    private MailboxEdit Edit(MailboxKey key, MailboxState state) =>
        new(state, options.Limits, options.Realms.ClockOf(key.Realm), number => options.Realms.NewGuid(key, number));

    private StoredMailbox Create(MailboxKey key)
    {
        var rowId = rowIds.Next();
        var mailbox = new StoredMailbox(rowId, key, new MailboxState(options.Realms.NewGuid(key, 0), key.SmtpAddress));
        var edit = Edit(key, mailbox.State!);
        edit.AddSystemGroups();
        _rows.AddMailbox(rowId, key.Realm, mailbox.State!);
        return Stage(mailbox, edit);
    }

    private StoredMailbox Stage(StoredMailbox mailbox, MailboxEdit edit)
    {
        var state = mailbox.State!;
        foreach (var change in edit.Changes)
        {
            _rows.Apply(mailbox.RowId, mailbox.Key.Realm, state, change);
            state = state.Apply(change);
        }

        _rows.SetLastCounter(mailbox.RowId, mailbox.Key.Realm, mailbox.State!, state.LastCounter);
        return _staged[mailbox.Key] = mailbox with { State = state };
    }
}

/// <summary>Numbers for the rows of mailboxes, never given twice while the store is open.</summary>
internal sealed class RowIds(int last)
{
    private int _last = last;

    /// <summary>The next one.</summary>
    public int Next() => ++_last;
}
