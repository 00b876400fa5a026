using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>Converts ids of items and folders from one format to another.</summary>
/// <remarks>Learn: "ConvertId operation". Exchange 2007 SP1 and later. The address beside an id is only checked for being one, as in Exchange.</remarks>
internal sealed class ConvertId(IMailboxStore store) : BatchOperation<ConvertId.Request, ConvertId.AlternateId>
{
    private const string AlternateIdElement = "AlternateId";

    internal sealed record Request(string Destination, List<XElement> Ids);

    internal sealed record AlternateId(string Format, string Id, string Mailbox);

    public override string SinceVersion => "Exchange2007_SP1";

    public override IReadOnlyList<string> Headers => ["ExchangeImpersonation", "RequestServerVersion"];

    public override string Limits => "No EwsLegacyId, no public folders.";

    protected override Request Read(RequestReader request) => new(request.Attribute("DestinationFormat")!, request.Items("SourceIds").ToList());

    protected override async Task<IReadOnlyList<EwsResult<AlternateId>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        return request.Ids.Select(id => Convert(id, request.Destination, mailbox.MailboxGuid)).ToList();
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

    private static EwsResult<AlternateId> Convert(XElement id, string destination, Guid mailboxGuid)
    {
        if (id.Name.LocalName != AlternateIdElement)
            return EwsError.UnsupportedTypeForConversion;
        var mailbox = id.Attribute("Mailbox")!.Value;
        if (!SmtpAddress.IsValid(mailbox))
            return EwsError.InvalidSmtpAddress;

        var entryId = EntryId.Read(id.Attribute("Format")!.Value, id.Attribute("Id")!.Value, mailboxGuid);
        if (!entryId.Succeeded)
            return entryId.Error;
        return entryId.Value.Format(destination) is { } converted ? new AlternateId(destination, converted, mailbox) : EwsError.UnsupportedTypeForConversion;
    }
}
