using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Moves contacts to a folder, where they have new ids.</summary>
/// <remarks>Learn: "MoveItem operation". Exchange 2007 and later.</remarks>
internal sealed class MoveItem(IMailboxStore store, FolderIds folders) : ItemTransfer(store, folders)
{
    protected override EwsResult<MailboxItem?> Transfer(MailboxEdit mailbox, string itemId, MailboxFolder target) =>
        mailbox.MoveItem(itemId, target);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = RequestSchema + "\n\n" + """
        <xs:complexType name="MoveItemType">
          <xs:complexContent>
            <xs:extension base="m:BaseMoveCopyItemType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="MoveItem" type="m:MoveItemType" />

        <xs:complexType name="MoveItemResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="MoveItemResponse" type="m:MoveItemResponseType" />
        """;
}
