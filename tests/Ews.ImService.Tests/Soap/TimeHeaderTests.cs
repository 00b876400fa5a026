namespace Ews.ImService.Tests.Soap;

/// <summary>The headers DateTimePrecision and TimeZoneContext.</summary>
public sealed class TimeHeaderTests
{
    private const string Birthday = "<t:Birthday>1980-07-02T00:00:00</t:Birthday>";
    private const string Times =
        "<t:FieldURI FieldURI='item:DateTimeCreated'/><t:FieldURI FieldURI='item:LastModifiedTime'/>"
        + "<t:FieldURI FieldURI='contacts:Birthday'/><t:ExtendedFieldURI PropertyTag='0x3007' PropertyType='SystemTime'/>"
        + "<t:ExtendedFieldURI PropertyTag='0x7001' PropertyType='SystemTime'/>";

    [Theory]
    [InlineData("", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z")]
    [InlineData("Seconds", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z")]
    [InlineData("Milliseconds", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z")]
    [InlineData("Hours", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z")]
    public async Task DateTimePrecision_determines_the_precision_of_all_times(string precision, string pattern)
    {
        await using var service = await TestService.StartAsync();
        await service.AddContactAsync("anna@contoso.com");
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='0x7001' PropertyType='SystemTime'/>"
                + "<t:Value>2020-01-02T03:04:05Z</t:Value></t:ExtendedProperty><t:Birthday>1980-07-02T00:00:00Z</t:Birthday>")))
            .Should().Succeed().Id("ItemId");

        var item = await PostAsync(service, EwsRequest.GetItem([id], "IdOnly", Times), precision);
        var list = await PostAsync(service, EwsRequest.GetImItemList(), precision);
        var events = await EventsAsync(service, precision);

        string[] names = ["DateTimeCreated", "LastModifiedTime", "Birthday", "Value"];
        var times = names.SelectMany(item.All).Concat(list.All("CreationTime")).Concat(events.All("TimeStamp")).ToList();
        times.Should().HaveCountGreaterThan(names.Length + 2).And.AllSatisfy(time => time.Value.Should().MatchRegex(pattern));
    }

    [Fact]
    public async Task Times_are_stored_with_milliseconds_and_cut_to_seconds()
    {
        await using var service = await TestService.StartAsync();
        const string time = "2020-01-02T03:04:05.6789+01:00";

        var id = (await service.PostAsync(EwsRequest.CreateItem($"<t:Birthday>{time}</t:Birthday>"))).Should().Succeed().Id("ItemId");

        var request = EwsRequest.GetItem([id], "IdOnly", "<t:FieldURI FieldURI='contacts:Birthday'/>");
        (await PostAsync(service, request, "Milliseconds")).Value("Birthday").Should().Be("2020-01-02T02:04:05.678Z");
        (await PostAsync(service, request, "Seconds")).Value("Birthday").Should().Be("2020-01-02T02:04:05Z");
    }

    [Theory]
    [InlineData("<t:TimeZoneDefinition Id='W. Europe Standard Time'/>", "1980-07-01T22:00:00Z")]
    [InlineData("<t:TimeZoneDefinition Id='Europe/Berlin'/>", "1980-07-01T22:00:00Z")]
    [InlineData("<t:TimeZoneDefinition Id='Pacific Standard Time'><t:Periods/></t:TimeZoneDefinition>", "1980-07-02T07:00:00Z")]
    [InlineData("<t:TimeZoneDefinition Id='Mine'><t:Periods/></t:TimeZoneDefinition>", "1980-07-02T00:00:00Z")]
    [InlineData("<t:TimeZoneDefinition Name='Mine'/>", "1980-07-02T00:00:00Z")]
    [InlineData(null, "1980-07-02T00:00:00Z")]
    public async Task TimeZoneContext_is_the_time_zone_of_times_without_an_offset(string? definition, string expected)
    {
        await using var service = await TestService.StartAsync();
        var header = EwsRequest.Version + (definition is null ? "" : $"<t:TimeZoneContext>{definition}</t:TimeZoneContext>");

        var id = (await service.PostAsync(EwsRequest.For("CreateItem", $"<m:Items><t:Contact>{Birthday}</t:Contact></m:Items>", header)))
            .Should().Succeed().Id("ItemId");

        (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed().Value("Birthday").Should().Be(expected);
    }

    [Fact]
    public async Task TimeZoneContext_applies_to_extended_properties_and_restrictions_and_not_to_instants_and_texts()
    {
        await using var service = await TestService.StartAsync();
        const string header = EwsRequest.Version
            + "<t:TimeZoneContext><t:TimeZoneDefinition Id='W. Europe Standard Time'/></t:TimeZoneContext>";
        const string extended = "<t:ExtendedFieldURI PropertyTag='0x7001' PropertyType='SystemTime'/>";

        (await service.PostAsync(EwsRequest.For(
            "CreateItem",
            "<m:Items><t:Contact><t:Subject>1980-07-02T00:00:00</t:Subject>"
                + $"<t:ExtendedProperty>{extended}<t:Value>2020-01-02T00:00:00</t:Value></t:ExtendedProperty>"
                + "<t:Birthday>1980-07-02T00:00:00Z</t:Birthday></t:Contact></m:Items>",
            header))).Should().Succeed();

        foreach (var (field, constant) in new[] { (extended, "2020-01-02T00:00:00"), (Field("contacts:Birthday"), "1980-07-02T02:00:00") })
        {
            var found = (await service.PostAsync(EwsRequest.For(
                "FindItem",
                $"<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>{extended}{Field("item:Subject")}"
                    + $"</t:AdditionalProperties></m:ItemShape><m:Restriction><t:IsEqualTo>{field}<t:FieldURIOrConstant>"
                    + $"<t:Constant Value='{constant}'/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>"
                    + "<m:ParentFolderIds><t:DistinguishedFolderId Id='contacts'/></m:ParentFolderIds>",
                header,
                attributes: " Traversal='Shallow'"))).Should().Succeed();
            found.Value("Value").Should().Be("2020-01-01T23:00:00Z");
            found.Value("Subject").Should().Be("1980-07-02T00:00:00");
        }

        static string Field(string path) => $"<t:FieldURI FieldURI='{path}'/>";
    }

    [Fact]
    public async Task An_unknown_time_zone_is_a_fault_unless_the_version_is_Exchange_2007()
    {
        await using var service = await TestService.StartAsync();
        const string context = "<t:TimeZoneContext><t:TimeZoneDefinition Id='Nowhere'/></t:TimeZoneContext>";
        const string content = "<m:Items><t:Contact/></m:Items>";

        (await service.PostAsync(EwsRequest.For("CreateItem", content, EwsRequest.Version + context)))
            .Should().BeFault("ErrorTimeZone", "The server knows no time zone with this Id.");
        (await service.PostAsync(EwsRequest.For("CreateItem", content, "<t:RequestServerVersion Version='Exchange2007_SP1'/>" + context)))
            .Should().Succeed();
    }

    private static async Task<EwsResponse> PostAsync(TestService service, string request, string precision) =>
        (await service.PostAsync(WithPrecision(request, precision))).Should().Succeed();

    private static string WithPrecision(string request, string precision) => precision.Length == 0
        ? request
        : request.Replace(
            EwsRequest.Version,
            $"{EwsRequest.Version}<t:DateTimePrecision>{precision}</t:DateTimePrecision>",
            StringComparison.Ordinal);

    private static async Task<EwsResponse> EventsAsync(TestService service, string precision)
    {
        var subscription = (await service.PostAsync(EwsRequest.SubscribeToPull("contacts"))).Should().Succeed();
        await service.PostAsync(EwsRequest.CreateItem(""));
        return await PostAsync(
            service, EwsRequest.GetEvents(subscription.Value("SubscriptionId"), subscription.Value("Watermark")), precision);
    }
}
