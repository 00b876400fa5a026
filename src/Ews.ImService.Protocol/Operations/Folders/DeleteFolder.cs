using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Deletes folders that clients created, with their content.</summary>
/// <remarks>Learn: "DeleteFolder operation". Exchange 2007 and later.</remarks>
internal sealed class DeleteFolder(IMailboxStore store, FolderIds folders) : BatchOperation<DeleteFolder.Request, Done>
{
    internal sealed record Request(XElement Folder, DeletionType Type);

    public override string SinceVersion => "Exchange2007";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var type = Enum.Parse<DeletionType>(request.Attribute("DeleteType")!);
        foreach (var folder in request.Items("FolderIds"))
            yield return new Request(folder, type);
    }

    protected override Task<EwsResult<List<EwsResult<Done>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<Done>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request =>
                folders.Find(request.Folder, mailbox.State, whenUnknown: EwsError.ItemNotFound)
                    .Then(folder => mailbox.DeleteFolder(folder, request.Type)))),
            cancellationToken);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="DeleteFolderType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="FolderIds" type="t:NonEmptyArrayOfBaseFolderIdsType" />
              </xs:sequence>
              <xs:attribute name="DeleteType" type="t:DisposalType" use="required" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="DeleteFolder" type="m:DeleteFolderType" />

        <xs:complexType name="DeleteFolderResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="DeleteFolderResponse" type="m:DeleteFolderResponseType" />
        """;
}
