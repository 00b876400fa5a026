using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>A folder and its mailbox, as responses contain it.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Folder">The folder.</param>
internal sealed record FolderRow(MailboxState Mailbox, MailboxFolder Folder)
{
    /// <summary>Writes the <c>m:Folders</c> of a response message: the folder, or nothing.</summary>
    public static void WriteFolders(EwsXmlWriter xml, FolderRow? folder, FolderShape shape)
    {
        xml.StartMessage("Folders");
        if (folder is not null)
            FolderXml.Write(xml, folder, shape);
        xml.End();
    }
}
