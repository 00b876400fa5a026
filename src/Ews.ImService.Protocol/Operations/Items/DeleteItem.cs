using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Deletes contacts and IM groups.</summary>
/// <remarks>Learn: "DeleteItem operation". Exchange 2007 and later.</remarks>
internal sealed class DeleteItem(IMailboxStore store) : BatchOperation<DeleteItem.Request, Done>
{
    internal sealed record Request(string ItemId, DeletionType Type);

    public override string SinceVersion => "Exchange2007";

    public override string Limitations => "Every DeleteType removes an IM contact from the IM list and an IM group permanently.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var type = Enum.Parse<DeletionType>(request.Attribute("DeleteType")!);
        foreach (var id in request.BaseItemIds("ItemIds"))
            yield return new Request(id, type);
    }

    protected override Task<EwsResult<List<EwsResult<Done>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<Done>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request => mailbox.DeleteItem(request.ItemId, request.Type))),
            cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="DeleteItemType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ItemIds" type="t:NonEmptyArrayOfBaseItemIdsType" />
              </xs:sequence>
              <xs:attribute name="DeleteType" type="t:DisposalType" use="required" />
              <xs:attribute name="SendMeetingCancellations" type="t:CalendarItemCreateOrDeleteOperationType" />
              <xs:attribute name="AffectedTaskOccurrences" type="t:AffectedTaskOccurrencesType" />
              <xs:attribute name="SuppressReadReceipts" type="xs:boolean" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="DeleteItem" type="m:DeleteItemType" />

        <xs:complexType name="DeleteItemResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="DeleteItemResponse" type="m:DeleteItemResponseType" />

        <xs:complexType name="DeleteItemResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        """;
}
