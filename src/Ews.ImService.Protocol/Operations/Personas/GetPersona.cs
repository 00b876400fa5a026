using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Returns one persona, by its id or by an address: of an IM contact, else of the directory.</summary>
/// <remarks>Learn: "GetPersona operation". Exchange 2013 and later. Additional properties are passed over: the answer holds everything.</remarks>
internal sealed class GetPersona(IMailboxStore store, PersonaXml personas, AddressList directory) : EwsOperation<GetPersona.Request, Persona>
{
    internal sealed record Request(string? PersonaId, string? EmailAddress);

    /// <summary>Exchange's one response element that is not named like its operation.</summary>
    public override string ResponseElement => "GetPersonaResponseMessage";

    protected override Request Read(RequestReader request) => new(request.OptionalItemId("PersonaId"), AddressOf(request.Element("EmailAddress")));

    protected override async Task<EwsResult<Persona>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        if (request.PersonaId is null && request.EmailAddress is null)
            return EwsError.MissingPersonaArgument;

        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        var all = mailbox.OrderedContacts.Select(contact => Persona.Of(mailbox, contact)).Concat(directory.Personas(mailbox));
        if (request.PersonaId is { } id)
            return all.FirstOrDefault(persona => persona.Id.Value == id) is { } found ? found : IncomingId.ClassifyPersona(id, mailbox.MailboxGuid);
        return all.FirstOrDefault(persona => persona.HasAddress(request.EmailAddress!)) is { } named ? named : EwsError.ItemNotFound;
    }

    protected override void Write(EwsXmlWriter xml, Persona result)
    {
        xml.StartMessage("Persona");
        personas.WriteContent(xml, result);
        xml.End();
    }

    private static string? AddressOf(XElement? emailAddress) => emailAddress?.Elements().FirstOrDefault(part => part.Name.LocalName == "EmailAddress")?.Value;
}
