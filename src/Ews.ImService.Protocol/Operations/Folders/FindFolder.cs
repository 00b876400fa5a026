using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Lists the folders in folders, page by page.</summary>
/// <remarks>Learn: "FindFolder operation". Exchange 2007 and later.</remarks>
internal sealed class FindFolder(IMailboxStore store, FolderIds folders) : BatchOperation<FindFolder.Request, FindFolder.Found>
{
    private static readonly string[] Views = ["IndexedPageFolderView", "FractionalPageFolderView"];

    internal sealed record Request(FolderShape Shape, EwsResult<PageView> View, string Traversal, bool IsRestricted, List<XElement> Folders);

    internal sealed record Found(MailboxState Mailbox, Page<MailboxFolder> Page, FolderShape Shape);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limits => "No restrictions; SoftDeleted finds nothing.";

    protected override Request Read(RequestReader request) => new(
        FolderShape.Read(request.Element("FolderShape")!),
        PageView.Read(Views.Select(request.Element).FirstOrDefault(view => view is not null)),
        request.Attribute("Traversal")!,
        request.Element("Restriction") is not null,
        request.Items("ParentFolderIds").ToList());

    protected override async Task<IReadOnlyList<EwsResult<Found>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        return request.Folders.Select(id => Find(request, mailbox, id)).ToList();
    }

    protected override void Write(EwsXmlWriter xml, Found result)
    {
        xml.StartMessage("RootFolder");
        result.Page.WriteAttributes(xml);
        xml.StartType("Folders");
        foreach (var folder in result.Page.Rows)
            FolderXml.Write(xml, result.Mailbox, folder, result.Shape);
        xml.End();
        xml.End();
    }

    private EwsResult<Found> Find(Request request, MailboxState mailbox, XElement id)
    {
        if (!request.View.Succeeded)
            return request.View.Error;
        if (request.IsRestricted)
            return EwsError.UnsupportedQueryFilter;
        return folders.Find(id, mailbox).Select(parent =>
        {
            var children = request.Traversal == "SoftDeleted" ? [] : parent.Children(deep: request.Traversal == "Deep").ToList();
            return new Found(mailbox, request.View.Value.Of(children), request.Shape);
        });
    }
}
