using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Copies contacts to a folder.</summary>
/// <remarks>Learn: "CopyItem operation". Exchange 2007 and later.</remarks>
internal sealed class CopyItem(IMailboxStore store, FolderIds folders) : ItemTransfer(store, folders)
{
    protected override EwsResult<MailboxItem?> Transfer(MailboxEdit mailbox, string itemId, MailboxFolder target) =>
        mailbox.CopyItem(itemId, target).Select(copy => (MailboxItem?)copy);

    /// <summary>The elements of the operation and their types in the messages namespace. The type of the request is in MoveItem.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="CopyItemType">
          <xs:complexContent>
            <xs:extension base="m:BaseMoveCopyItemType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CopyItem" type="m:CopyItemType" />

        <xs:complexType name="CopyItemResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CopyItemResponse" type="m:CopyItemResponseType" />
        """;
}
