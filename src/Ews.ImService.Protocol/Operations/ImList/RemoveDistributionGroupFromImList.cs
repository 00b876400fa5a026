using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Removes a distribution group from the IM list.</summary>
/// <remarks>Learn: "RemoveDistributionGroupFromImList operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveDistributionGroupFromImList(IMailboxStore store)
    : SingleOperation<RemoveDistributionGroupFromImList.Request, Done>
{
    internal sealed record Request(string GroupId);

    protected override EwsResult<Request> Read(RequestReader request) => new Request(request.ItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveDistributionGroupFromImList(request.GroupId), cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="RemoveDistributionGroupFromImListType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="GroupId" type="t:ItemIdType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="RemoveDistributionGroupFromImList" type="m:RemoveDistributionGroupFromImListType" />

        <xs:complexType name="RemoveDistributionGroupFromImListResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="RemoveDistributionGroupFromImListResponse" type="m:RemoveDistributionGroupFromImListResponseMessageType" />
        """;
}
