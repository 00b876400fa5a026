using System.Collections.Concurrent;
using Ews.ImService.Protocol;
using Ews.ImService.Settings;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Observability;

public sealed class SlowRequestTests
{
    private const string Number = @"[\d.E-]+";

    private readonly ConcurrentQueue<string> _lines = new();

    [Fact]
    public async Task A_slow_request_is_logged_with_the_times_of_its_steps()
    {
        await using var service = await StartAsync(TimeSpan.FromTicks(1));

        await service.AddGroupAsync();
        await WaitForLinesAsync(1);

        _lines.Should().ContainSingle().Which.Should().MatchRegex(
            $@"^\d\d:\d\d:\d\d\.\d{{3}} WRN AddImGroup for user@contoso\.com was slow: {Number} ms, of which {Number} ms to receive it, "
            + $@"{Number} ms to execute it \({Number} ms in the queue of the store, {Number} ms to commit\), "
            + $@"{Number} ms to send the response, request \S+$");
    }

    [Theory]
    [InlineData("""{ "kind": "delay", "milliseconds": 1, "times": 1 }""")]
    [InlineData("""{ "kind": "slowBody", "bytesPerSecond": 1000000, "times": 1 }""")]
    [InlineData("""{ "kind": "responseCode", "responseCode": "ErrorItemNotFound", "delayMilliseconds": 1, "times": 1 }""")]
    public async Task A_request_with_an_injected_fault_is_not_slow(string rule)
    {
        await using var service = await StartAsync(TimeSpan.FromTicks(1));
        using var added = await service.SendAsync("POST", "/faults", rule);

        await service.PostAsync(EwsRequest.AddImGroup("Injected"));
        await service.PostAsync(EwsRequest.GetImItemList());
        await WaitForLinesAsync(1);

        _lines.Should().ContainSingle().Which.Should().Contain(" GetImItemList for ");
    }

    [Fact]
    public async Task Zero_disables_the_event()
    {
        await using (var service = await StartAsync(TimeSpan.Zero))
            await service.AddGroupAsync();

        _lines.Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_that_is_rejected_at_the_limit_of_realms_is_logged_with_its_reason()
    {
        var settings = Settings(TimeSpan.Zero, LogThreshold.Information);
        await using var service = await TestService.StartAsync(settings with { Control = settings.Control with { MaxRealms = 1 } });

        using var response = await service.Client.PostAsync(
            "/realms/other" + EwsOptions.Path, new StringContent(EwsRequest.AddImGroup("Team"), null, "text/xml"));
        await WaitForLinesAsync(2);

        ((int)response.StatusCode).Should().Be(503);
        _lines.Should().ContainSingle(line => line.Contains(
            "INF Request rejected with status 503: The number of realms has reached the limit Realms:MaxRealms, 1. Delete realms "
            + "that are not used anymore, in "));
    }

    private Task<TestService> StartAsync(TimeSpan slowRequest) => TestService.StartAsync(Settings(slowRequest, LogThreshold.Warning));

    private ServiceSettings Settings(TimeSpan slowRequest, LogThreshold level) => TestService.InMemory with
    {
        Ews = new EwsOptions { SlowRequest = slowRequest },
        IsHosted = true,
        LogLevel = level,
        LogLine = _lines.Enqueue,
    };

    /// <summary>Waits for events, which are written after the response was sent.</summary>
    private async Task WaitForLinesAsync(int count)
    {
        for (var i = 0; i < 3000 && _lines.Count < count; i++)
            await Task.Delay(10);
    }
}
