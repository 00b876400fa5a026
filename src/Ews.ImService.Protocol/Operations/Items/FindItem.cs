using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Lists the items of folders, those that match a restriction and a query, page by page.</summary>
/// <remarks>Learn: "FindItem operation". Exchange 2007 and later.</remarks>
internal sealed class FindItem(IMailboxStore store, FolderIds folders) : BatchOperation<FindItem.Request, FindItem.Found>
{
    private static readonly string[] Views = ["IndexedPageItemView", "FractionalPageItemView", "SeekToConditionPageItemView", "CalendarView", "ContactsView"];

    internal sealed record Request(
        EwsResult<ItemShape> Shape,
        EwsResult<PageView> View,
        EwsResult<Func<MailboxItem, bool>> Filter,
        EwsResult<Func<IEnumerable<MailboxItem>, List<MailboxItem>>> Order,
        bool IsGrouped,
        bool IsShallow,
        string Query,
        List<XElement> Folders);

    internal sealed record Found(Page<MailboxItem> Page, ItemShape Shape);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limits =>
        "No grouping, no CalendarView, no SeekToConditionPageItemView; Contains ignores letter case or nothing; a QueryString is words that begin names and addresses. Traversals other than Shallow find nothing.";

    protected override Request Read(RequestReader request) => new(
        ItemShape.Read(request.Element("ItemShape")!),
        PageView.Read(Views.Select(request.Element).FirstOrDefault(view => view is not null)),
        ItemFilter.Read(request.Element("Restriction")),
        ItemOrder.Read(request.Element("SortOrder")),
        request.Element("GroupBy") is not null || request.Element("DistinguishedGroupBy") is not null,
        request.Attribute("Traversal") == "Shallow",
        request.OptionalText("QueryString") ?? string.Empty,
        request.Items("ParentFolderIds").ToList());

    protected override async Task<IReadOnlyList<EwsResult<Found>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        return request.Folders.Select(folder => Find(request, mailbox, folder)).ToList();
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

    private static EwsError? Check(Request request) =>
        request.Shape.Error ?? request.View.Error ?? request.Filter.Error ?? request.Order.Error ?? (request.IsGrouped ? EwsError.UnsupportedPathForSortGroup : null);

    private static bool IsBetween(MailboxItem item, PageView view) =>
        (view.InitialName is null || StringComparer.OrdinalIgnoreCase.Compare(item.Properties[ContactPath.DisplayName], view.InitialName) >= 0)
        && (view.FinalName is null || StringComparer.OrdinalIgnoreCase.Compare(item.Properties[ContactPath.DisplayName], view.FinalName) <= 0);

    private EwsResult<Found> Find(Request request, MailboxState mailbox, XElement id)
    {
        if (Check(request) is { } refused)
            return refused;
        var folder = folders.Find(id, mailbox);
        if (!folder.Succeeded)
            return folder.Error;

        var view = request.View.Value!;
        var items = request.IsShallow ? mailbox.ItemsIn(folder.Value) : [];
        var found = items.Where(item => request.Filter.Value!(item) && IsBetween(item, view) && SearchWords.Match([item.Properties], request.Query));
        return new Found(view.Of(request.Order.Value!(found)), request.Shape.Value!);
    }
}
