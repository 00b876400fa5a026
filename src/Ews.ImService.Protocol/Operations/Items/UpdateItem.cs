using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Changes properties of contacts.</summary>
/// <remarks>Learn: "UpdateItem operation (contact)". Exchange 2007 and later.</remarks>
internal sealed class UpdateItem(IMailboxStore store) : BatchOperation<UpdateItem.Request, MailboxItem>
{
    internal sealed record Request(string ItemId, ConflictRule Conflict, List<PropertyChange> Changes);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations =>
        "With AutoResolve, the later change wins; the address of an IM contact cannot be changed, nor its name deleted. "
        + "Times without an offset are UTC.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var resolution = request.Attribute("ConflictResolution")!;
        foreach (var change in request.Items("ItemChanges"))
            yield return ReadChange(change, resolution);
    }

    protected override Task<EwsResult<List<EwsResult<MailboxItem>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<MailboxItem>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request =>
                mailbox.UpdateItem(request.ItemId, request.Changes, request.Conflict))),
            cancellationToken);

    protected override void Write(EwsXmlWriter xml, MailboxItem result)
    {
        ItemXml.WriteItems(xml, [result], ItemShape.IdOnly);
        xml.StartMessage("ConflictResults");
        xml.Type("Count", "0");
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
            changes.Add(read.Value);
        }

        var id = change.Elements().First();
        var conflict = new ConflictRule(
            id.Attribute("ChangeKey")?.Value,
            RequiresChangeKey: resolution != "AlwaysOverwrite",
            RejectsChanged: resolution == "NeverOverwrite");
        return new Request(id.Attribute("Id")?.Value ?? string.Empty, conflict, changes);
    }

    private static EwsResult<PropertyChange> ReadUpdate(XElement update)
    {
        var kind = update.Name.LocalName;
        return PropertyPath.Read(update.Elements().First()).Then(path =>
        {
            if (update.Elements().Count() != (kind == "DeleteItemField" ? 1 : 2))
                return EwsError.IncorrectUpdatePropertyCount;
            return kind switch
            {
                "DeleteItemField" => ReadDeletion(path),
                "AppendToItemField" => ReadValue(update, path).Then(change => ToAppend(change, path)),
                _ => ReadValue(update, path),
            };
        });
    }

    /// <summary>Reads the new value: the item inside an update contains exactly the property that the update names.</summary>
    private static EwsResult<PropertyChange> ReadValue(XElement update, string path)
    {
        var item = update.Elements().Last();
        if (item.Name.LocalName is not (ItemXml.Contact or "Item"))
            return EwsError.InvalidPropertyRequest(path);
        return ItemXml.Read(item).Then<PropertyChange>(changes => changes switch
        {
            [var change] when path == (ExtendedPathIn(item) ?? change.Path) => change,
            [_] => EwsError.UpdatePropertyMismatch,
            _ => EwsError.IncorrectUpdatePropertyCount,
        });
    }

    /// <summary>Returns the path of the extended property in an item, or <c>null</c> if the item contains none.</summary>
    private static string? ExtendedPathIn(XElement item) =>
        item.Elements().FirstOrDefault(property => property.Name.LocalName == ItemXml.ExtendedProperty) is { } extended
            ? PropertyPath.Read(extended.Elements().First()).Value
            : null;

    private static EwsResult<PropertyChange> ToAppend(PropertyChange change, string path) => change.Path == ContactPath.Body
        ? change with { IsAppended = true }
        : EwsError.InvalidPropertyAppend(path);

    private static EwsResult<PropertyChange> ReadDeletion(string path)
    {
        if (MapiProperty.Find(path) is { } mapped)
            return mapped.Delete();
        var isDeletable = ItemFields.At(path)?.IsDeletable ?? (ItemFields.IsEntry(path) || PropertyPath.IsExtended(path));
        return isDeletable ? new PropertyChange(path, []) : EwsError.InvalidPropertyDelete(path);
    }

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
