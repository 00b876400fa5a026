using System.Text;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests;

/// <summary>Ids of other mailboxes, of missing items, and with one error each. [MS-OXCEXT] 2.2.6.1.</summary>
internal static class ForeignIds
{
    public const string MalformedText = "Id is malformed.";

    /// <summary>Returns a well-formed item id of a mailbox. The documentation contains mailbox GUIDs that are not valid.</summary>
    public static string ItemOf(string mailboxGuid)
    {
        var guid = Encoding.ASCII.GetBytes(mailboxGuid);
        return Convert.ToBase64String([0, 3, (byte)guid.Length, 0, .. guid, 0, 70, 0, .. new byte[70]]);
    }

    /// <summary>Returns a well-formed id of an item that the mailbox does not contain.</summary>
    public static string MissingItemOf(MailboxState mailbox) =>
        StoreId.ForItem(mailbox.MailboxGuid, MailboxFolder.QuickContacts, 0xFFFFFF);

    /// <summary>Returns ids that no operation accepts, and the error of every operation for each.</summary>
    /// <param name="mailbox">The mailbox of the caller.</param>
    public static IEnumerable<(string Id, string Code, string Text)> Unusable(MailboxState mailbox) =>
    [
        ("", "ErrorInvalidIdEmpty", "Id must be non-empty."),
        (" ", "ErrorInvalidIdMalformed", MalformedText),
        ("not base64!", "ErrorInvalidIdMalformed", MalformedText),
        ("AAMk", "ErrorInvalidIdMalformed", MalformedText),
        (Convert.ToBase64String(new byte[512]), "ErrorInvalidIdMalformed", MalformedText),
        (Convert.ToBase64String(new byte[513]), "ErrorInvalidIdStoreObjectIdTooLong", "Id exceeded allowable length."),
        (new string('A', 5000), "ErrorInvalidIdStoreObjectIdTooLong", "Id exceeded allowable length."),
        (ItemOf("d522c10d-78ce-4097-8f59-b71634cdfdda"), "ErrorNonExistentMailbox", "No mailbox with such guid."),
        (MailboxFolder.QuickContacts.Id(mailbox.MailboxGuid),
            "ErrorCannotUseFolderIdForItemId", "Expected an item Id but received a folder Id."),
    ];
}
