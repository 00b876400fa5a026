using System.Diagnostics;

namespace Ews.ImService.Tests.Metrics;

/// <summary>Reads the metrics of a service.</summary>
internal static class MetricsReader
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Returns the metric families by name.</summary>
    public static async Task<Dictionary<string, Family>> MetricsAsync(this TestService service) =>
        PrometheusParser.Parse(await service.Client.GetStringAsync("/metrics"));

    /// <summary>Waits for a sample: a request is measured when its response was sent, which its client sees earlier.</summary>
    /// <returns><c>true</c> if the sample has the value; otherwise, <c>false</c>.</returns>
    public static async Task<bool> WaitForSampleAsync(this TestService service, string name, double value, params string[] labels)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Timeout; await Task.Delay(10))
        {
            var samples = (await service.MetricsAsync()).Values.SelectMany(family => family.Samples);
            if (samples.Any(sample => sample.Name == name && sample.Labels.Values.SequenceEqual(labels) && sample.Value == value))
                return true;
        }

        return false;
    }
}
