using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>The replacement of mailboxes of a realm.</summary>
/// <param name="Realm">The name of the realm.</param>
/// <param name="Removed">The addresses of the mailboxes to delete; <c>null</c> for all.</param>
/// <param name="Created">The row keys and the states of the mailboxes to create.</param>
/// <param name="Lease">The lease that the transaction requires, or <c>null</c>.</param>
/// <param name="OnPublished">The action to run when the mailboxes are durable and visible, or <c>null</c>.</param>
internal sealed record Replacement(
    string Realm,
    IReadOnlyCollection<SmtpAddress>? Removed,
    IReadOnlyList<(int Id, MailboxState State)> Created,
    ReplacementLease? Lease,
    Action? OnPublished)
{
    /// <summary>Returns the rows that create the mailboxes as hidden ones, without content.</summary>
    public IEnumerable<RowChange> HiddenRows() => Created.Select(mailbox =>
        new RowChange.Insert(RowMapper.ToHiddenRow(mailbox.Id, new MailboxKey(Realm, mailbox.State.SmtpAddress))));

    /// <summary>Returns the rows of the content of the mailboxes.</summary>
    public IEnumerable<RowChange> ContentRows() => Created.SelectMany(mailbox => RowMapper.ToInserts(mailbox.Id, mailbox.State));
}
