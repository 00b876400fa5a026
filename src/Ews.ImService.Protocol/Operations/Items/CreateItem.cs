using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Makes ordinary contacts.</summary>
/// <remarks>Learn: "CreateItem operation (contact)". Exchange 2007 and later.</remarks>
internal sealed class CreateItem(IMailboxStore store, FolderIds folders) : BatchOperation<CreateItem.Request, MailboxItem>
{
    internal sealed record Request(XElement? Folder, List<EwsResult<ContactProperties>> Items);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limits => "Contacts alone, in the Contacts folder. Times without an offset are taken for UTC.";

    protected override Request Read(RequestReader request) => new(request.Items("SavedItemFolderId").SingleOrDefault(), request.Items("Items").Select(ReadItem).ToList());

    protected override async Task<IReadOnlyList<EwsResult<MailboxItem>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var results = await store.ChangeAsync<List<EwsResult<MailboxItem>>>(
            caller.Mailbox,
            mailbox =>
            {
                var refused = CheckFolder(request, mailbox.State);
                return request.Items.Select(item => refused is null ? item.Select(mailbox.CreateContact) : refused).ToList();
            },
            cancellation);
        return results.Value!;
    }

    protected override void Write(EwsXmlWriter xml, MailboxItem result) => ItemsXml.Write(xml, [result], ItemShape.IdOnly);

    protected override void WriteAfterError(EwsXmlWriter xml) => ItemsXml.Write(xml, [], ItemShape.IdOnly);

    private static EwsResult<ContactProperties> ReadItem(XElement item)
    {
        if (item.Name.LocalName != ItemXml.Contact)
            return EwsError.InvalidItemForOperationCreateItem;
        return ItemXml.Read(item).Select(changes => changes.Aggregate(ContactProperties.Empty, (properties, change) => properties.With(change.Path, change.Values)));
    }

    private EwsError? CheckFolder(Request request, MailboxState mailbox)
    {
        if (request.Folder is null)
            return null;
        var folder = folders.Find(request.Folder, mailbox);
        if (!folder.Succeeded)
            return folder.Error;
        return folder.Value == MailboxFolder.Contacts ? null : EwsError.CreateItemAccessDenied;
    }
}
