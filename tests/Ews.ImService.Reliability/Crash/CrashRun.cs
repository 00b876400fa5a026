using System.Diagnostics;

namespace Ews.ImService.Reliability.Crash;

/// <summary>Kills the service at random moments while 32 clients write, and verifies every write after the next start.</summary>
internal sealed class CrashRun : IReliabilityRun
{
    private const int MaxWrites = 800;

    /// <summary>The moments of ten rounds.</summary>
    private static readonly KillMoment[] Moments =
    [
        KillMoment.UnderLoad, KillMoment.AtCheckpoint, KillMoment.DuringStart, KillMoment.DuringStop, KillMoment.DuringFirstStart,
        KillMoment.UnderLoad, KillMoment.AtCheckpoint, KillMoment.DuringStart, KillMoment.UnderLoad, KillMoment.UnderLoad,
    ];

    public string Name => "crash";

    public string Description => "SIGKILL under 32 writers, during start, checkpoint and stop, and on full disks: nothing is lost or torn";

    public async Task RunAsync(RunContext context)
    {
        await new KillRounds(context).RunAsync(Moments, context.Select(quick: 5, normal: 20, @long: 100));
        await new FullDiskRounds(context).RunAsync(context.Select(quick: 1, normal: 3, @long: 10));
    }

    /// <summary>The rounds that kill the service at moments of its life.</summary>
    private sealed class KillRounds(RunContext context)
    {
        private readonly Random _random = new(context.Seed);
        private readonly CrashService _service = new(context, "kill");
        private readonly CrashClients _clients = new(context.Seed);
        private readonly Dictionary<KillMoment, int> _kills = [];
        private TimeSpan _startTime = TimeSpan.FromMilliseconds(300);

        public async Task RunAsync(KillMoment[] moments, int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                var moment = moments[round % moments.Length];
                if (moment == KillMoment.DuringFirstStart)
                    await KillFirstStartsAsync(round);
                else
                    await KillUnderLoadAsync(moment);
                if (round % 10 == 9)
                    context.Report($"{round + 1} of {rounds} rounds; {_clients.Acknowledged} acknowledged writes, all present");
            }

            using (var server = await StartAndVerifyAsync())
                await StopAsync(server, _service.Database);
            context.Add("rounds of kills under 32 writers", rounds);
            foreach (var (moment, kills) in _kills.OrderBy(it => it.Key))
                context.Add(Describe(moment), kills);
            _clients.AddFigures(context);
        }

        private static string Describe(KillMoment moment) => moment switch
        {
            KillMoment.UnderLoad => "kills at a random moment under load",
            KillMoment.AtCheckpoint => "kills during a checkpoint under load",
            KillMoment.DuringStart => "kills during a start",
            KillMoment.DuringStop => "kills during a stop under load",
            _ => "kills during the first start, which creates the database",
        };

        private async Task KillUnderLoadAsync(KillMoment moment)
        {
            using (var server = await StartAndVerifyAsync())
            {
                var stops = moment == KillMoment.DuringStop;
                var writers = _clients.WriteAsync(server.Url, stops ? ServiceCondition.Stopping : ServiceCondition.Healthy);
                if (moment == KillMoment.AtCheckpoint)
                    WaitForCheckpoint(writers);
                else
                    await WaitForWritesAsync(writers);
                if (stops)
                {
                    var stopped = server.TerminateAsync();
                    await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromMilliseconds(_random.Next(150))));
                }

                Kill(server, moment);
                await writers;
            }

            _service.VerifyFiles();
            for (var starts = moment == KillMoment.DuringStart ? 3 : 0; starts > 0; starts--)
            {
                using (var server = _service.Start())
                {
                    await Task.Delay(_startTime * _random.NextDouble());
                    Kill(server, moment);
                }

                _service.VerifyFiles();
            }
        }

        /// <summary>Waits until a random number of writes is acknowledged, and a random time.</summary>
        private async Task WaitForWritesAsync(Task writers)
        {
            var acknowledged = _clients.Acknowledged + _random.Next(MaxWrites);
            while (_clients.Acknowledged < acknowledged && !writers.IsCompleted)
                await Task.Delay(1);
            await Task.Delay(_random.Next(20));
        }

        /// <summary>Waits until the service copies the write-ahead log to the database file, which nothing else writes.</summary>
        private void WaitForCheckpoint(Task writers)
        {
            var before = File.GetLastWriteTimeUtc(_service.Database);
            while (File.GetLastWriteTimeUtc(_service.Database) == before && !writers.IsCompleted)
                Thread.Yield();
            Spin(_random.Next(3_000));
        }

        /// <summary>Starts the service, and verifies the files and all mailboxes.</summary>
        private async Task<ServerProcess> StartAndVerifyAsync()
        {
            var started = Stopwatch.GetTimestamp();
            var server = await _service.StartAndWaitAsync();
            _startTime = Stopwatch.GetElapsedTime(started);
            await _clients.VerifyAsync(server.Url);
            return server;
        }

        /// <summary>Kills services that create a database, each in another state of its files.</summary>
        private async Task KillFirstStartsAsync(int round)
        {
            Func<string, bool>[] states =
            [
                File.Exists,
                database => Length(database) > 0,
                database => File.Exists(database + "-wal"),
                database => Length(database + "-wal") > 0,
                database => Length(database + "-wal") > 4096,
                database => Length(database) > 4096,
            ];
            foreach (var (index, isReached) in states.Index().Where(it => it.Index % 2 == round % 2 || context.Mode != RunMode.Quick))
            {
                var service = new CrashService(context, $"first-{round}-{index}");
                using (var server = service.Start())
                {
                    // A state that lasts for microseconds can be missed: the service is killed later then.
                    var started = Stopwatch.GetTimestamp();
                    while (!isReached(service.Database) && Stopwatch.GetElapsedTime(started) < 2 * _startTime)
                        Thread.Yield();
                    Spin(_random.Next(500));
                    Kill(server, KillMoment.DuringFirstStart);
                }

                using (var server = await service.StartAndWaitAsync())
                {
                    using var client = server.WaitUntilListening();
                    await client.CallAsync(Requests.AddImGroup("Group"), Mailboxes.Default);
                    await StopAsync(server, service.Database);
                }

                service.VerifyFiles();
            }

            static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        }

        private static async Task StopAsync(ServerProcess server, string database)
        {
            var exitCode = await server.TerminateAsync();
            if (exitCode != 0)
                throw new RunException($"The exit code after SIGTERM is {exitCode}: {server.ReadErrors()}");
            DatabaseInspection.VerifyStopped(database);
        }

        private static void Spin(int microseconds)
        {
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started).TotalMicroseconds < microseconds)
                Thread.SpinWait(10);
        }

        private void Kill(ServerProcess server, KillMoment moment)
        {
            if (!server.HasExited)
                _kills[moment] = _kills.GetValueOrDefault(moment) + 1;
            server.Dispose();
        }
    }
}

/// <summary>A moment in the life of a service.</summary>
internal enum KillMoment
{
    /// <summary>While clients write.</summary>
    UnderLoad,

    /// <summary>While the write-ahead log is copied to the database file.</summary>
    AtCheckpoint,

    /// <summary>While the service starts on a database.</summary>
    DuringStart,

    /// <summary>After SIGTERM, while clients write.</summary>
    DuringStop,

    /// <summary>While the service creates a database.</summary>
    DuringFirstStart,
}
