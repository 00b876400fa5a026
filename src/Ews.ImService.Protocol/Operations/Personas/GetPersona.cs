using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Returns one persona of the mailbox or of the directory by its id or by an address.</summary>
/// <remarks>Learn: "GetPersona operation". Exchange 2013 and later.</remarks>
internal sealed class GetPersona(IMailboxStore store, PersonaXml personas, AddressList directory)
    : SingleOperation<GetPersona.Request, Persona>
{
    internal sealed record Request(string? PersonaId, string? EmailAddress);

    /// <summary>Gets the only response element of Exchange that is not named after its operation.</summary>
    public override string ResponseElement => "GetPersonaResponseMessage";

    public override IReadOnlyList<string> Headers => ["ExchangeImpersonation", "RequestServerVersion"];

    public override string Limitations => "AdditionalProperties are ignored: the response contains all properties.";

    protected override EwsResult<Request> Read(RequestReader request)
    {
        var id = request.OptionalItemId("PersonaId");
        var address = request.Element("EmailAddress")?.Elements().FirstOrDefault(part => part.Name.LocalName == "EmailAddress")?.Value;
        return id is null && address is null ? EwsError.MissingPersonaArgument : new Request(id, address);
    }

    protected override async Task<EwsResult<Persona>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        var all = mailbox.Personas.Concat(directory.Personas(mailbox));
        if (request.PersonaId is not { } id)
            return all.FirstOrDefault(persona => persona.HasAddress(request.EmailAddress!)) is { } named ? named : EwsError.ItemNotFound;

        // The persona of a contact can be read by its id even if an IM contact with the same address has replaced it in the list.
        if (mailbox.OrdinaryPeople.FirstOrDefault(contact => contact.PersonaId.Value == id) is { } contact)
            return Persona.From(mailbox, contact);
        return all.FirstOrDefault(persona => persona.Id.Value == id) is { } found
            ? found
            : IncomingId.ClassifyPersona(id, mailbox.MailboxGuid);
    }

    protected override void Write(EwsXmlWriter xml, Persona result) => personas.WriteMessage(xml, result);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetPersonaType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="PersonaId" type="t:ItemIdType" minOccurs="0" />
                <xs:element name="EmailAddress" type="t:EmailAddressType" minOccurs="0" />
                <xs:element name="ParentFolderId" type="t:TargetFolderIdType" minOccurs="0" />
                <xs:element name="ItemLinkId" type="xs:string" minOccurs="0" />
                <xs:element name="AdditionalProperties" type="t:NonEmptyArrayOfPathsToElementType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetPersona" type="m:GetPersonaType" />

        <!-- Persona is required in Exchange's schema, but missing in the documented error response. -->
        <xs:complexType name="GetPersonaResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="Persona" type="t:PersonaType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetPersonaResponseMessage" type="m:GetPersonaResponseMessageType" />
        """;
}
