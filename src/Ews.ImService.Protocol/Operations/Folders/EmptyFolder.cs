using System.Diagnostics.CodeAnalysis;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Deletes the items of folders and, optionally, the subfolders that clients created.</summary>
/// <remarks>Learn: "EmptyFolder operation". Exchange 2010 SP1 and later.</remarks>
internal sealed class EmptyFolder(IMailboxStore store, FolderIds folders) : BatchOperation<EmptyFolder.Request, Done>
{
    internal sealed record Request(XElement Folder, DeletionType Type, bool DeleteSubFolders);

    public override string SinceVersion => "Exchange2010_SP1";

    public override string Limitations => "The folders of the IM list cannot be emptied.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var type = Enum.Parse<DeletionType>(request.Attribute("DeleteType")!);
        var deleteSubFolders = XmlConvert.ToBoolean(request.Attribute("DeleteSubFolders")!.Trim());
        foreach (var folder in request.Items("FolderIds"))
            yield return new Request(folder, type, deleteSubFolders);
    }

    protected override Task<EwsResult<List<EwsResult<Done>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<Done>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request =>
                folders.Find(request.Folder, mailbox.State, whenUnknown: EwsError.ItemNotFound)
                    .Then(folder => mailbox.EmptyFolder(folder, request.Type, request.DeleteSubFolders)))),
            cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="EmptyFolderType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="FolderIds" type="t:NonEmptyArrayOfBaseFolderIdsType" />
              </xs:sequence>
              <xs:attribute name="DeleteType" type="t:DisposalType" use="required" />
              <xs:attribute name="DeleteSubFolders" type="xs:boolean" use="required" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="EmptyFolder" type="m:EmptyFolderType" />

        <xs:complexType name="EmptyFolderResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="EmptyFolderResponse" type="m:EmptyFolderResponseType" />
        """;
}
