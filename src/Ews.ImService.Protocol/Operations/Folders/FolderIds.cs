using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Finds folders by the ids in requests.</summary>
/// <remarks>Learn: "FolderId", "DistinguishedFolderId".</remarks>
internal sealed class FolderIds(AccountDirectory accounts)
{
    /// <summary>The element with the distinguished name of a folder.</summary>
    public const string DistinguishedFolderId = "DistinguishedFolderId";

    /// <summary>
    /// Finds the folder for a <c>t:FolderId</c> or <c>t:DistinguishedFolderId</c>. A <c>t:AddressListId</c> is not a
    /// folder.
    /// </summary>
    /// <returns>
    /// The folder, or ErrorFolderNotFound, ErrorAccessDenied for a folder of another mailbox, ErrorInvalidSmtpAddress,
    /// ErrorNonExistentMailbox, ErrorCannotUseItemIdForFolderId or an id error.
    /// </returns>
    public EwsResult<MailboxFolder> Find(XElement id, MailboxState mailbox)
    {
        var value = id.Attribute("Id")!.Value;
        if (id.Name.LocalName == "AddressListId")
            return EwsError.FolderNotFound;
        if (id.Name.LocalName == DistinguishedFolderId)
        {
            if (CheckMailbox(id, mailbox) is { } error)
                return error;
            return mailbox.Folders.Named(value) is { } named ? named : EwsError.FolderNotFound;
        }

        if (mailbox.Folders.FindById(value, mailbox.MailboxGuid) is { } found)
            return found;
        return mailbox.FindItem(value).Succeeded
            ? EwsError.CannotUseItemIdForFolderId
            : IncomingId.ClassifyFolder(value, mailbox.MailboxGuid);
    }

    /// <summary>Finds a folder, with another error than ErrorFolderNotFound if it does not exist.</summary>
    /// <returns>The folder, or the error, or another error of <see cref="Find(XElement, MailboxState)"/>.</returns>
    public EwsResult<MailboxFolder> Find(XElement id, MailboxState mailbox, EwsError whenUnknown)
    {
        var found = Find(id, mailbox);
        return found.Succeeded || found.Error != EwsError.FolderNotFound ? found : whenUnknown;
    }

    /// <summary>Finds the folder to synchronize, with the errors of synchronization.</summary>
    /// <returns>
    /// The folder, or ErrorSyncFolderNotFound, ErrorInvalidOperation for an address list, or an error of
    /// <see cref="Find(XElement, MailboxState)"/>.
    /// </returns>
    public EwsResult<MailboxFolder> FindSynced(XElement id, MailboxState mailbox) =>
        id.Name.LocalName == "AddressListId" ? EwsError.InvalidOperation : Find(id, mailbox, whenUnknown: EwsError.SyncFolderNotFound);

    /// <summary>
    /// Verifies the mailbox of a <c>t:DistinguishedFolderId</c>. It must be that of the caller, because folders cannot be shared.
    /// </summary>
    /// <returns><c>null</c>, or ErrorAccessDenied, ErrorInvalidSmtpAddress or ErrorNonExistentMailbox.</returns>
    public EwsError? CheckMailbox(XElement id, MailboxState mailbox)
    {
        var owner = id.Elements().FirstOrDefault();
        if (owner?.Elements().FirstOrDefault(part => part.Name.LocalName == "EmailAddress")?.Value is not { } address)
            return null;
        return accounts.CheckOwner(address, mailbox.SmtpAddress);
    }
}
