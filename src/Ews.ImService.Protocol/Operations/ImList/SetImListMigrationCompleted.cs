using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Stores whether the contact list of the IM client has been migrated to the mailbox.</summary>
/// <remarks>Learn: "SetImListMigrationCompleted operation". Exchange 2013 and later.</remarks>
internal sealed class SetImListMigrationCompleted(IMailboxStore store)
    : SingleOperation<SetImListMigrationCompleted.Request, Done>
{
    internal sealed record Request(bool ImListMigrationCompleted);

    protected override EwsResult<Request> Read(RequestReader request) => new Request(request.Boolean("ImListMigrationCompleted"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            caller.Mailbox, mailbox => mailbox.SetImListMigrationCompleted(request.ImListMigrationCompleted), cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="SetImListMigrationCompletedType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ImListMigrationCompleted" type="xs:boolean" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SetImListMigrationCompleted" type="m:SetImListMigrationCompletedType" />

        <xs:complexType name="SetImListMigrationCompletedResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SetImListMigrationCompletedResponse" type="m:SetImListMigrationCompletedResponseMessageType" />
        """;
}
