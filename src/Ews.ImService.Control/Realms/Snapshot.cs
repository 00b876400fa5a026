using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>A copy of all mailboxes of a realm.</summary>
/// <param name="TakenAt">The time of the realm at which it was taken.</param>
/// <param name="Mailboxes">The mailboxes.</param>
public sealed record Snapshot(DateTimeOffset TakenAt, IReadOnlyList<MailboxState> Mailboxes);
