using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Returns contacts, and IM groups as distribution lists, by their ids.</summary>
/// <remarks>Learn: "GetItem operation (contact)". Exchange 2007 and later.</remarks>
internal sealed class GetItem(IMailboxStore store, AddressList directory) : BatchOperation<GetItem.Request, GetItem.ShapedItem>
{
    internal sealed record Request(string Id, ItemShape Shape);

    internal sealed record ShapedItem(MailboxItem Item, ItemShape Shape);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations =>
        "IM groups are returned without their members and without MIME content.";

    protected override bool HasLimitedResponse => true;

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var shape = ItemShape.Read(request.Element("ItemShape")!, request.Version);
        return request.BaseItemIds("ItemIds").Select(id => shape.Select(shape => new Request(id, shape)));
    }

    protected override async Task<EwsResult<List<EwsResult<ShapedItem>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = directory.WithOwnerName(await store.ReadAsync(caller.Mailbox, cancellationToken));
        return parts.ConvertAll(part => part.Then(request =>
            mailbox.FindItem(request.Id).Then<ShapedItem>(item =>
            request.Shape.IncludesMimeContent && !MimeContent.IsSupported(item)
                ? EwsError.UnsupportedMimeConversion
                : new ShapedItem(item, request.Shape))));
    }

    protected override void Write(EwsXmlWriter xml, ShapedItem result) => ItemXml.WriteItems(xml, [result.Item], result.Shape);

    protected override void WriteAfterError(EwsXmlWriter xml) => ItemXml.WriteItems(xml, [], ItemShape.IdOnly);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetItemType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ItemShape" type="t:ItemResponseShapeType" />
                <xs:element name="ItemIds" type="t:NonEmptyArrayOfBaseItemIdsType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetItem" type="m:GetItemType" />

        <xs:complexType name="GetItemResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetItemResponse" type="m:GetItemResponseType" />
        """;
}
