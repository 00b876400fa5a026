namespace Ews.ImService.Mailbox;

/// <summary>A mailbox and a part of its change log at the same point in time.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Entries">The entries after the requested position, oldest first.</param>
public sealed record LoggedMailbox(MailboxState Mailbox, IReadOnlyList<LogEntry> Entries);
