using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Creates folders.</summary>
/// <remarks>Learn: "CreateFolder operation". Exchange 2007 and later.</remarks>
internal sealed class CreateFolder(IMailboxStore store, FolderIds folders) : BatchOperation<CreateFolder.Request, FolderRow>
{
    internal sealed record Request(XElement Parent, string FolderClass, List<PropertyChange> Properties);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations => "No search folders, and no permissions. Only contacts are created in folders.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var parent = request.Items("ParentFolderId").Single();
        foreach (var folder in request.Items("Folders"))
            yield return Read(folder, parent);
    }

    protected override Task<EwsResult<List<EwsResult<FolderRow>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<FolderRow>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request =>
                folders.Find(request.Parent, mailbox.State, whenUnknown: EwsError.ParentFolderNotFound)
                    .Then(parent => mailbox.CreateFolder(parent, request.FolderClass, request.Properties))
                    .Select(folder => new FolderRow(mailbox.State, folder)))),
            cancellationToken);

    protected override void Write(EwsXmlWriter xml, FolderRow result) => FolderRow.WriteFolders(xml, result, FolderShape.IdOnly);

    protected override void WriteAfterError(EwsXmlWriter xml) => FolderRow.WriteFolders(xml, null, FolderShape.IdOnly);

    private static EwsResult<Request> Read(XElement folder, XElement parent)
    {
        if (FolderXml.ClassOf(folder.Name.LocalName) is not { } defaultClass)
            return EwsError.InvalidFolderTypeForOperation;
        return FolderXml.Read(folder).Then<Request>(properties =>
        {
            var folderClass = properties.Find(property => property.Path == MailboxEdit.FolderClass)?.Values[0] ?? defaultClass;
            var isOfElement = folder.Name.LocalName == FolderXml.Folder || MailboxFolder.HasClass(folderClass, defaultClass);
            return isOfElement ? new Request(parent, folderClass, properties) : EwsError.NoFolderClassOverride;
        });
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="CreateFolderType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ParentFolderId" type="t:TargetFolderIdType" />
                <xs:element name="Folders" type="t:NonEmptyArrayOfFoldersType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CreateFolder" type="m:CreateFolderType" />

        <xs:complexType name="CreateFolderResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CreateFolderResponse" type="m:CreateFolderResponseType" />
        """;
}
