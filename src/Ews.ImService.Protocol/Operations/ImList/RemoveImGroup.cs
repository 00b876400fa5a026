using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Removes an IM group. Its members stay on the IM list.</summary>
/// <remarks>Learn: "RemoveImGroup operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveImGroup(IMailboxStore store) : SingleOperation<RemoveImGroup.Request, Done>
{
    internal sealed record Request(string GroupId);

    protected override EwsResult<Request> Read(RequestReader request) => new Request(request.ItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveImGroup(request.GroupId), cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="RemoveImGroupType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="GroupId" type="t:ItemIdType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="RemoveImGroup" type="m:RemoveImGroupType" />

        <xs:complexType name="RemoveImGroupResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="RemoveImGroupResponse" type="m:RemoveImGroupResponseMessageType" />
        """;
}
