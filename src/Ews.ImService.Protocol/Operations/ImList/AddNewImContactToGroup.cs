using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Makes an IM contact for an address, puts it in an IM group and returns its persona.</summary>
/// <remarks>Learn: "AddNewImContactToGroup operation", [MS-OXWSCOS] 3.1.4.4. Exchange 2013 and later.</remarks>
internal sealed class AddNewImContactToGroup(IMailboxStore store, PersonaXml personas) : EwsOperation<AddNewImContactToGroup.Request, Persona>
{
    internal sealed record Request(string ImAddress, string? DisplayName, string? GroupId);

    protected override Request Read(RequestReader request) =>
        new(request.Text("ImAddress"), request.OptionalText("DisplayName"), request.OptionalItemId("GroupId"));

    protected override Task<EwsResult<Persona>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) => store.ChangeAsync(
        caller.Mailbox,
        mailbox => mailbox.AddNewImContactToGroup(request.ImAddress, request.DisplayName, request.GroupId)
            .Select(contact => Persona.Of(mailbox.State, contact)),
        cancellation);

    protected override void Write(EwsXmlWriter xml, Persona result)
    {
        xml.StartMessage("Persona");
        personas.WriteContent(xml, result);
        xml.End();
    }
}
