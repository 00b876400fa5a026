using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Returns the items of folders that match a restriction and a query, in pages.</summary>
/// <remarks>Learn: "FindItem operation". Exchange 2007 and later.</remarks>
internal sealed class FindItem(IMailboxStore store, FolderIds folders, AddressList directory, TimeProvider clock)
    : BatchOperation<FindItem.Request, FindItem.Found>
{
    /// <summary>The maximum number of items in a response.</summary>
    /// <remarks>Learn: "EWS throttling in Exchange", EWSFindCountLimit.</remarks>
    private const int MaxRows = 1000;

    private static readonly string[] Views =
        ["IndexedPageItemView", "FractionalPageItemView", "SeekToConditionPageItemView", "CalendarView", "ContactsView"];

    private static readonly ItemFilter<MailboxItem> ItemFilters = new(ComparablePath.OfItem);
    private static readonly ItemOrder<MailboxItem> ItemOrders = new(ComparablePath.OfItem);

    internal sealed record Request(
        XElement Folder,
        ItemShape Shape,
        PageView View,
        Func<MailboxItem, bool> Filter,
        Func<IEnumerable<MailboxItem>, List<MailboxItem>> Order,
        bool IsShallow,
        Func<MailboxItem, bool> Query)
    {
        /// <summary>Gets the condition of the row at which a page begins or ends, or <c>null</c> if the view has none.</summary>
        public Func<MailboxItem, bool>? Seek { get; init; }
    }

    internal sealed record Found(Page<MailboxItem> Page, ItemShape Shape);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations =>
        "No grouping. Traversals other than Shallow return no items.";

    protected override bool HasLimitedResponse => true;

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var shape = ItemShape.Read(request.Element("ItemShape")!, request.Version)
            .Select(shape => shape with { IsOfSearchResults = true });
        var viewElement = Views.Select(request.Element).FirstOrDefault(view => view is not null);
        var view = PageView.Read(viewElement);
        var seek = ItemFilters.Read(viewElement?.Elements().FirstOrDefault());
        var filter = ItemFilters.Read(request.Element("Restriction"));
        var order = ItemOrders.Read(request.Element("SortOrder"));
        var isGrouped = request.Element("GroupBy") is not null || request.Element("DistinguishedGroupBy") is not null;
        var queryString = request.OptionalText("QueryString") ?? string.Empty;
        var query = ItemQuery.Read(queryString, clock.GetUtcNow().UtcDateTime);
        var hasTwoFilters = queryString.Length > 0 && request.Element("Restriction") is not null;
        var error = shape.Error ?? view.Error ?? seek.Error ?? filter.Error ?? order.Error ?? query.Error
            ?? (isGrouped ? EwsError.UnsupportedPathForSortGroup : hasTwoFilters ? EwsError.InvalidArgument : null);
        var isShallow = request.Attribute("Traversal") == "Shallow";
        foreach (var folder in request.Items("ParentFolderIds"))
        {
            yield return error is null
                ? new Request(folder, shape.Value!, view.Value!, filter.Value!, order.Value!, isShallow, query.Value!)
                {
                    Seek = view.Value!.IsSeeking ? seek.Value : null,
                }
                : error;
        }
    }

    protected override async Task<EwsResult<List<EwsResult<Found>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = directory.WithOwnerName(await store.ReadAsync(caller.Mailbox, cancellationToken));
        return parts.ConvertAll(part => part.Then(request =>
            folders.Find(request.Folder, mailbox).Select(folder => Find(request, request.IsShallow ? mailbox.ItemsIn(folder) : []))));
    }

    protected override void Write(EwsXmlWriter xml, Found result)
    {
        xml.StartMessage("RootFolder");
        result.Page.WriteAttributes(xml);
        xml.StartType("Items");
        foreach (var item in result.Page.Rows)
            ItemXml.Write(xml, item, result.Shape);
        xml.End();
        xml.End();
    }

    private static Found Find(Request request, IEnumerable<MailboxItem> items)
    {
        var found = items.Where(item =>
            request.Filter(item) && IsBetween(item, request.View) && request.Query(item));
        var rows = request.Order(found);
        var view = request.Seek is { } seek ? request.View.Find(rows, seek) : request.View;
        return new Found(view.Limited(MaxRows).GetPage(rows), request.Shape);
    }

    private static bool IsBetween(MailboxItem item, PageView view)
    {
        var name = item.Properties[ContactPath.DisplayName];
        return (view.InitialName is null || StringComparer.OrdinalIgnoreCase.Compare(name, view.InitialName) >= 0)
            && (view.FinalName is null || StringComparer.OrdinalIgnoreCase.Compare(name, view.FinalName) <= 0);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="QueryStringType">
          <xs:simpleContent>
            <xs:extension base="xs:string">
              <xs:attribute name="ResetCache" type="xs:boolean" />
              <xs:attribute name="ReturnHighlightTerms" type="xs:boolean" />
              <xs:attribute name="ReturnDeletedItems" type="xs:boolean" />
            </xs:extension>
          </xs:simpleContent>
        </xs:complexType>

        <xs:complexType name="FindItemType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ItemShape" type="t:ItemResponseShapeType" />
                <xs:choice minOccurs="0">
                  <xs:element name="IndexedPageItemView" type="t:IndexedPageViewType" />
                  <xs:element name="FractionalPageItemView" type="t:FractionalPageViewType" />
                  <xs:element name="SeekToConditionPageItemView" type="t:SeekToConditionPageViewType" />
                  <xs:element name="CalendarView" type="t:CalendarViewType" />
                  <xs:element name="ContactsView" type="t:ContactsViewType" />
                </xs:choice>
                <xs:choice minOccurs="0">
                  <xs:element name="GroupBy" type="t:GroupByType" />
                  <xs:element name="DistinguishedGroupBy" type="t:DistinguishedGroupByType" />
                </xs:choice>
                <xs:element name="Restriction" type="t:RestrictionType" minOccurs="0" />
                <xs:element name="SortOrder" type="t:NonEmptyArrayOfFieldOrdersType" minOccurs="0" />
                <xs:element name="ParentFolderIds" type="t:NonEmptyArrayOfBaseFolderIdsType" />
                <xs:element name="QueryString" type="m:QueryStringType" minOccurs="0" />
              </xs:sequence>
              <xs:attribute name="Traversal" type="t:ItemQueryTraversalType" use="required" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="FindItem" type="m:FindItemType" />

        <xs:complexType name="FindItemResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="RootFolder" type="t:FindItemParentType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="FindItemResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="FindItemResponse" type="m:FindItemResponseType" />
        """;
}
