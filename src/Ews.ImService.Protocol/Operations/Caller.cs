using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations;

/// <summary>The caller of an operation.</summary>
/// <param name="Mailbox">The mailbox that the operation reads and changes.</param>
internal sealed record Caller(MailboxKey Mailbox);
