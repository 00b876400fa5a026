namespace Ews.ImService.Mailbox;

/// <summary>How much one mailbox holds. Learn: "People and contacts in EWS in Exchange".</summary>
/// <param name="MaxGroups">User and distribution groups; the three system groups do not count.</param>
/// <param name="MaxContacts">IM contacts, and so members of one group.</param>
public sealed record MailboxLimits(int MaxGroups = 64, int MaxContacts = 1000);
