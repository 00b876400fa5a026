using System.Diagnostics;

namespace Ews.ImService.Benchmarks.Load;

/// <summary>Sends requests on several connections for some time, each connection one at a time.</summary>
internal static class LoadPhase
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly byte[] Buffer = new byte[128 * 1024];
    private static long _nextName = 1;

    /// <summary>Runs a phase.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="duration">The time after which no further request is sent.</param>
    /// <param name="latencies">The list to which the latency of every request is added, in units of <see cref="Stopwatch"/>.</param>
    /// <returns>The time from the first request to the last response.</returns>
    /// <exception cref="RunException">A response is wrong or missing.</exception>
    public static TimeSpan Run(IReadOnlyList<LoadConnection> connections, TimeSpan duration, List<long> latencies)
    {
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
                throw new RunException($"{outstanding} responses are missing after {Timeout.TotalSeconds} seconds.");
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

        return Stopwatch.GetElapsedTime(started, now);
    }
}
