using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Removes an IM contact from an IM group. A contact that is removed from its last group leaves the IM list.</summary>
/// <remarks>Learn: "RemoveImContactFromGroup operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveImContactFromGroup(IMailboxStore store)
    : SingleOperation<RemoveImContactFromGroup.Request, Done>
{
    internal sealed record Request(string ContactId, string GroupId);

    protected override EwsResult<Request> Read(RequestReader request) =>
        new Request(request.ItemId("ContactId"), request.ItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            caller.Mailbox, mailbox => mailbox.RemoveImContactFromGroup(request.ContactId, request.GroupId), cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="RemoveImContactFromGroupType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ContactId" type="t:ItemIdType" />
                <xs:element name="GroupId" type="t:ItemIdType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="RemoveImContactFromGroup" type="m:RemoveImContactFromGroupType" />

        <xs:complexType name="RemoveImContactFromGroupResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="RemoveImContactFromGroupResponse" type="m:RemoveImContactFromGroupResponseMessageType" />
        """;
}
