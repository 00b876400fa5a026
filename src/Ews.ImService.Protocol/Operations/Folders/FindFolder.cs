using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Returns the subfolders of folders, in pages.</summary>
/// <remarks>Learn: "FindFolder operation". Exchange 2007 and later.</remarks>
internal sealed class FindFolder(IMailboxStore store, FolderIds folders) : BatchOperation<FindFolder.Request, FindFolder.Found>
{
    private static readonly string[] Views = ["IndexedPageFolderView", "FractionalPageFolderView"];

    private static readonly ItemFilter<FolderRow> Filters = new(FolderFields.ReadPath);

    internal sealed record Request(XElement Folder, FolderShape Shape, PageView View, Func<FolderRow, bool> Filter, string Traversal);

    internal sealed record Found(Page<FolderRow> Page, FolderShape Shape);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations => "The SoftDeleted traversal returns no folders.";

    protected override bool HasLimitedResponse => true;

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var shape = FolderShape.Read(request.Element("FolderShape")!);
        var view = PageView.Read(Views.Select(request.Element).FirstOrDefault(view => view is not null));
        var filter = Filters.Read(request.Element("Restriction"));
        var error = shape.Error ?? view.Error ?? filter.Error;
        foreach (var folder in request.Items("ParentFolderIds"))
        {
            yield return error is null
                ? new Request(folder, shape.Value!, view.Value!, filter.Value!, request.Attribute("Traversal")!)
                : error;
        }
    }

    protected override async Task<EwsResult<List<EwsResult<Found>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return parts.ConvertAll(part => part.Then(request => folders.Find(request.Folder, mailbox).Select(parent =>
        {
            var children = request.Traversal == "SoftDeleted"
                ? []
                : mailbox.Folders.ChildrenOf(parent.Counter, deep: request.Traversal == "Deep");
            var rows = children.Select(folder => new FolderRow(mailbox, folder)).Where(request.Filter).ToList();
            return new Found(request.View.GetPage(rows), request.Shape);
        })));
    }

    protected override void Write(EwsXmlWriter xml, Found result)
    {
        xml.StartMessage("RootFolder");
        result.Page.WriteAttributes(xml);
        xml.StartType("Folders");
        foreach (var folder in result.Page.Rows)
            FolderXml.Write(xml, folder, result.Shape);
        xml.End();
        xml.End();
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="FindFolderType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="FolderShape" type="t:FolderResponseShapeType" />
                <xs:choice minOccurs="0">
                  <xs:element name="IndexedPageFolderView" type="t:IndexedPageViewType" />
                  <xs:element name="FractionalPageFolderView" type="t:FractionalPageViewType" />
                </xs:choice>
                <xs:element name="Restriction" type="t:RestrictionType" minOccurs="0" />
                <xs:element name="ParentFolderIds" type="t:NonEmptyArrayOfBaseFolderIdsType" />
              </xs:sequence>
              <xs:attribute name="Traversal" type="t:FolderQueryTraversalType" use="required" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="FindFolder" type="m:FindFolderType" />

        <xs:complexType name="FindFolderResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="RootFolder" type="t:FindFolderParentType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="FindFolderResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="FindFolderResponse" type="m:FindFolderResponseType" />
        """;
}
