using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>Returns time zones by their Windows ids.</summary>
/// <remarks>Learn: "GetServerTimeZones operation". Exchange 2010 and later. Full data contain the rules of the current year.</remarks>
internal sealed class GetServerTimeZones(TimeProvider clock) : BatchOperation<GetServerTimeZones.Request, GetServerTimeZones.Found>
{
    internal sealed record Request(List<string>? Ids, bool IsFull);

    internal sealed record Found(List<WindowsTimeZone> Zones, bool IsFull);

    public override string SinceVersion => "Exchange2010";

    public override IReadOnlyList<string> Headers => ["MailboxCulture", "RequestServerVersion"];

    public override string Limitations => "The rules are those of the current year; the name of a time zone contains a city.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request) =>
    [
        new Request(
            request.Element("Ids") is null ? null : request.Items("Ids").Select(id => id.Value).ToList(),
            request.Attribute("ReturnFullTimeZoneData")?.Trim() is null or "true" or "1"),
    ];

    protected override Task<EwsResult<List<EwsResult<Found>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult<EwsResult<List<EwsResult<Found>>>>(parts.ConvertAll(part => part.Then(Find)));

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

    private static EwsResult<Found> Find(Request request)
    {
        if (request.Ids is null)
            return new Found(WindowsTimeZone.All.ToList(), request.IsFull);
        var zones = request.Ids.Select(WindowsTimeZone.Find).OfType<WindowsTimeZone>().ToList();
        return request.Ids.Count > 0 && zones.Count == 0 ? EwsError.TimeZone : new Found(zones, request.IsFull);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetServerTimeZonesType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="Ids" type="t:NonEmptyArrayOfTimeZoneIdType" minOccurs="0" />
              </xs:sequence>
              <xs:attribute name="ReturnFullTimeZoneData" type="xs:boolean" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetServerTimeZones" type="m:GetServerTimeZonesType" />

        <xs:complexType name="GetServerTimeZonesResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="TimeZoneDefinitions" type="t:ArrayOfTimeZoneDefinitionType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="GetServerTimeZonesResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetServerTimeZonesResponse" type="m:GetServerTimeZonesResponseType" />
        """;
}
