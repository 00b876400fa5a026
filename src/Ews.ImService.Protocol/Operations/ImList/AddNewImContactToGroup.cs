using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Creates an IM contact for an address, adds it to an IM group and returns its persona.</summary>
/// <remarks>Learn: "AddNewImContactToGroup operation", [MS-OXWSCOS] 3.1.4.4. Exchange 2013 and later.</remarks>
internal sealed class AddNewImContactToGroup(IMailboxStore store, PersonaXml personas)
    : SingleOperation<AddNewImContactToGroup.Request, Persona>
{
    internal sealed record Request(string ImAddress, string? DisplayName, string? GroupId);

    protected override EwsResult<Request> Read(RequestReader request) =>
        new Request(request.Text("ImAddress"), request.OptionalText("DisplayName"), request.OptionalItemId("GroupId"));

    protected override Task<EwsResult<Persona>> ExecuteAsync(
        Request request, Caller caller, CancellationToken cancellationToken) => store.ChangeAsync(
        caller.Mailbox,
        mailbox => mailbox.AddNewImContactToGroup(request.ImAddress, request.DisplayName, request.GroupId)
            .Select(contact => Persona.From(mailbox.State, contact)),
        cancellationToken);

    protected override void Write(EwsXmlWriter xml, Persona result) => personas.WriteMessage(xml, result);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="AddNewImContactToGroupType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ImAddress" type="t:NonEmptyStringType" />
                <xs:element name="DisplayName" type="t:NonEmptyStringType" minOccurs="0" />
                <xs:element name="GroupId" type="t:ItemIdType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddNewImContactToGroup" type="m:AddNewImContactToGroupType" />

        <xs:complexType name="AddNewImContactToGroupResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="Persona" type="t:PersonaType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddNewImContactToGroupResponse" type="m:AddNewImContactToGroupResponseMessageType" />
        """;
}
