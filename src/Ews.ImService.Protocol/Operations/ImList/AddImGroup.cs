using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Adds an IM group to the mailbox of the caller and returns the group.</summary>
/// <remarks>Learn: "AddImGroup operation". Exchange 2013 and later.</remarks>
internal sealed class AddImGroup(IMailboxStore store) : SingleOperation<AddImGroup.Request, ImGroup>
{
    internal sealed record Request(string DisplayName);

    protected override EwsResult<Request> Read(RequestReader request) => new Request(request.Text("DisplayName"));

    protected override Task<EwsResult<ImGroup>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.AddImGroup(request.DisplayName), cancellationToken);

    protected override void Write(EwsXmlWriter xml, ImGroup result) => ImGroupXml.WriteMessage(xml, result);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="AddImGroupType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="DisplayName" type="t:NonEmptyStringType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddImGroup" type="m:AddImGroupType" />

        <xs:complexType name="AddImGroupResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="ImGroup" type="t:ImGroupType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddImGroupResponse" type="m:AddImGroupResponseMessageType" />
        """;
}
