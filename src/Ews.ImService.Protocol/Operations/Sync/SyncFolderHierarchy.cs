using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Sync;

/// <summary>Returns the changes of the folders below a folder since a client last synchronized them.</summary>
/// <remarks>
/// Learn: "SyncFolderHierarchy operation", "Mailbox synchronization and EWS in Exchange". Exchange 2007 and later. Without a folder, the
/// hierarchy begins at the root, and its synchronization state is another one than that of the root. All changes are in one response.
/// </remarks>
internal sealed class SyncFolderHierarchy(IMailboxStore store, FolderIds folders)
    : BatchOperation<SyncFolderHierarchy.Request, SyncFolderHierarchy.Changes>
{
    /// <summary>The number of no folder in a synchronization state.</summary>
    private const long NoFolder = 0;

    internal sealed record Request(XElement? Folder, FolderShape Shape, string? SyncState);

    internal sealed record Changes(
        MailboxState Mailbox, IReadOnlyList<FolderSyncChange> Folders, string SyncState, FolderShape Shape);

    public override string SinceVersion => "Exchange2007";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        yield return FolderShape.Read(request.Element("FolderShape")!).Select(shape => new Request(
            request.Items("SyncFolderId").SingleOrDefault(),
            shape,
            request.OptionalText("SyncState") is { Length: > 0 } state ? state : null));
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
        xml.Message("IncludesLastFolderInRange", "true");
        xml.StartMessage("Changes");
        foreach (var change in result.Folders)
        {
            xml.StartType(SyncFolderItems.ElementOf(change.Kind));
            if (change.Folder is null)
                ItemIdXml.Write(xml, "FolderId", change.FolderId, changeKey: null);
            else
                FolderXml.Write(xml, new FolderRow(result.Mailbox, change.Folder), result.Shape);
            xml.End();
        }

        xml.End();
    }

    /// <summary>Writes the elements that clients read before they examine the error.</summary>
    protected override void WriteAfterError(EwsXmlWriter xml)
    {
        xml.Message("SyncState", string.Empty);
        xml.Message("IncludesLastFolderInRange", "true");
    }

    private async Task<EwsResult<Changes>> SyncAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        var found = request.Folder is null ? MailboxFolder.Root : folders.FindSynced(request.Folder, mailbox);
        if (!found.Succeeded)
            return found.Error;

        var ancestor = found.Value.Counter;
        var scope = request.Folder is null ? NoFolder : ancestor;
        IReadOnlyList<FolderSyncChange> changes;
        if (request.SyncState is null)
        {
            changes = HierarchySync.Begin(mailbox, ancestor);
        }
        else
        {
            var state = SyncState.Read(request.SyncState);
            if (state is null || state.Scope != SyncScope.Hierarchy || state.Folder != scope)
                return EwsError.InvalidSyncStateData;
            var position = state.Progress.Position;
            (mailbox, var entries) = await store.ReadLogAsync(caller.Mailbox, position, int.MaxValue, cancellationToken);
            if (!mailbox.Log.Continues(state.LogId, position))
                return EwsError.InvalidSyncStateData;
            changes = HierarchySync.Continue(new LoggedMailbox(mailbox, entries), ancestor);
        }

        var next = new SyncState(SyncScope.Hierarchy, mailbox.Log.Id, scope, new SyncProgress(mailbox.Log.End));
        return new Changes(mailbox, changes, next.ToString(), request.Shape);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="SyncFolderHierarchyType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="FolderShape" type="t:FolderResponseShapeType" />
                <xs:element name="SyncFolderId" type="t:TargetFolderIdType" minOccurs="0" />
                <xs:element name="SyncState" type="xs:string" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SyncFolderHierarchy" type="m:SyncFolderHierarchyType" />

        <xs:complexType name="SyncFolderHierarchyResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="SyncState" type="xs:string" minOccurs="0" />
                <xs:element name="IncludesLastFolderInRange" type="xs:boolean" minOccurs="0" />
                <xs:element name="Changes" type="t:SyncFolderHierarchyChangesType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="SyncFolderHierarchyResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SyncFolderHierarchyResponse" type="m:SyncFolderHierarchyResponseType" />
        """;
}
