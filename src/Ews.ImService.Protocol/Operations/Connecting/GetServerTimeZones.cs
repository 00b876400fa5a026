using System.Xml;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Connecting;

/// <summary>Returns the time zones that the server's operating system knows, under their Windows ids.</summary>
/// <remarks>Learn: "GetServerTimeZones operation". Exchange 2010 and later. Full data tell the rules of the present year.</remarks>
internal sealed class GetServerTimeZones(TimeProvider clock) : BatchOperation<GetServerTimeZones.Request, GetServerTimeZones.Found>
{
    private static readonly Lazy<IReadOnlyList<(string Id, TimeZoneInfo Zone)>> Known = new(ReadKnown);

    internal sealed record Request(List<string>? Ids, bool IsFull);

    internal sealed record Found(List<(string Id, TimeZoneInfo Zone)> Zones, bool IsFull);

    public override string SinceVersion => "Exchange2010";

    public override IReadOnlyList<string> Headers => ["MailboxCulture", "RequestServerVersion"];

    public override string Limits => "The zones of the operating system, with the rules of the present year.";

    protected override Request Read(RequestReader request) => new(
        request.Element("Ids") is null ? null : request.Items("Ids").Select(id => id.Value).ToList(),
        request.Attribute("ReturnFullTimeZoneData")?.Trim() is null or "true" or "1");

    protected override Task<IReadOnlyList<EwsResult<Found>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var zones = request.Ids is null
            ? Known.Value.ToList()
            : request.Ids.Select(id => Known.Value.FirstOrDefault(zone => zone.Id.Equals(id, StringComparison.OrdinalIgnoreCase))).Where(zone => zone.Id is not null).ToList();
        EwsResult<Found> result = request.Ids is { Count: > 0 } && zones.Count == 0 ? EwsError.TimeZone : new Found(zones, request.IsFull);
        return Task.FromResult<IReadOnlyList<EwsResult<Found>>>([result]);
    }

    protected override void Write(EwsXmlWriter xml, Found result)
    {
        xml.StartMessage("TimeZoneDefinitions");
        foreach (var (id, zone) in result.Zones)
        {
            xml.StartType("TimeZoneDefinition");
            xml.Attribute("Id", id);
            xml.Attribute("Name", zone.DisplayName);
            if (result.IsFull)
                TimeZoneXml.WriteRules(xml, zone, clock.GetUtcNow().Year);
            xml.End();
        }

        xml.End();
    }

    protected override void WriteAfterError(EwsXmlWriter xml)
    {
        xml.StartMessage("TimeZoneDefinitions");
        xml.End();
    }

    /// <summary>Systems other than Windows name zones after cities, many of them for one Windows id.</summary>
    private static List<(string Id, TimeZoneInfo Zone)> ReadKnown() => TimeZoneInfo.GetSystemTimeZones()
        .Select(zone => (Id: WindowsIdOf(zone), Zone: zone))
        .Where(zone => zone.Id is not null)
        .DistinctBy(zone => zone.Id)
        .Select(zone => (zone.Id!, TimeZoneInfo.FindSystemTimeZoneById(zone.Id!)))
        .OrderBy(zone => zone.Item2.BaseUtcOffset)
        .ThenBy(zone => zone.Item1, StringComparer.Ordinal)
        .ToList();

    private static string? WindowsIdOf(TimeZoneInfo zone) =>
        !zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertIanaIdToWindowsId(zone.Id, out var id) ? id : null;
}
