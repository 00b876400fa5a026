using System.Diagnostics;
using System.Globalization;

namespace Ews.ImService.Benchmarks;

/// <summary>The durations of the service and of a baseline, measured alternately.</summary>
internal sealed class Comparison
{
    private readonly List<double> _service = [];
    private readonly List<double> _baseline = [];

    private Comparison()
    {
    }

    /// <summary>Runs both once without measuring, then alternately for a number of rounds.</summary>
    public static async Task<Comparison> RunAsync(Func<Task> service, Func<Task> baseline, int rounds)
    {
        await service();
        await baseline();
        var comparison = new Comparison();
        for (var round = 0; round < rounds; round++)
        {
            comparison._service.Add(await MeasureAsync(service));
            comparison._baseline.Add(await MeasureAsync(baseline));
        }

        return comparison;
    }

    /// <summary>Returns the ratio of the medians, and the medians in milliseconds.</summary>
    public override string ToString()
    {
        var (service, baseline) = (Median(_service), Median(_baseline));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{service / baseline:0.00} × empty Kestrel application (medians of {_service.Count}: {service:0.0} ms, {baseline:0.0} ms)");
    }

    private static async Task<double> MeasureAsync(Func<Task> operation)
    {
        var started = Stopwatch.GetTimestamp();
        await operation();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(List<double> durations) => durations.Order().ElementAt(durations.Count / 2);
}
