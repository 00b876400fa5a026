using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>Returns the world's time zones under their Windows ids.</summary>
/// <remarks>Learn: "GetServerTimeZones operation". Exchange 2010 and later. Full data tell the rules of the present year.</remarks>
internal sealed class GetServerTimeZones(TimeProvider clock) : BatchOperation<GetServerTimeZones.Request, GetServerTimeZones.Found>
{
    internal sealed record Request(List<string>? Ids, bool IsFull);

    internal sealed record Found(List<WindowsTimeZone> Zones, bool IsFull);

    public override string SinceVersion => "Exchange2010";

    public override IReadOnlyList<string> Headers => ["MailboxCulture", "RequestServerVersion"];

    public override string Limits => "The rules are those of the present year; names are a city's.";

    protected override Request Read(RequestReader request) => new(
        request.Element("Ids") is null ? null : request.Items("Ids").Select(id => id.Value).ToList(),
        request.Attribute("ReturnFullTimeZoneData")?.Trim() is null or "true" or "1");

    protected override Task<IReadOnlyList<EwsResult<Found>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var zones = request.Ids is null
            ? WindowsTimeZone.All.ToList()
            : request.Ids.Select(WindowsTimeZone.Find).OfType<WindowsTimeZone>().ToList();
        EwsResult<Found> result = request.Ids is { Count: > 0 } && zones.Count == 0 ? EwsError.TimeZone : new Found(zones, request.IsFull);
        return Task.FromResult<IReadOnlyList<EwsResult<Found>>>([result]);
    }

    protected override void Write(EwsXmlWriter xml, Found result)
    {
        xml.StartMessage("TimeZoneDefinitions");
        var year = clock.GetUtcNow().Year;
        foreach (var zone in result.Zones)
        {
            xml.StartType("TimeZoneDefinition");
            xml.Attribute("Id", zone.Id);
            xml.Attribute("Name", zone.NameIn(year));
            if (result.IsFull)
                TimeZoneXml.WriteRules(xml, zone.RulesOf(year));
            xml.End();
        }

        xml.End();
    }

    protected override void WriteAfterError(EwsXmlWriter xml)
    {
        xml.StartMessage("TimeZoneDefinitions");
        xml.End();
    }
}
