using System.Diagnostics;

namespace Ews.ImService.Reliability.Fuzz;

/// <summary>The resident memory of the services over a run.</summary>
/// <param name="measure">Measures the memory in bytes.</param>
internal sealed class MemoryTrend(Func<long> measure)
{
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<(long Requests, long Bytes)> _samples = [];
    private long _last;

    /// <summary>Measures, unless the last measurement is recent.</summary>
    /// <param name="requests">The number of requests that were sent.</param>
    public void Sample(long requests)
    {
        lock (_lock)
        {
            if (_last != 0 && Stopwatch.GetElapsedTime(_last) < Interval)
                return;
            _last = Stopwatch.GetTimestamp();
            _samples.Add((requests, measure()));
        }
    }

    /// <summary>Adds the trend after the first half of the run, in which caches fill and code is compiled, to the figures.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="maxGrowth">The maximum growth in bytes.</param>
    /// <exception cref="RunException">The memory grew more.</exception>
    public void Report(RunContext context, long maxGrowth)
    {
        var half = _samples.FindAll(sample => sample.Requests >= _samples[^1].Requests / 2);
        var (meanRequests, meanBytes) = (half.Average(sample => sample.Requests), half.Average(sample => sample.Bytes));
        var variance = half.Sum(sample => Math.Pow(sample.Requests - meanRequests, 2));
        var slope = variance == 0 ? 0 : half.Sum(sample => (sample.Requests - meanRequests) * (sample.Bytes - meanBytes)) / variance;
        context.Add("resident memory of the three services in the middle, MB", (long)(half[0].Bytes / Megabyte));
        context.Add("resident memory of the three services at the end, MB", (long)(half[^1].Bytes / Megabyte));
        context.Add("slope of the memory in the second half, bytes per request", Math.Round(slope, 1));
        var growth = slope * (half[^1].Requests - half[0].Requests);
        if (growth > maxGrowth)
            throw new RunException($"The memory of the services grew by {growth / Megabyte:0} MB in the second half of the run.");
    }
}
