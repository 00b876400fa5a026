using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Renames an IM group.</summary>
/// <remarks>
/// Learn: "SetImGroup operation". Exchange 2013 and later. As in Exchange, renaming a group to its current name is an error.
/// </remarks>
internal sealed class SetImGroup(IMailboxStore store) : SingleOperation<SetImGroup.Request, Done>
{
    internal sealed record Request(string GroupId, string NewDisplayName);

    protected override EwsResult<Request> Read(RequestReader request) =>
        new Request(request.ItemId("GroupId"), request.Text("NewDisplayName"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.SetImGroup(request.GroupId, request.NewDisplayName), cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="SetImGroupType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="GroupId" type="t:ItemIdType" />
                <xs:element name="NewDisplayName" type="t:NonEmptyStringType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SetImGroup" type="m:SetImGroupType" />

        <xs:complexType name="SetImGroupResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SetImGroupResponse" type="m:SetImGroupResponseMessageType" />
        """;
}
