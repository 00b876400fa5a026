using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Returns all groups and personas of the IM list.</summary>
/// <remarks>Learn: "GetImItemList operation". Exchange 2013 and later.</remarks>
internal sealed class GetImItemList(IMailboxStore store, PersonaXml personas) : EwsOperation<GetImItemList.Request, ImItemList>
{
    internal sealed record Request(EwsResult<ExtendedProperties> ExtendedProperties);

    protected override Request Read(RequestReader request) => new(ExtendedProperties.Read(request.Items("ExtendedProperties")));

    protected override async Task<EwsResult<ImItemList>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        if (!request.ExtendedProperties.Succeeded)
            return request.ExtendedProperties.Error;

        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        return new ImItemList(mailbox, mailbox.OrderedGroups, mailbox.OrderedQuickContacts, request.ExtendedProperties.Value);
    }

    protected override void Write(EwsXmlWriter xml, ImItemList result) => ImItemListXml.Write(xml, result, personas);
}
