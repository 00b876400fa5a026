using System.Diagnostics.CodeAnalysis;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>An operation that moves or copies items to a folder.</summary>
/// <param name="store">The mailboxes.</param>
/// <param name="folders">Finds the folder that the request names.</param>
internal abstract class ItemTransfer(IMailboxStore store, FolderIds folders) : BatchOperation<ItemTransfer.Request, MailboxItem?>
{
    internal sealed record Request(string ItemId, XElement Folder, bool ReturnsId);

    public override string SinceVersion => "Exchange2007";

    public override string Limitations =>
        "Only contacts and distribution lists, to folders of contacts and to Deleted Items; not from or to folders of the IM list.";

    /// <summary>Moves or copies an item.</summary>
    /// <returns>The item in the folder, or <c>null</c> if there is none.</returns>
    protected abstract EwsResult<MailboxItem?> Transfer(MailboxEdit mailbox, string itemId, MailboxFolder target);

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var folder = request.Items("ToFolderId").Single();
        var returnsId = request.OptionalText("ReturnNewItemIds") is not { } text || XmlConvert.ToBoolean(text.Trim());
        foreach (var id in request.BaseItemIds("ItemIds"))
            yield return new Request(id, folder, returnsId);
    }

    protected override Task<EwsResult<List<EwsResult<MailboxItem?>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<MailboxItem?>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request =>
                folders.Find(request.Folder, mailbox.State, whenUnknown: EwsError.ToFolderNotFound)
                    .Then(folder => Transfer(mailbox, request.ItemId, folder))
                    .Select(item => request.ReturnsId ? item : null))),
            cancellationToken);

    protected override void Write(EwsXmlWriter xml, MailboxItem? result) =>
        ItemXml.WriteItems(xml, result is null ? [] : [result], ItemShape.IdOnly);

    protected override void WriteAfterError(EwsXmlWriter xml) => ItemXml.WriteItems(xml, [], ItemShape.IdOnly);

    /// <summary>The type of the requests in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    protected const string RequestSchema = """
        <xs:complexType name="BaseMoveCopyItemType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ToFolderId" type="t:TargetFolderIdType" />
                <xs:element name="ItemIds" type="t:NonEmptyArrayOfBaseItemIdsType" />
                <xs:element name="ReturnNewItemIds" type="xs:boolean" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        """;
}
