using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Creates a phone contact, adds it to an IM group and returns its persona.</summary>
/// <remarks>Learn: "AddNewTelUriContactToGroup operation". Exchange 2013 and later.</remarks>
internal sealed class AddNewTelUriContactToGroup(IMailboxStore store, PersonaXml personas)
    : SingleOperation<AddNewTelUriContactToGroup.Request, Persona>
{
    internal sealed record Request(TelUriContact Contact, string? GroupId);

    protected override EwsResult<Request> Read(RequestReader request) => new Request(
        new TelUriContact(request.Text("TelUriAddress"), request.Text("ImContactSipUriAddress"), request.Text("ImTelephoneNumber")),
        request.OptionalItemId("GroupId"));

    protected override Task<EwsResult<Persona>> ExecuteAsync(
        Request request, Caller caller, CancellationToken cancellationToken) => store.ChangeAsync(
        caller.Mailbox,
        mailbox => mailbox.AddNewTelUriContactToGroup(request.Contact, request.GroupId)
            .Select(contact => Persona.From(mailbox.State, contact)),
        cancellationToken);

    protected override void Write(EwsXmlWriter xml, Persona result) => personas.WriteMessage(xml, result);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="AddNewTelUriContactToGroupType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="TelUriAddress" type="t:NonEmptyStringType" />
                <xs:element name="ImContactSipUriAddress" type="t:NonEmptyStringType" />
                <xs:element name="ImTelephoneNumber" type="t:NonEmptyStringType" />
                <xs:element name="GroupId" type="t:ItemIdType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddNewTelUriContactToGroup" type="m:AddNewTelUriContactToGroupType" />

        <xs:complexType name="AddNewTelUriContactToGroupResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="Persona" type="t:PersonaType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddNewTelUriContactToGroupResponse" type="m:AddNewTelUriContactToGroupResponseMessageType" />
        """;
}
