using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Returns contacts, and IM groups as distribution lists, by their ids.</summary>
/// <remarks>Learn: "GetItem operation (contact)". Exchange 2007 and later.</remarks>
internal sealed class GetItem(IMailboxStore store) : BatchOperation<GetItem.Request, GetItem.ShapedItem>
{
    internal sealed record Request(EwsResult<ItemShape> Shape, List<string> Ids);

    internal sealed record ShapedItem(MailboxItem Item, ItemShape Shape);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limits => "No MIME content; bodies come in the type in which they were stored; IM groups come without their members.";

    protected override Request Read(RequestReader request) => new(ItemShape.Read(request.Element("ItemShape")!), ItemIds.Read(request.Items("ItemIds")));

    protected override async Task<IReadOnlyList<EwsResult<ShapedItem>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        return request.Ids.Select(id => Find(request, mailbox, id)).ToList();
    }

    protected override void Write(EwsXmlWriter xml, ShapedItem result) => ItemsXml.Write(xml, [result.Item], result.Shape);

    protected override void WriteAfterError(EwsXmlWriter xml) => ItemsXml.Write(xml, [], ItemShape.IdOnly);

    private static EwsResult<ShapedItem> Find(Request request, MailboxState mailbox, string id) =>
        request.Shape.Succeeded ? mailbox.FindItem(id).Select(item => new ShapedItem(item, request.Shape.Value)) : request.Shape.Error;
}
