using System.Collections.Concurrent;
using Ews.ImService.Settings;

namespace Ews.ImService.Tests.Control.Api;

public sealed class CallLogTests
{
    private readonly ConcurrentQueue<string> _calls = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_that_change_something_are_logged_and_others_at_level_Debug(bool isDebug)
    {
        var level = isDebug ? LogThreshold.Debug : LogThreshold.Information;
        var settings = TestService.InMemory with { IsHosted = true, LogLevel = level, LogLine = Add };
        await using var service = await TestService.StartAsync(settings);

        using var reset = await service.Client.PostAsync($"/realms/test-1{ControlCalls.Api}/reset?mailbox=a@contoso.com", null);
        using var unknown = await service.SendAsync("DELETE", "/faults/none");
        using var read = await service.SendAsync("GET", "/journal");

        string[] changes =
        [
            $"INF Control call POST /_control/v1/reset?mailbox=a@contoso.com in realm test-1: {(int)reset.StatusCode}, from 127.0.0.1",
            "INF Control call DELETE /_control/v1/faults/none in realm -: 404, from 127.0.0.1",
        ];
        string[] reads = isDebug ? ["DBG Control call GET /_control/v1/journal in realm -: 200, from 127.0.0.1"] : [];
        await WaitAsync(changes.Length + reads.Length);
        _calls.Should().BeEquivalentTo([.. changes, .. reads]);
    }

    private void Add(string line)
    {
        if (line.Contains("Control call", StringComparison.Ordinal))
            _calls.Enqueue(line["00:00:00.000 ".Length..]);
    }

    /// <summary>Waits for the events: that of a call is written after its response was sent.</summary>
    private async Task WaitAsync(int count)
    {
        for (var i = 0; i < 3000 && _calls.Count < count; i++)
            await Task.Delay(10);
    }
}
