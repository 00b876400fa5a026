using System.Diagnostics;
using Ews.ImService.Reliability.Crash;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Kills instances, restarts the database and closes its connections while clients write, and verifies every write.</summary>
internal sealed class FailoverRun : IReliabilityRun
{
    private const int MaxWrites = 300;

    private static readonly TimeSpan MaxResponseTime = TimeSpan.FromSeconds(5);

    public string Name => "failover";

    public string Description => "three instances that are killed, and whose database restarts: nothing is lost, survivors recover";

    public async Task RunAsync(RunContext context)
    {
        if (!PrivatePostgres.IsInstalled)
        {
            context.Report(PrivatePostgres.SkipReason);
            return;
        }

        using var group = await InstanceGroup.StartAsync(context, "--Log:Level", "Fatal");
        await new Rounds(context, group).RunAsync(context.Select(quick: 4, normal: 20, @long: 100));
    }

    private sealed class Rounds(RunContext context, InstanceGroup group)
    {
        private readonly Random _random = new(context.Seed);
        private readonly CrashClients _clients = new(context.Seed);
        private readonly FailoverProbes _probes = new(group.Url);
        private readonly Dictionary<FailoverTrouble, int> _troubles = [];
        private TimeSpan _longestRecovery;

        public async Task RunAsync(int rounds)
        {
            FailoverTrouble[] troubles = [];
            for (var round = 0; round < rounds; round++)
            {
                if (round % Enum.GetValues<FailoverTrouble>().Length == 0)
                {
                    troubles = Enum.GetValues<FailoverTrouble>();
                    _random.Shuffle(troubles);
                }

                await RunRoundAsync(round, troubles[round % troubles.Length]);
            }

            context.Add("rounds", rounds);
            foreach (var (trouble, count) in _troubles.OrderBy(it => it.Key))
                context.Add(Describe(trouble), count);
            _clients.AddFigures(context);
            context.Add("further requests during the rounds", _probes.Requests);
            context.Add("of them, errors of EWS", _probes.Errors);
            context.Add("of them, answered by the load balancer because their instance was killed", _probes.Interrupted);
            context.Add("longest response, ms", (int)_probes.LongestResponse.TotalMilliseconds);
            context.Add("longest time until every instance is ready and writes succeed again, ms", (int)_longestRecovery.TotalMilliseconds);
        }

        private static string Describe(FailoverTrouble trouble) => trouble switch
        {
            FailoverTrouble.InstanceKilled => "instances killed and started again",
            FailoverTrouble.DatabaseStopped => "stops of the database, with the end of its connections",
            FailoverTrouble.DatabaseCrashed => "stops of the database as a crash",
            _ => "terminations of all connections to the database",
        };

        private async Task RunRoundAsync(int round, FailoverTrouble trouble)
        {
            using var stop = new CancellationTokenSource();
            var probes = _probes.RunAsync(stop.Token);
            var writers = _clients.WriteAsync(group.Url, ServiceCondition.Unreliable, stop.Token);
            var acknowledged = _clients.Acknowledged + _random.Next(1, MaxWrites);
            while (_clients.Acknowledged < acknowledged && !writers.IsCompleted && !probes.IsCompleted)
                await Task.Delay(1);
            await Task.Delay(_random.Next(20));

            _probes.MayBeInterrupted = trouble == FailoverTrouble.InstanceKilled;
            await CauseAsync(trouble);
            _troubles[trouble] = _troubles.GetValueOrDefault(trouble) + 1;
            var ended = Stopwatch.GetTimestamp();
            await group.WaitUntilReadyAsync();
            await _probes.WaitForWritesAsync(probes);
            var recovery = Stopwatch.GetElapsedTime(ended);
            _longestRecovery = recovery > _longestRecovery ? recovery : _longestRecovery;

            await stop.CancelAsync();
            await Task.WhenAll(probes, writers);
            if (_probes.LongestResponse > MaxResponseTime)
                throw new RunException($"Round {round}, {trouble}: a response took {_probes.LongestResponse.TotalSeconds:0.0} s.");
            await group.WaitUntilIdleAsync();
            await _clients.VerifyAsync(group.Instances[_random.Next(group.Instances.Count)].Url);
            await _probes.VerifyAsync();
            InstanceInspection.Verify(group);
            context.Report($"round {round + 1}, {trouble}: recovered after {recovery.TotalMilliseconds:0} ms; "
                + $"{_clients.Acknowledged + _probes.Acknowledged} acknowledged writes, all present");
        }

        private async Task CauseAsync(FailoverTrouble trouble)
        {
            switch (trouble)
            {
                case FailoverTrouble.InstanceKilled:
                    var index = _random.Next(group.Instances.Count);
                    group.Kill(index);
                    await Task.Delay(_random.Next(1_000));
                    group.StartAgain(index);
                    break;
                case FailoverTrouble.ConnectionsTerminated:
                    group.CutConnections();
                    break;
                default:
                    group.Postgres.Stop(asCrash: trouble == FailoverTrouble.DatabaseCrashed);
                    await Task.Delay(_random.Next(3_000));
                    group.Postgres.StartAgain();
                    break;
            }
        }
    }
}

/// <summary>The failures that a round of the run causes while clients write.</summary>
internal enum FailoverTrouble
{
    /// <summary>An instance is killed, and started again.</summary>
    InstanceKilled,

    /// <summary>The database ends its connections, stops, and starts again.</summary>
    DatabaseStopped,

    /// <summary>The database stops without completing anything, and recovers when it starts again.</summary>
    DatabaseCrashed,

    /// <summary>The database ends all connections.</summary>
    ConnectionsTerminated,
}
