using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>An operation that moves or copies folders to a folder.</summary>
/// <param name="store">The mailboxes.</param>
/// <param name="folders">Finds the folders that the request names.</param>
internal abstract class FolderTransfer(IMailboxStore store, FolderIds folders) : BatchOperation<FolderTransfer.Request, FolderRow>
{
    internal sealed record Request(XElement Folder, XElement Target);

    public override string SinceVersion => "Exchange2007";

    /// <summary>Moves or copies a folder.</summary>
    protected abstract EwsResult<MailboxFolder> Transfer(MailboxEdit mailbox, MailboxFolder folder, MailboxFolder target);

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var target = request.Items("ToFolderId").Single();
        foreach (var folder in request.Items("FolderIds"))
            yield return new Request(folder, target);
    }

    protected override Task<EwsResult<List<EwsResult<FolderRow>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<FolderRow>>>(
            caller.Mailbox, mailbox => parts.ConvertAll(part => part.Then(request => Transfer(mailbox, request))), cancellationToken);

    protected override void Write(EwsXmlWriter xml, FolderRow result) => FolderRow.WriteFolders(xml, result, FolderShape.IdOnly);

    protected override void WriteAfterError(EwsXmlWriter xml) => FolderRow.WriteFolders(xml, null, FolderShape.IdOnly);

    private EwsResult<FolderRow> Transfer(MailboxEdit mailbox, Request request) =>
        folders.Find(request.Target, mailbox.State, whenUnknown: EwsError.ToFolderNotFound).Then(target =>
            folders.Find(request.Folder, mailbox.State, whenUnknown: EwsError.ItemNotFound)
                .Then(folder => Transfer(mailbox, folder, target))
                .Select(folder => new FolderRow(mailbox.State, folder)));

    /// <summary>The type of the requests in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    protected const string RequestSchema = """
        <xs:complexType name="BaseMoveCopyFolderType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ToFolderId" type="t:TargetFolderIdType" />
                <xs:element name="FolderIds" type="t:NonEmptyArrayOfBaseFolderIdsType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        """;
}
