using System.Collections.Concurrent;
using System.Text.Json;
using Ews.ImService.Settings;
using Ews.ImService.Tests.Control.Events;

namespace Ews.ImService.Tests.Control.Server;

/// <summary>The log that the control API returns.</summary>
public sealed class ServerLogTests : IDisposable
{
    private const string AddImGroup = "INF AddImGroup for user@contoso.com: NoError in ";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--Log:Level", "Verbose")]
    [InlineData("--Serilog:WriteTo:0:Name", "Console")]
    [InlineData("--Serilog:MinimumLevel:Default", "Information")]
    public async Task The_log_contains_one_line_per_request_in_every_text_format(params string[] output)
    {
        var lines = await ReadAfterRequestAsync(output);

        lines[0].Should().Contain(" INF Ready. EWS clients use http://127.0.0.1:");
        lines.Should().ContainSingle(line => line.Contains(AddImGroup));
        lines.Should().AllSatisfy(line => line.Should().MatchRegex(@"^\d\d:\d\d:\d\d\.\d{3} [A-Z]{3} \S.*\S$"));
    }

    [Fact]
    public async Task The_log_contains_the_objects_of_a_JSON_log()
    {
        var lines = await ReadAfterRequestAsync(["--Log:Format", "json"]);

        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Properties"))
            .Should().ContainSingle(properties => HasOperation(properties, "AddImGroup"));
    }

    [Fact]
    public async Task A_hosted_service_has_the_lines_that_its_host_receives()
    {
        var received = new ConcurrentQueue<string>();
        await using var service = await TestService.StartAsync(Hosted(received.Enqueue));
        await service.AddGroupAsync();

        var log = await service.GetJsonAsync(ControlCalls.Api + "/log");
        var after = await service.GetJsonAsync(ControlCalls.Api + $"/log?after={received.Count - 1}&limit=5");
        var newest = await service.GetJsonAsync(ControlCalls.Api + "/log?limit=1");

        TextsOf(log).Should().Equal(received).And.Contain(line => line.Contains(AddImGroup));
        log.GetProperty("lastId").GetInt64().Should().Be(received.Count);
        TextsOf(after).Should().Equal(received.Last());
        TextsOf(newest).Should().Equal(received.Last());
    }

    [Fact]
    public async Task A_hosted_service_without_a_receiver_of_lines_has_an_empty_log()
    {
        await using var service = await TestService.StartAsync(Hosted(null));
        await service.AddGroupAsync();

        var log = await service.GetJsonAsync(ControlCalls.Api + "/log");

        log.GetProperty("lastId").GetInt64().Should().Be(0);
        log.GetProperty("lines").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task The_epoch_of_the_log_is_new_for_each_start()
    {
        await using var first = await TestService.StartAsync(Hosted(_ => { }));
        await using var second = await TestService.StartAsync(Hosted(_ => { }));

        var epoch = await EpochAsync(first);
        await first.AddGroupAsync();

        epoch.Should().NotBeNullOrEmpty();
        (await EpochAsync(first)).Should().Be(epoch);
        (await EpochAsync(second)).Should().NotBe(epoch);

        static async Task<string?> EpochAsync(TestService service) =>
            (await service.GetJsonAsync(ControlCalls.Api + "/log")).GetProperty("epoch").GetString();
    }

    [Fact]
    public async Task A_new_line_is_a_change_in_the_event_stream()
    {
        await using var service = await TestService.StartAsync(Hosted(_ => { }));
        await using var events = await EventReader.OpenAsync(service);
        await events.NextAsync("journal");

        await service.PostAsync("<rejected/>");

        var parts = new List<string?>();
        while (!parts.Contains("log"))
            parts.AddRange((await events.NextAsync("changed")).GetProperty("parts").Strings());
        parts.Should().OnlyContain(part => part == "log");
    }

    private static ServiceSettings Hosted(Action<string>? logLine) =>
        TestService.InMemory with { IsHosted = true, LogLevel = LogThreshold.Information, LogLine = logLine };

    private static List<string?> TextsOf(JsonElement log) =>
        [.. log.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("text").GetString())];

    private static bool HasOperation(JsonElement properties, string name) =>
        properties.TryGetProperty("Operation", out var operation) && operation.GetString() == name;

    private async Task<List<string>> ReadAfterRequestAsync(string[] output)
    {
        var (process, client) = await ServiceProcess.StartAsync(_directory, ["--db", ":memory:", .. output]);
        await using var _ = process;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));
        using var log = JsonDocument.Parse(await client.GetStringAsync(ControlCalls.Api + "/log"));
        return TextsOf(log.RootElement)!;
    }
}
