using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Removes an IM contact from all groups and from the IM list.</summary>
/// <remarks>Learn: "RemoveContactFromImList operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveContactFromImList(IMailboxStore store) : SingleOperation<RemoveContactFromImList.Request, Done>
{
    internal sealed record Request(string ContactId);

    protected override EwsResult<Request> Read(RequestReader request) => new Request(request.ItemId("ContactId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveContactFromImList(request.ContactId), cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="RemoveContactFromImListType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ContactId" type="t:ItemIdType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="RemoveContactFromImList" type="m:RemoveContactFromImListType" />

        <xs:complexType name="RemoveContactFromImListResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="RemoveContactFromImListResponse" type="m:RemoveContactFromImListResponseMessageType" />
        """;
}
