using System.Collections.Concurrent;
using Ews.ImService.Mailbox;
using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Storage;

/// <summary>The changes of callers who are committed together; nobody else sees them before <see cref="Commit"/>.</summary>
internal sealed class Batch(MailboxDbContext context, ConcurrentDictionary<string, StoredMailbox> published, MailboxStoreOptions options)
{
    private readonly Dictionary<string, StoredMailbox> _staged = new(SmtpAddress.Comparer);
    private readonly MailboxRows _rows = new(context);
    private int _mailboxes = published.Count;

    /// <summary>The mailbox as this batch sees it, or null.</summary>
    public MailboxState? Find(string smtpAddress) => Stored(smtpAddress)?.State;

    /// <summary>Runs a rule; its changes join the batch if it succeeds.</summary>
    public EwsResult<T> Change<T>(string smtpAddress, Func<MailboxEdit, EwsResult<T>> change)
    {
        var mailbox = Stored(smtpAddress) ?? Create(smtpAddress);
        var edit = new MailboxEdit(mailbox.State!, options.Limits, options.Clock, options.NewGuid);
        var result = Run(change, edit);
        if (result.Succeeded && edit.Changes.Count > 0)
            Stage(mailbox, edit);
        return result;
    }

    /// <summary>Stores everything in one transaction, then lets readers see it.</summary>
    public void Commit()
    {
        _rows.Save();
        foreach (var (address, mailbox) in _staged)
            published[address] = mailbox;
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

    private StoredMailbox? Stored(string smtpAddress)
    {
        if (_staged.TryGetValue(smtpAddress, out var mailbox))
            return mailbox;
        if (!published.TryGetValue(smtpAddress, out mailbox))
            return null;
        if (mailbox.State is null)
            _staged[smtpAddress] = mailbox = mailbox with { State = MailboxRows.Load(context, mailbox.RowId) };
        return mailbox;
    }

    private StoredMailbox Create(string smtpAddress)
    {
        var rowId = ++_mailboxes;
        var mailbox = new StoredMailbox(rowId, smtpAddress, new MailboxState(options.NewGuid(), smtpAddress));
        var edit = new MailboxEdit(mailbox.State!, options.Limits, options.Clock, options.NewGuid);
        edit.AddSystemGroups();
        _rows.AddMailbox(rowId, mailbox.State!);
        return Stage(mailbox, edit);
    }

    private StoredMailbox Stage(StoredMailbox mailbox, MailboxEdit edit)
    {
        var state = mailbox.State!;
        foreach (var change in edit.Changes)
        {
            _rows.Apply(mailbox.RowId, state, change);
            state = state.Apply(change);
        }

        _rows.SetLastCounter(mailbox.RowId, mailbox.State!, state.LastCounter);
        return _staged[mailbox.SmtpAddress] = mailbox with { State = state };
    }
}
