using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Changes properties of contacts and distribution lists.</summary>
/// <remarks>Learn: "UpdateItem operation (contact)". Exchange 2007 and later.</remarks>
internal sealed class UpdateItem(IMailboxStore store) : BatchOperation<UpdateItem.Request, ItemUpdate>
{
    internal sealed record Request(string ItemId, ConflictRule Conflict, List<PropertyChange> Changes);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations =>
        "The address of an IM contact cannot be changed, nor its name deleted.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var resolution = request.Attribute("ConflictResolution")!;
        foreach (var change in request.Items("ItemChanges"))
            yield return ReadChange(change, resolution);
    }

    protected override Task<EwsResult<List<EwsResult<ItemUpdate>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<ItemUpdate>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request =>
                mailbox.UpdateItem(request.ItemId, request.Changes, request.Conflict))),
            cancellationToken);

    protected override void Write(EwsXmlWriter xml, ItemUpdate result)
    {
        ItemXml.WriteItems(xml, [result.Item], ItemShape.IdOnly);
        xml.StartMessage("ConflictResults");
        xml.Type("Count", result.Conflicts.ToString(CultureInfo.InvariantCulture));
        xml.End();
    }

    protected override void WriteAfterError(EwsXmlWriter xml) => ItemXml.WriteItems(xml, [], ItemShape.IdOnly);

    private static EwsResult<Request> ReadChange(XElement change, string resolution)
    {
        var changes = new List<PropertyChange>();
        foreach (var update in change.Elements().Single(part => part.Name.LocalName == "Updates").Elements())
        {
            var read = ReadUpdate(update);
            if (!read.Succeeded)
                return read.Error;
            changes.AddRange(read.Value);
        }

        var id = change.Elements().First();
        var conflict = new ConflictRule(
            id.Attribute("ChangeKey")?.Value,
            RequiresChangeKey: resolution != "AlwaysOverwrite",
            RejectsChanged: resolution == "NeverOverwrite");
        return new Request(id.Attribute("Id")?.Value ?? string.Empty, conflict, changes);
    }

    private static EwsResult<List<PropertyChange>> ReadUpdate(XElement update)
    {
        var kind = update.Name.LocalName;
        return PropertyPath.Read(update.Elements().First()).Then(path =>
        {
            if (update.Elements().Count() != (kind == "DeleteItemField" ? 1 : 2))
                return EwsError.IncorrectUpdatePropertyCount;
            return kind switch
            {
                "DeleteItemField" => ReadDeletion(path),
                "AppendToItemField" => ReadValue(update, path).Then(changes => ToAppend(changes, path)),
                _ => ReadValue(update, path),
            };
        });
    }

    /// <summary>Reads the new value: the item inside an update contains exactly the property that the update names.</summary>
    private static EwsResult<List<PropertyChange>> ReadValue(XElement update, string path)
    {
        var item = update.Elements().Last();
        if (item.Name.LocalName is not (ItemXml.Contact or ItemXml.DistributionList or "Item"))
            return EwsError.InvalidPropertyRequest(path);
        if (item.Elements().Count() != 1)
            return EwsError.IncorrectUpdatePropertyCount;
        var element = item.Elements().Single();
        return ItemReader.Read(item, isNew: false).Then<List<PropertyChange>>(changes =>
        {
            if (ItemReader.PathOf(element) == path)
                return ItemFields.At(path) is IEntriesField entries ? [.. Delete(entries), .. changes] : changes;
            return changes switch
            {
                [var change] when change.Path == path && ItemFields.IsEntry(path) => changes,
                { Count: > 1 } => EwsError.IncorrectUpdatePropertyCount,
                _ => EwsError.UpdatePropertyMismatch,
            };
        });
    }

    private static EwsResult<List<PropertyChange>> ToAppend(List<PropertyChange> changes, string path) => changes switch
    {
        [{ Path: ContactPath.Body } change] => new List<PropertyChange> { change with { IsAppended = true } },
        _ => EwsError.InvalidPropertyAppend(path),
    };

    private static EwsResult<List<PropertyChange>> ReadDeletion(string path)
    {
        if (MapiProperty.Find(path) is { } mapped)
            return mapped.Delete().Select(change => new List<PropertyChange> { change });
        if (ItemFields.At(path) is IEntriesField entries)
            return Delete(entries).ToList();
        if (ItemFields.At(path)?.IsDeletable ?? (ItemFields.IsEntry(path) || PropertyPath.IsExtended(path)))
            return new List<PropertyChange> { new(path, []) };
        return ItemReader.ErrorOfDeletion(path) is { } error ? error : new List<PropertyChange>();
    }

    private static IEnumerable<PropertyChange> Delete(IEntriesField entries) =>
        entries.EntryPaths.Select(path => new PropertyChange(path, []));

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="UpdateItemType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="SavedItemFolderId" type="t:TargetFolderIdType" minOccurs="0" />
                <xs:element name="ItemChanges" type="t:NonEmptyArrayOfItemChangesType" />
              </xs:sequence>
              <xs:attribute name="ConflictResolution" type="t:ConflictResolutionType" use="required" />
              <xs:attribute name="MessageDisposition" type="t:MessageDispositionType" />
              <xs:attribute name="SendMeetingInvitationsOrCancellations" type="t:CalendarItemUpdateOperationType" />
              <xs:attribute name="SuppressReadReceipts" type="xs:boolean" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="UpdateItem" type="m:UpdateItemType" />

        <xs:complexType name="UpdateItemResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ItemInfoResponseMessageType">
              <xs:sequence>
                <xs:element name="ConflictResults" type="t:ConflictResultsType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="UpdateItemResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="UpdateItemResponse" type="m:UpdateItemResponseType" />
        """;
}
