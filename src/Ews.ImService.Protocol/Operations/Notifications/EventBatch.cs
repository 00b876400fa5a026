using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Events of a subscription that are delivered together.</summary>
/// <param name="MailboxGuid">The GUID of the mailbox.</param>
/// <param name="Start">The position before the first event.</param>
/// <param name="Events">The events, in order.</param>
/// <param name="End">The position after the last event, or the end of the change log if there are no more events.</param>
/// <param name="HasMore"><c>true</c> if there are more events; otherwise, <c>false</c>.</param>
internal sealed record EventBatch(Guid MailboxGuid, Watermark Start, IReadOnlyList<MailboxEvent> Events, Watermark End, bool HasMore);
