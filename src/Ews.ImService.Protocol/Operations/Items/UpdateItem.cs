using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Changes what contacts say.</summary>
/// <remarks>Learn: "UpdateItem operation (contact)". Exchange 2007 and later.</remarks>
internal sealed class UpdateItem(IMailboxStore store) : BatchOperation<UpdateItem.Request, MailboxItem>
{
    internal sealed record Request(List<ItemChange> Changes);

    internal sealed record ItemChange(string ItemId, ConflictRule Conflict, EwsResult<List<PropertyChange>> Changes);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limits => "With AutoResolve the later change wins; an IM contact keeps its address and a name. Times without an offset are taken for UTC.";

    protected override Request Read(RequestReader request)
    {
        var resolution = request.Attribute("ConflictResolution")!;
        return new Request(request.Items("ItemChanges").Select(change => ReadChange(change, resolution)).ToList());
    }

    protected override async Task<IReadOnlyList<EwsResult<MailboxItem>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var results = await store.ChangeAsync<List<EwsResult<MailboxItem>>>(
            caller.Mailbox,
            mailbox => request.Changes.Select(change => change.Changes.Succeeded
                ? mailbox.UpdateItem(change.ItemId, change.Changes.Value, change.Conflict)
                : change.Changes.Error).ToList(),
            cancellation);
        return results.Value!;
    }

    protected override void Write(EwsXmlWriter xml, MailboxItem result)
    {
        ItemsXml.Write(xml, [result], ItemShape.IdOnly);
        xml.StartMessage("ConflictResults");
        xml.Type("Count", "0");
        xml.End();
    }

    protected override void WriteAfterError(EwsXmlWriter xml) => ItemsXml.Write(xml, [], ItemShape.IdOnly);

    private static ItemChange ReadChange(XElement change, string resolution)
    {
        var id = change.Elements().First();
        var conflict = new ConflictRule(id.Attribute("ChangeKey")?.Value, NeedsChangeKey: resolution != "AlwaysOverwrite", RefusesChanged: resolution == "NeverOverwrite");
        var changes = new List<PropertyChange>();
        foreach (var update in change.Elements().Single(part => part.Name.LocalName == "Updates").Elements())
        {
            var read = ReadUpdate(update);
            if (!read.Succeeded)
                return new ItemChange(id.Attribute("Id")?.Value ?? string.Empty, conflict, read.Error);
            changes.Add(read.Value);
        }

        return new ItemChange(id.Attribute("Id")?.Value ?? string.Empty, conflict, changes);
    }

    private static EwsResult<PropertyChange> ReadUpdate(XElement update)
    {
        var path = PropertyPath.Read(update.Elements().First());
        if (!path.Succeeded)
            return path.Error;
        if (update.Elements().Count() != (update.Name.LocalName == "DeleteItemField" ? 1 : 2))
            return EwsError.IncorrectUpdatePropertyCount;
        return update.Name.LocalName switch
        {
            "DeleteItemField" => IsDeletable(path.Value) ? new PropertyChange(path.Value, []) : EwsError.InvalidPropertyDelete(path.Value),
            "AppendToItemField" => ReadValue(update, path.Value) is { Succeeded: false, Error: var error } ? error
                : ItemFields.At(path.Value) is BodyField or TextsField ? ReadValue(update, path.Value).Select(change => change with { IsAppended = true })
                : EwsError.InvalidPropertyAppend(path.Value),
            _ => ReadValue(update, path.Value),
        };
    }

    /// <summary>The item inside an update holds exactly the property that the update names.</summary>
    private static EwsResult<PropertyChange> ReadValue(XElement update, string path)
    {
        var item = update.Elements().Last();
        if (item.Name.LocalName is not (ItemXml.Contact or "Item"))
            return EwsError.InvalidPropertyRequest(path);
        var read = ItemXml.Read(item);
        if (!read.Succeeded)
            return read.Error;
        if (read.Value.Count != 1)
            return EwsError.IncorrectUpdatePropertyCount;
        return read.Value[0].Path == path ? read.Value[0] : EwsError.UpdatePropertyMismatch;
    }

    private static bool IsDeletable(string path) => ItemFields.At(path)?.IsDeletable ?? (ItemFields.IsEntry(path) || PropertyPath.IsExtended(path));
}
