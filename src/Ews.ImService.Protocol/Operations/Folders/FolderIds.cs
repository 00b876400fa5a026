using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Finds the folders that requests name. Learn: "FolderId", "DistinguishedFolderId".</summary>
internal sealed class FolderIds(AccountDirectory accounts)
{
    /// <summary>The folder that a <c>t:FolderId</c> or <c>t:DistinguishedFolderId</c> names; an address list is none.</summary>
    /// <returns>
    /// The folder, or ErrorFolderNotFound, ErrorAccessDenied for another mailbox's folder, ErrorInvalidSmtpAddress, ErrorNonExistentMailbox,
    /// ErrorCannotUseItemIdForFolderId or an id error.
    /// </returns>
    public EwsResult<MailboxFolder> Find(XElement id, MailboxState mailbox)
    {
        var value = id.Attribute("Id")!.Value;
        if (id.Name.LocalName == "AddressListId")
            return EwsError.FolderNotFound;
        if (id.Name.LocalName == "DistinguishedFolderId")
        {
            if (CheckMailbox(id, mailbox) is { } refused)
                return refused;
            return MailboxFolder.Named(value) is { } named ? named : EwsError.FolderNotFound;
        }

        if (MailboxFolder.All.FirstOrDefault(folder => folder.Id(mailbox.MailboxGuid) == value) is { } found)
            return found;
        return mailbox.FindItem(value).Succeeded ? EwsError.CannotUseItemIdForFolderId : IncomingId.ClassifyFolder(value, mailbox.MailboxGuid);
    }

    /// <summary>A distinguished folder may name the mailbox that it is in, which has to be the caller's own: nobody shares folders here.</summary>
    /// <returns>Null, or ErrorAccessDenied, ErrorInvalidSmtpAddress or ErrorNonExistentMailbox.</returns>
    public EwsError? CheckMailbox(XElement id, MailboxState mailbox)
    {
        if (id.Elements().FirstOrDefault()?.Elements().FirstOrDefault(part => part.Name.LocalName == "EmailAddress")?.Value is not { } address)
            return null;
        return accounts.FindBySmtpAddress(address).Match(
            found => found == mailbox.SmtpAddress ? null : EwsError.AccessDenied,
            error => error);
    }
}
