using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Sync;

/// <summary>Returns the changes of the items of a folder since a client last synchronized it.</summary>
/// <remarks>Learn: "SyncFolderItems operation", "Mailbox synchronization and EWS in Exchange". Exchange 2007 and later.</remarks>
internal sealed class SyncFolderItems(IMailboxStore store, FolderIds folders, AddressList directory)
    : BatchOperation<SyncFolderItems.Request, SyncFolderItems.Changes>
{
    internal sealed record Request(XElement Folder, ItemShape Shape, string? SyncState, IReadOnlySet<string> Ignored, int MaxChanges);

    internal sealed record Changes(IReadOnlyList<ItemSync> Items, string SyncState, bool IsComplete, ItemShape Shape);

    public override string SinceVersion => "Exchange2007";

    public override string Limitations => "There are no associated items.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var shape = request.Element("ItemShape")!;
        var includesMime = shape.Elements().FirstOrDefault(element => element.Name.LocalName == "IncludeMimeContent")?.Value.Trim();
        if (includesMime is not null && XmlConvert.ToBoolean(includesMime))
        {
            yield return EwsError.InvalidPropertyForOperation;
            yield break;
        }

        yield return ItemShape.Read(shape, request.Version).Select(read => new Request(
            request.Element("SyncFolderId")!.Elements().Single(),
            read with { IsOfSearchResults = true },
            request.OptionalText("SyncState") is { Length: > 0 } state ? state : null,
            request.BaseItemIds("Ignore").ToHashSet(StringComparer.Ordinal),
            int.Parse(request.Text("MaxChangesReturned"), NumberStyles.Integer, CultureInfo.InvariantCulture)));
    }

    protected override async Task<EwsResult<List<EwsResult<Changes>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var results = new List<EwsResult<Changes>>(parts.Count);
        foreach (var part in parts)
            results.Add(part.Succeeded ? await SyncAsync(part.Value, caller, cancellationToken) : part.Error);
        return results;
    }

    protected override void Write(EwsXmlWriter xml, Changes result)
    {
        xml.Message("SyncState", result.SyncState);
        xml.Message("IncludesLastItemInRange", result.IsComplete ? "true" : "false");
        xml.StartMessage("Changes");
        foreach (var change in result.Items)
        {
            xml.StartType(ElementOf(change.Kind));
            if (change.Item is null)
                ItemIdXml.Write(xml, "ItemId", change.ItemId, changeKey: null);
            else
                ItemXml.Write(xml, change.Item, result.Shape);
            xml.End();
        }

        xml.End();
    }

    /// <summary>Writes the elements that clients read before they examine the error.</summary>
    protected override void WriteAfterError(EwsXmlWriter xml)
    {
        xml.Message("SyncState", string.Empty);
        xml.Message("IncludesLastItemInRange", "true");
    }

    /// <summary>Returns the name of the element of a change, also of folders.</summary>
    public static string ElementOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Created => "Create",
        ChangeKind.Modified => "Update",
        _ => "Delete",
    };

    private async Task<EwsResult<Changes>> SyncAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        var found = folders.FindSynced(request.Folder, mailbox);
        if (!found.Succeeded)
            return found.Error;

        var folder = found.Value;
        var progress = FolderSync.Begin(mailbox);
        IReadOnlyList<LogEntry> entries = [];
        if (request.SyncState is { } text)
        {
            var state = SyncState.Read(text);
            if (state is null || state.Scope != SyncScope.Items || state.Folder != folder.Counter)
                return EwsError.InvalidSyncStateData;
            progress = state.Progress;
            if (progress.Position != mailbox.Log.End)
                (mailbox, entries) = await store.ReadLogAsync(caller.Mailbox, progress.Position, int.MaxValue, cancellationToken);
            if (!mailbox.Log.Continues(state.LogId, progress.Position))
                return EwsError.InvalidSyncStateData;
        }

        var log = new LoggedMailbox(directory.WithOwnerName(mailbox), entries);
        var sync = new FolderSync(log, folder, request.Ignored, request.MaxChanges);
        var (next, isComplete) = sync.Continue(progress);
        var nextState = new SyncState(SyncScope.Items, mailbox.Log.Id, folder.Counter, next);
        return new Changes(sync.Changes, nextState.ToString(), isComplete, request.Shape);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    public const string Schema = RequestSchema + ResponseSchema;

    /// <summary>
    /// The schema with elements at the end of the request that [MS-OXWSSYNC] describes and the EWS Managed API sends, although the
    /// published schema does not contain them. They have no effect.
    /// </summary>
    public const string AcceptedSchema = AcceptedRequestSchema + ResponseSchema;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string RequestSchema = """
        <xs:complexType name="SyncFolderItemsType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ItemShape" type="t:ItemResponseShapeType" />
                <xs:element name="SyncFolderId" type="t:TargetFolderIdType" />
                <xs:element name="SyncState" type="xs:string" minOccurs="0" />
                <xs:element name="Ignore" type="t:ArrayOfBaseItemIdsType" minOccurs="0" />
                <xs:element name="MaxChangesReturned" type="t:MaxSyncChangesReturnedType" />
                <xs:element name="SyncScope" type="t:SyncFolderItemsScopeType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SyncFolderItems" type="m:SyncFolderItemsType" />


        """;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string AcceptedRequestSchema = """
        <xs:complexType name="SyncFolderItemsType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ItemShape" type="t:ItemResponseShapeType" />
                <xs:element name="SyncFolderId" type="t:TargetFolderIdType" />
                <xs:element name="SyncState" type="xs:string" minOccurs="0" />
                <xs:element name="Ignore" type="t:ArrayOfBaseItemIdsType" minOccurs="0" />
                <xs:element name="MaxChangesReturned" type="t:MaxSyncChangesReturnedType" />
                <xs:element name="SyncScope" type="t:SyncFolderItemsScopeType" minOccurs="0" />
                <xs:choice minOccurs="0" maxOccurs="3">
                  <xs:element name="NumberOfDays" type="xs:int" />
                  <xs:element name="MinimumCount" type="xs:int" />
                  <xs:element name="MaximumCount" type="xs:int" />
                </xs:choice>
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SyncFolderItems" type="m:SyncFolderItemsType" />


        """;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string ResponseSchema = """
        <xs:complexType name="SyncFolderItemsResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="SyncState" type="xs:string" minOccurs="0" />
                <xs:element name="IncludesLastItemInRange" type="xs:boolean" minOccurs="0" />
                <xs:element name="Changes" type="t:SyncFolderItemsChangesType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="SyncFolderItemsResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SyncFolderItemsResponse" type="m:SyncFolderItemsResponseType" />
        """;
}
