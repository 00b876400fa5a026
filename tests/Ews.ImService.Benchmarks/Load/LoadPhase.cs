using System.Diagnostics;

namespace Ews.ImService.Benchmarks.Load;

/// <summary>Sends requests on several connections for some time, each connection one at a time.</summary>
internal static class LoadPhase
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly byte[] Buffer = new byte[128 * 1024];
    private static long _nextName = 1;

    /// <summary>Runs a phase.</summary>
    /// <exception cref="BenchmarkException">A response is wrong or missing.</exception>
    public static LoadResult Run(IReadOnlyList<LoadConnection> connections, TimeSpan duration)
    {
        var latencies = new List<long>(1 << 16);
        var poll = new PollSet([.. connections.Select(connection => connection.Socket)]);
        var started = Stopwatch.GetTimestamp();
        var deadline = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        foreach (var connection in connections)
            connection.Send(ref _nextName);
        var outstanding = connections.Count;
        var now = started;
        while (outstanding > 0)
        {
            if (!poll.Wait(Timeout))
                throw new BenchmarkException($"{outstanding} responses are missing after {Timeout.TotalSeconds} seconds.");
            for (var i = 0; i < connections.Count; i++)
            {
                if (!poll.IsReady(i) || !connections[i].Receive(Buffer))
                    continue;
                now = Stopwatch.GetTimestamp();
                latencies.Add(now - connections[i].SentAt);
                if (now < deadline)
                    connections[i].Send(ref _nextName);
                else
                    outstanding--;
            }
        }

        latencies.Sort();
        return new LoadResult(latencies.Count, Stopwatch.GetElapsedTime(started, now), At(latencies, .5), At(latencies, .99));
    }

    private static TimeSpan At(List<long> latencies, double quantile) =>
        Stopwatch.GetElapsedTime(0, latencies[(int)(latencies.Count * quantile)]);
}

/// <summary>The result of a phase.</summary>
/// <param name="Requests">The number of requests, all of which were answered correctly.</param>
/// <param name="Duration">The time from the first request to the last response.</param>
/// <param name="Median">The median latency.</param>
/// <param name="Percentile99">The latency that 99 % of the requests did not exceed.</param>
internal sealed record LoadResult(int Requests, TimeSpan Duration, TimeSpan Median, TimeSpan Percentile99)
{
    /// <summary>Gets the number of requests per second.</summary>
    public double PerSecond => Requests / Duration.TotalSeconds;
}
