using System.Xml;

namespace Ews.ImService.Tests.Operations.Utility;

public sealed class GetServerTimeZonesTests
{
    [Fact]
    public async Task A_time_zone_with_daylight_saving_has_two_periods_and_their_transitions()
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(Zones("<m:Ids><t:Id>W. Europe Standard Time</t:Id></m:Ids>"))).Should().Succeed();

        response.All("TimeZoneDefinition").Single().Attribute("Id")!.Value.Should().Be("W. Europe Standard Time");
        response.All("Period").Select(period => XmlConvert.ToTimeSpan(period.Attribute("Bias")!.Value))
            .Should().Equal(TimeSpan.FromHours(-1), TimeSpan.FromHours(-2));
        response.All("RecurringDayTransition").Select(transition => string.Join(' ', transition.Elements().Select(part => part.Value)))
            .Should().Equal("Dlt PT2H 3 Sunday -1", "Std PT3H 10 Sunday -1");
    }

    [Fact]
    public async Task A_time_zone_without_daylight_saving_has_one_period()
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(Zones("<m:Ids><t:Id>India Standard Time</t:Id></m:Ids>"))).Should().Succeed();

        response.All("Period").Select(period => XmlConvert.ToTimeSpan(period.Attribute("Bias")!.Value))
            .Should().Equal(TimeSpan.FromHours(-5.5));
        response.All("RecurringDayTransition").Should().BeEmpty();
    }

    [Fact]
    public async Task All_time_zones_are_returned_once_and_without_rules_on_request()
    {
        await using var service = await TestService.StartAsync();

        var full = (await service.PostAsync(Zones(""))).Should().Succeed();
        var brief = (await service.PostAsync(Zones("", full: "false"))).Should().Succeed();

        full.All("TimeZoneDefinition").Select(zone => zone.Attribute("Id")!.Value)
            .Should().OnlyHaveUniqueItems().And.Contain(["UTC", "Pacific Standard Time", "W. Europe Standard Time"]);
        brief.All("TimeZoneDefinition").Should().HaveSameCount(full.All("TimeZoneDefinition"));
        brief.All("Period").Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_time_zone_returns_ErrorTimeZone_unless_another_one_is_known()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(Zones("<m:Ids><t:Id>Atlantis Standard Time</t:Id></m:Ids>")))
            .Should().BeError("ErrorTimeZone", "The server knows no time zone with this Id.");
        (await service.PostAsync(Zones("<m:Ids><t:Id>Atlantis Standard Time</t:Id><t:Id>UTC</t:Id></m:Ids>")))
            .Should().Succeed().All("TimeZoneDefinition").Should().ContainSingle();
    }

    private static string Zones(string ids, string full = "true") =>
        EwsRequest.For("GetServerTimeZones", ids, attributes: $" ReturnFullTimeZoneData='{full}'");
}
