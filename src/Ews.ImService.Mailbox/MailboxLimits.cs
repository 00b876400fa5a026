namespace Ews.ImService.Mailbox;

/// <summary>The limits of one mailbox.</summary>
/// <param name="MaxGroups">The maximum number of IM groups, in addition to the three system groups. The default is 64.</param>
/// <param name="MaxContacts">The maximum number of IM contacts. The default is 1,000.</param>
/// <param name="MaxChanges">The number of changes that the change log keeps at least. The default is 10,000.</param>
/// <param name="MaxAttachmentBytes">The maximum size of an attachment in bytes. The default is 4,194,304.</param>
/// <param name="MaxFolders">The maximum number of folders that clients create. The default is 10,000.</param>
/// <param name="MaxItems">The maximum number of ordinary contacts, including deleted ones. The default is 100,000.</param>
/// <remarks>Learn: "People and contacts in EWS in Exchange".</remarks>
public sealed record MailboxLimits(
    int MaxGroups = 64,
    int MaxContacts = 1000,
    int MaxChanges = 10_000,
    int MaxAttachmentBytes = 4 * 1024 * 1024,
    int MaxFolders = 10_000,
    int MaxItems = 100_000);
