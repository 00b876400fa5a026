using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Returns folders by their ids or distinguished names.</summary>
/// <remarks>Learn: "GetFolder operation". Exchange 2007 and later.</remarks>
internal sealed class GetFolder(IMailboxStore store, FolderIds folders) : BatchOperation<GetFolder.Request, GetFolder.Found>
{
    internal sealed record Request(XElement Folder, FolderShape Shape);

    internal sealed record Found(FolderRow Folder, FolderShape Shape);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations =>
        "The archive and public folders do not exist; search folders contain no items.";

    protected override bool HasLimitedResponse => true;

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var shape = FolderShape.Read(request.Element("FolderShape")!);
        foreach (var folder in request.Items("FolderIds"))
            yield return shape.Select(shape => new Request(folder, shape));
    }

    protected override async Task<EwsResult<List<EwsResult<Found>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return parts.ConvertAll(part => part.Then(request =>
            folders.Find(request.Folder, mailbox).Select(folder => new Found(new FolderRow(mailbox, folder), request.Shape))));
    }

    protected override void Write(EwsXmlWriter xml, Found result) => FolderRow.WriteFolders(xml, result.Folder, result.Shape);

    /// <summary>Writes an empty list: optional in the schema, and written by Exchange.</summary>
    protected override void WriteAfterError(EwsXmlWriter xml) => FolderRow.WriteFolders(xml, null, FolderShape.IdOnly);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetFolderType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="FolderShape" type="t:FolderResponseShapeType" />
                <xs:element name="FolderIds" type="t:NonEmptyArrayOfBaseFolderIdsType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetFolder" type="m:GetFolderType" />

        <xs:complexType name="FolderInfoResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="Folders" type="t:ArrayOfFoldersType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="GetFolderResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetFolderResponse" type="m:GetFolderResponseType" />
        """;
}
