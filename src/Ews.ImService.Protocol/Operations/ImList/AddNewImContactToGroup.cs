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

    protected override Task<EwsResult<Persona>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) => store.ChangeAsync(
        caller.Mailbox,
        mailbox => mailbox.AddNewImContactToGroup(request.ImAddress, request.DisplayName, request.GroupId)
            .Select(contact => Persona.Of(mailbox.State, contact)),
        cancellationToken);

    protected override void Write(EwsXmlWriter xml, Persona result) => personas.WriteMessage(xml, result);
}
