using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Returns one persona, by its id or by an address: of the mailbox, else of the directory.</summary>
/// <remarks>Learn: "GetPersona operation". Exchange 2013 and later.</remarks>
internal sealed class GetPersona(IMailboxStore store, PersonaXml personas, AddressList directory) : EwsOperation<GetPersona.Request, Persona>
{
    internal sealed record Request(string? PersonaId, string? EmailAddress);

    /// <summary>Exchange's one response element that is not named like its operation.</summary>
    public override string ResponseElement => "GetPersonaResponseMessage";

    public override IReadOnlyList<string> Headers => ["ExchangeImpersonation", "RequestServerVersion"];

    public override string Limits => "Additional properties are passed over: the answer holds everything.";

    protected override Request Read(RequestReader request) => new(request.OptionalItemId("PersonaId"), AddressOf(request.Element("EmailAddress")));

    protected override async Task<EwsResult<Persona>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        if (request.PersonaId is null && request.EmailAddress is null)
            return EwsError.MissingPersonaArgument;

        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        if (request.PersonaId is { } id)
            return FindById(mailbox, id) is { } found ? found : IncomingId.ClassifyPersona(id, mailbox.MailboxGuid);
        return mailbox.Personas.Concat(directory.Personas(mailbox)).FirstOrDefault(persona => persona.HasAddress(request.EmailAddress!)) is { } named ? named : EwsError.ItemNotFound;
    }

    protected override void Write(EwsXmlWriter xml, Persona result)
    {
        xml.StartMessage("Persona");
        personas.WriteContent(xml, result);
        xml.End();
    }

    private static string? AddressOf(XElement? emailAddress) => emailAddress?.Elements().FirstOrDefault(part => part.Name.LocalName == "EmailAddress")?.Value;

    /// <summary>An ordinary contact's own persona is found too when an IM contact's has taken its place.</summary>
    private Persona? FindById(MailboxState mailbox, string id)
    {
        if (mailbox.OrderedContacts.FirstOrDefault(contact => contact.PersonaId.Value == id) is { } contact)
            return Persona.Of(mailbox, contact);
        return mailbox.Personas.Concat(directory.Personas(mailbox)).FirstOrDefault(persona => persona.Id.Value == id);
    }
}
