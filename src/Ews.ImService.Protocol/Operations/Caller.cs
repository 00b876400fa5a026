using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations;

/// <summary>The caller of an operation.</summary>
/// <param name="Mailbox">The mailbox that the operation reads and changes.</param>
/// <param name="User">The authenticated user, also if another user is impersonated; the default mailbox for an anonymous request.</param>
internal sealed record Caller(MailboxKey Mailbox, string User);
