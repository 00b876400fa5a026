using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Adds an existing IM contact to an IM group.</summary>
/// <remarks>Learn: "AddImContactToGroup operation". Exchange 2013 and later.</remarks>
internal sealed class AddImContactToGroup(IMailboxStore store) : SingleOperation<AddImContactToGroup.Request, Done>
{
    internal sealed record Request(string ContactId, string? GroupId);

    protected override EwsResult<Request> Read(RequestReader request) =>
        new Request(request.ItemId("ContactId"), request.OptionalItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.AddImContactToGroup(request.ContactId, request.GroupId), cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="AddImContactToGroupType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ContactId" type="t:ItemIdType" />
                <xs:element name="GroupId" type="t:ItemIdType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddImContactToGroup" type="m:AddImContactToGroupType" />

        <xs:complexType name="AddImContactToGroupResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddImContactToGroupResponse" type="m:AddImContactToGroupResponseMessageType" />
        """;
}
