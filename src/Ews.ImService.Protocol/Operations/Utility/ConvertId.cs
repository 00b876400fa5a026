using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>Converts ids of items and folders from one format to another.</summary>
/// <remarks>
/// Learn: "ConvertId operation". Exchange 2007 SP1 and later. As in Exchange, the address beside an id must be an SMTP address, but is not
/// resolved.
/// </remarks>
internal sealed class ConvertId(IMailboxStore store) : BatchOperation<ConvertId.Request, ConvertId.AlternateId>
{
    private const string AlternateIdElement = "AlternateId";

    internal sealed record Request(XElement SourceId, string DestinationFormat);

    internal sealed record AlternateId(string Format, string Id, string Mailbox);

    public override string SinceVersion => "Exchange2007_SP1";

    public override IReadOnlyList<string> Headers => ["ExchangeImpersonation", "RequestServerVersion"];

    public override string Limitations => "No EwsLegacyId, no public folders.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request) => request.Items("SourceIds").Select(id =>
        (EwsResult<Request>)(id.Name.LocalName == AlternateIdElement
            ? new Request(id, request.Attribute("DestinationFormat")!)
            : EwsError.UnsupportedTypeForConversion));

    protected override async Task<EwsResult<List<EwsResult<AlternateId>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return parts.ConvertAll(part => part.Then(request => Convert(request, mailbox.MailboxGuid)));
    }

    protected override void Write(EwsXmlWriter xml, AlternateId result)
    {
        xml.StartMessage(AlternateIdElement);
        xml.Attribute("xsi:type", "t:AlternateIdType");
        xml.Attribute("Format", result.Format);
        xml.Attribute("Id", result.Id);
        xml.Attribute("Mailbox", result.Mailbox);
        xml.Attribute("xmlns:t", xml.Namespaces.Types);
        xml.End();
    }

    private static EwsResult<AlternateId> Convert(Request request, Guid mailboxGuid)
    {
        var mailbox = request.SourceId.Attribute("Mailbox")!.Value;
        if (!SmtpAddress.TryParse(mailbox, out _))
            return EwsError.InvalidSmtpAddress;
        return EntryId.Read(request.SourceId.Attribute("Format")!.Value, request.SourceId.Attribute("Id")!.Value, mailboxGuid)
            .Then<AlternateId>(entryId => entryId.Format(request.DestinationFormat) is { } converted
                ? new AlternateId(request.DestinationFormat, converted, mailbox)
                : EwsError.UnsupportedTypeForConversion);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="ConvertIdType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="SourceIds" type="t:NonEmptyArrayOfAlternateIdsType" />
              </xs:sequence>
              <xs:attribute name="DestinationFormat" type="t:IdFormatType" use="required" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="ConvertId" type="m:ConvertIdType" />

        <xs:complexType name="ConvertIdResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="ConvertIdResponse" type="m:ConvertIdResponseType" />

        <xs:complexType name="ConvertIdResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="AlternateId" type="t:AlternateIdBaseType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        """;
}
