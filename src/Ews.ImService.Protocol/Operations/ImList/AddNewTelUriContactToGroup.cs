using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Makes a phone contact, puts it in an IM group and returns its persona.</summary>
/// <remarks>Learn: "AddNewTelUriContactToGroup operation". Exchange 2013 and later.</remarks>
internal sealed class AddNewTelUriContactToGroup(IMailboxStore store, PersonaXml personas) : EwsOperation<AddNewTelUriContactToGroup.Request, Persona>
{
    internal sealed record Request(TelUriContact Contact, string? GroupId);

    protected override Request Read(RequestReader request) => new(
        new TelUriContact(request.Text("TelUriAddress"), request.Text("ImContactSipUriAddress"), request.Text("ImTelephoneNumber")),
        request.OptionalItemId("GroupId"));

    protected override Task<EwsResult<Persona>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) => store.ChangeAsync(
        caller.Mailbox,
        mailbox => mailbox.AddNewTelUriContactToGroup(request.Contact, request.GroupId).Select(contact => Persona.Of(mailbox.State, contact)),
        cancellation);

    protected override void Write(EwsXmlWriter xml, Persona result)
    {
        xml.StartMessage("Persona");
        personas.WriteContent(xml, result);
        xml.End();
    }
}
