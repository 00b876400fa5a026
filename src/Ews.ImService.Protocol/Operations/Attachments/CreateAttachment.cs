using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Attachments;

/// <summary>Attaches files to a contact, such as its picture.</summary>
/// <remarks>Learn: "CreateAttachment operation". Exchange 2007 and later.</remarks>
internal sealed class CreateAttachment(IMailboxStore store) : BatchOperation<CreateAttachment.Request, CreateAttachment.Created>
{
    internal sealed record Request(string ItemId, FileAttachment File);

    internal sealed record Created(AttachedFile Attachment, MailboxItem Root);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations =>
        "Files of contacts, up to `Limits:MaxAttachmentBytes`. A request must not exceed `Limits:MaxRequestBytes`. "
        + "A picture replaces the present one.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var itemId = request.ItemId("ParentItemId");
        return request.Items("Attachments").Select(attachment =>
            FileAttachmentXml.Read(attachment).Select(file => new Request(itemId, file)));
    }

    protected override Task<EwsResult<List<EwsResult<Created>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<Created>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request => mailbox.CreateAttachment(request.ItemId, request.File))
                .Select(created => new Created(created.Attachment, created.Root))),
            cancellationToken);

    protected override void Write(EwsXmlWriter xml, Created result) => FileAttachmentXml.WriteAttachments(
        xml, () => FileAttachmentXml.WriteCreated(xml, result.Attachment, result.Root));

    protected override void WriteAfterError(EwsXmlWriter xml) => FileAttachmentXml.WriteAttachments(xml, () => { });

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="CreateAttachmentType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ParentItemId" type="t:ItemIdType" />
                <xs:element name="Attachments" type="t:NonEmptyArrayOfAttachmentsType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CreateAttachment" type="m:CreateAttachmentType" />

        <xs:complexType name="CreateAttachmentResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CreateAttachmentResponse" type="m:CreateAttachmentResponseType" />
        """;
}
