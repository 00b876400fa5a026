using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Attachments;

/// <summary>Returns attachments with their contents.</summary>
/// <remarks>Learn: "GetAttachment operation". Exchange 2007 and later. The shape applies to attached items, which do not exist.</remarks>
internal sealed class GetAttachment(IMailboxStore store) : BatchOperation<string, AttachedFile>
{
    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    protected override bool HasLimitedResponse => true;

    protected override IEnumerable<EwsResult<string>> ReadParts(RequestReader request) =>
        request.BaseItemIds("AttachmentIds").Select(id => (EwsResult<string>)id);

    protected override async Task<EwsResult<List<EwsResult<AttachedFile>>>> ExecuteAsync(
        List<EwsResult<string>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return parts.ConvertAll(part => part.Then(mailbox.FindAttachment).Select(found => found.Attachment));
    }

    protected override void Write(EwsXmlWriter xml, AttachedFile result) => FileAttachmentXml.WriteAttachments(
        xml, () => FileAttachmentXml.Write(xml, result, hasContent: true));

    protected override void WriteAfterError(EwsXmlWriter xml) => FileAttachmentXml.WriteAttachments(xml, () => { });

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetAttachmentType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="AttachmentShape" type="t:AttachmentResponseShapeType" minOccurs="0" />
                <xs:element name="AttachmentIds" type="t:NonEmptyArrayOfRequestAttachmentIdsType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetAttachment" type="m:GetAttachmentType" />

        <xs:complexType name="GetAttachmentResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetAttachmentResponse" type="m:GetAttachmentResponseType" />
        """;
}
