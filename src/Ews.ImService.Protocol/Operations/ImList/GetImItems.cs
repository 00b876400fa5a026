using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Returns those groups and personas of the IM list that are asked for; ids that name none are passed over.</summary>
/// <remarks>Learn: "GetImItems operation". Exchange 2013 and later.</remarks>
internal sealed class GetImItems(IMailboxStore store, PersonaXml personas) : EwsOperation<GetImItems.Request, ImItemList>
{
    internal sealed record Request(HashSet<string> ContactIds, HashSet<string> GroupIds, EwsResult<ExtendedProperties> ExtendedProperties);

    protected override Request Read(RequestReader request) => new(
        Ids(request, "ContactIds"), Ids(request, "GroupIds"), ExtendedProperties.Read(request.Items("ExtendedProperties")));

    protected override async Task<EwsResult<ImItemList>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        if (!request.ExtendedProperties.Succeeded)
            return request.ExtendedProperties.Error;

        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        var groups = mailbox.OrderedGroups.Where(group => request.GroupIds.Contains(group.Id.Value));
        var contacts = mailbox.OrderedQuickContacts.Where(contact => request.ContactIds.Contains(contact.Id.Value));
        return new ImItemList(mailbox, groups, contacts, request.ExtendedProperties.Value);
    }

    protected override void Write(EwsXmlWriter xml, ImItemList result) => ImItemListXml.Write(xml, result, personas);

    /// <summary>Item ids of every kind that the schema allows here; an id without an Id attribute of its own names nothing.</summary>
    private static HashSet<string> Ids(RequestReader request, string list) =>
        request.Items(list).Select(item => item.Attribute("Id")?.Value).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
