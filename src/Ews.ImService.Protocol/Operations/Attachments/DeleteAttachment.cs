using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Attachments;

/// <summary>Deletes attachments.</summary>
/// <remarks>Learn: "DeleteAttachment operation". Exchange 2007 and later.</remarks>
internal sealed class DeleteAttachment(IMailboxStore store) : BatchOperation<string, MailboxItem>
{
    public override string SinceVersion => "Exchange2007";

    protected override IEnumerable<EwsResult<string>> ReadParts(RequestReader request) =>
        request.BaseItemIds("AttachmentIds").Select(id => (EwsResult<string>)id);

    protected override Task<EwsResult<List<EwsResult<MailboxItem>>>> ExecuteAsync(
        List<EwsResult<string>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<MailboxItem>>>(
            caller.Mailbox, mailbox => parts.ConvertAll(part => part.Then(mailbox.DeleteAttachment)), cancellationToken);

    protected override void Write(EwsXmlWriter xml, MailboxItem result)
    {
        xml.StartMessage("RootItemId");
        FileAttachmentXml.WriteRoot(xml, result);
        xml.End();
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="DeleteAttachmentType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="AttachmentIds" type="t:NonEmptyArrayOfRequestAttachmentIdsType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="DeleteAttachment" type="m:DeleteAttachmentType" />

        <xs:complexType name="DeleteAttachmentResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="RootItemId" type="t:RootItemIdType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="DeleteAttachmentResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="DeleteAttachmentResponse" type="m:DeleteAttachmentResponseType" />
        """;
}
