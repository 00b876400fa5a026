using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.Loader;
using System.Text;

namespace Ews.ImService.Testing.Tests;

public sealed class TelemetryTests
{
    private const string Name = "Ews.ImService";
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task The_listeners_of_a_test_receive_measurements_and_activities_of_the_service()
    {
        var durations = new ConcurrentQueue<string>();
        using var metrics = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: Name, Name: "ews.server.request.duration" })
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        metrics.SetMeasurementEventCallback<double>((_, _, tags, _) => durations.Enqueue($"{tags[0].Value}"));
        metrics.Start();
        var activities = new ConcurrentQueue<Activity>();
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(traces);
        await using var exchange = await EwsImServer.StartAsync();

        using var http = exchange.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, exchange.Url);
        request.Content = new StringContent("<unknown/>", Encoding.UTF8, "text/xml");
        request.Headers.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
        (await http.SendAsync(request)).Dispose();

        IsMet(() => durations.Contains("other")).Should().BeTrue();
        IsMet(() => activities.Any(activity => activity.TraceId.ToHexString() == TraceId)).Should().BeTrue();
        AssemblyLoadContext.All.SelectMany(context => context.Assemblies).Select(assembly => assembly.GetName().Name)
            .Should().NotContain(name => name!.StartsWith("OpenTelemetry", StringComparison.Ordinal));
    }

    private static bool IsMet(Func<bool> condition) => SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60));
}
