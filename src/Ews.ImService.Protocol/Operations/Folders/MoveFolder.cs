using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Moves folders that clients created to another folder. Their ids do not change.</summary>
/// <remarks>Learn: "MoveFolder operation". Exchange 2007 and later.</remarks>
internal sealed class MoveFolder(IMailboxStore store, FolderIds folders) : FolderTransfer(store, folders)
{
    protected override EwsResult<MailboxFolder> Transfer(MailboxEdit mailbox, MailboxFolder folder, MailboxFolder target) =>
        mailbox.MoveFolder(folder, target);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = RequestSchema + "\n\n" + """
        <xs:complexType name="MoveFolderType">
          <xs:complexContent>
            <xs:extension base="m:BaseMoveCopyFolderType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="MoveFolder" type="m:MoveFolderType" />

        <xs:complexType name="MoveFolderResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="MoveFolderResponse" type="m:MoveFolderResponseType" />
        """;
}
