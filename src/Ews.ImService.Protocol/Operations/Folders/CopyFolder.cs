using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Copies folders, with their items and subfolders, to a folder.</summary>
/// <remarks>Learn: "CopyFolder operation". Exchange 2007 and later.</remarks>
internal sealed class CopyFolder(IMailboxStore store, FolderIds folders) : FolderTransfer(store, folders)
{
    protected override EwsResult<MailboxFolder> Transfer(MailboxEdit mailbox, MailboxFolder folder, MailboxFolder target) =>
        mailbox.CopyFolder(folder, target);

    /// <summary>
    /// The elements of the operation and their types in the messages namespace. The type of the request is in MoveFolder.
    /// </summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="CopyFolderType">
          <xs:complexContent>
            <xs:extension base="m:BaseMoveCopyFolderType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CopyFolder" type="m:CopyFolderType" />

        <xs:complexType name="CopyFolderResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CopyFolderResponse" type="m:CopyFolderResponseType" />
        """;
}
