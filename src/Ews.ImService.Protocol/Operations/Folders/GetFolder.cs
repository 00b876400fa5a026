using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Returns folders by their ids or well-known names.</summary>
/// <remarks>Learn: "GetFolder operation". Exchange 2007 and later.</remarks>
internal sealed class GetFolder(IMailboxStore store, FolderIds folders) : BatchOperation<GetFolder.Request, GetFolder.Found>
{
    internal sealed record Request(FolderShape Shape, List<XElement> Folders);

    internal sealed record Found(MailboxState Mailbox, MailboxFolder Folder, FolderShape Shape);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limits => $"The folders {string.Join(", ", MailboxFolder.All.Select(folder => folder.Name))}, and no extended properties of folders.";

    protected override Request Read(RequestReader request) => new(FolderShape.Read(request.Element("FolderShape")!), request.Items("FolderIds").ToList());

    protected override async Task<IReadOnlyList<EwsResult<Found>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        return request.Folders.Select(id => folders.Find(id, mailbox).Select(folder => new Found(mailbox, folder, request.Shape))).ToList();
    }

    protected override void Write(EwsXmlWriter xml, Found result)
    {
        xml.StartMessage("Folders");
        FolderXml.Write(xml, result.Mailbox, result.Folder, result.Shape);
        xml.End();
    }

    /// <summary>The schema lets it go, and Exchange writes it.</summary>
    protected override void WriteAfterError(EwsXmlWriter xml)
    {
        xml.StartMessage("Folders");
        xml.End();
    }
}
