using System.Text;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests;

/// <summary>Ids that are good or bad in one way each. [MS-OXCEXT] 2.2.6.1.</summary>
internal static class ForeignIds
{
    public const string TextOfMalformed = "Id is malformed.";

    /// <summary>A well-formed item id whose mailbox is whatever the text says: documents print texts that are no GUIDs.</summary>
    public static string ItemOf(string mailboxGuid)
    {
        var guid = Encoding.ASCII.GetBytes(mailboxGuid);
        return Convert.ToBase64String([0, 3, (byte)guid.Length, 0, .. guid, 0, 70, 0, .. new byte[70]]);
    }

    /// <summary>A well-formed id of a mailbox that no longer, or never, had such an item.</summary>
    public static string MissingItemOf(MailboxState mailbox) => StoreId.ForItem(mailbox.MailboxGuid, MailboxFolder.QuickContacts, 0xFFFFFF);

    /// <summary>Ids that no operation can use, with what every operation says of them; the mailbox is the caller's.</summary>
    public static IEnumerable<(string Id, string Code, string Text)> Unusable(MailboxState mailbox) =>
    [
        ("", "ErrorInvalidIdEmpty", "Id must be non-empty."),
        (" ", "ErrorInvalidIdMalformed", TextOfMalformed),
        ("not base64!", "ErrorInvalidIdMalformed", TextOfMalformed),
        ("AAMk", "ErrorInvalidIdMalformed", TextOfMalformed),
        (Convert.ToBase64String(new byte[1024]), "ErrorInvalidIdMalformed", TextOfMalformed),
        (Convert.ToBase64String(new byte[1025]), "ErrorInvalidIdStoreObjectIdTooLong", "Id exceeded allowable length."),
        (new string('A', 5000), "ErrorInvalidIdStoreObjectIdTooLong", "Id exceeded allowable length."),
        (ItemOf("d522c10d-78ce-4097-8f59-b71634cdfdda"), "ErrorNonExistentMailbox", "No mailbox with such guid."),
        (MailboxFolder.QuickContacts.Id(mailbox.MailboxGuid), "ErrorCannotUseFolderIdForItemId", "Expected an item Id but received a folder Id."),
    ];
}
