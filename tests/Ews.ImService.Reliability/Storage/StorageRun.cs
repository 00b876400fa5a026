using Ews.ImService.Reliability.Crash;

namespace Ews.ImService.Reliability.Storage;

/// <summary>Disturbs the database of a running service, and verifies its responses, its recovery, and every acknowledged write.</summary>
internal sealed class StorageRun : IReliabilityRun
{
    private const int WritesBefore = 20;

    /// <summary>The limit on every response: clients commonly wait 5 seconds or longer.</summary>
    private static readonly TimeSpan MaxResponseTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MaxRecoveryTime = TimeSpan.FromSeconds(1);

    public string Name => "storage";

    public string Description => "a full, frozen, slow or immutable disk, a locked, deleted or replaced database: EWS errors, and recovery";

    public async Task RunAsync(RunContext context)
    {
        var rounds = context.Select(quick: 1, normal: 2, @long: 10);
        var canMount = await TestFileSystem.CanMountAsync(context.FilePath("probe"));
        var total = new Result();
        foreach (var trouble in StorageTrouble.All)
        {
            if (trouble.NeedsFileSystem && !canMount)
            {
                context.Report($"NOT RUN: {trouble.Name}, because this user cannot mount a file system");
                continue;
            }

            var result = new Result();
            for (var round = 1; round <= rounds; round++)
                await RunAsync(context, trouble, $"{StorageTrouble.All.IndexOf(trouble)}-{round}", result);
            context.Add($"{trouble.Name}: longest response, ms", Milliseconds(result.LongestResponse));
            if (trouble.Recovery == Recovery.AtEnd)
                context.Add($"{trouble.Name}: longest time until a write is accepted again, ms", Milliseconds(result.LongestRecovery));
            total.Add(result, acknowledgedWritesRemain: trouble.Recovery == Recovery.AtEnd);
        }

        context.Add("reads during trouble, all successful", total.Reads);
        context.Add("acknowledged writes before, during and after trouble, all present after SIGKILL and a restart", total.Accepted);
        context.Add("writes rejected during trouble", total.Rejected);
    }

    private static int Milliseconds(TimeSpan time) => (int)Math.Ceiling(time.TotalMilliseconds);

    private static async Task RunAsync(RunContext context, StorageTrouble trouble, string name, Result result)
    {
        var folder = Directory.CreateDirectory(context.FilePath(name)).FullName;
        var fileSystem = trouble.NeedsFileSystem ? await TestFileSystem.MountAsync(context.FilePath(name + ".img"), folder) : null;
        try
        {
            var database = Path.Combine(folder, "mail.db");
            using (var server = Start(context, database))
                await DisturbAsync(trouble, server, new TroubledFiles(database), result);
            if (trouble.Recovery == Recovery.AtEnd)
                DatabaseInspection.Verify(database, context.FilePath(name + "-copy.db"));
            if (trouble.Recovery != Recovery.AnotherFile)
                await VerifyRestartAsync(context, trouble, database, result);
        }
        finally
        {
            if (fileSystem is not null)
                await fileSystem.UnmountAsync();
        }
    }

    /// <summary>Writes and reads before, during and after the trouble, and kills the service.</summary>
    private static async Task DisturbAsync(StorageTrouble trouble, ServerProcess server, TroubledFiles files, Result result)
    {
        server.WaitUntilListening().Dispose();
        using var load = new TroubleLoad(server.Url, result.NextPrefix());
        for (var number = 0; number < WritesBefore; number++)
            await load.WriteAsync(mustSucceed: true);

        await trouble.BeginAsync(files);
        await load.RunAsync(trouble.Duration, trouble.Writes);
        await trouble.EndAsync(files);

        if (trouble.Recovery == Recovery.AtEnd)
            result.LongestRecovery = Longest(result.LongestRecovery, await load.WaitForAcceptedWriteAsync(MaxRecoveryTime));
        if (server.HasExited)
            throw new RunException($"{trouble.Name}: the service exited: {server.ReadErrors()}");
        load.VerifyPresent(await load.ReadAsync());
        result.Add(load);
        if (load.LongestResponse > MaxResponseTime)
            throw new RunException($"{trouble.Name}: a response took {load.LongestResponse.TotalSeconds:0.0} s.");
    }

    /// <summary>Starts the service again after the kill.</summary>
    private static async Task VerifyRestartAsync(RunContext context, StorageTrouble trouble, string database, Result result)
    {
        using var server = Start(context, database);
        server.WaitUntilListening().Dispose();
        using var load = new TroubleLoad(server.Url, result.NextPrefix());
        if (trouble.Recovery == Recovery.AtEnd)
            result.Last!.VerifyPresent(await load.ReadAsync());
        await load.WriteAsync(mustSucceed: true);
        if (await server.TerminateAsync() is not 0 and var exitCode)
            throw new RunException($"{trouble.Name}: the exit code after SIGTERM is {exitCode}: {server.ReadErrors()}");
    }

    private static ServerProcess Start(RunContext context, string database) =>
        context.StartService(database, "--Limits:MaxGroups", "1000000", "--Log:Level", "Fatal");

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>The sums and maxima of all rounds of one trouble.</summary>
    private sealed class Result
    {
        private int _starts;

        public TimeSpan LongestResponse { get; private set; }

        public TimeSpan LongestRecovery { get; set; }

        public int Reads { get; private set; }

        public int Accepted { get; private set; }

        public int Rejected { get; private set; }

        /// <summary>Gets the load of the last round.</summary>
        public TroubleLoad? Last { get; private set; }

        public string NextPrefix() => $"{++_starts}-";

        public void Add(TroubleLoad load)
        {
            Last = load;
            LongestResponse = Longest(LongestResponse, load.LongestResponse);
            (Reads, Accepted, Rejected) = (Reads + load.Reads, Accepted + load.Accepted, Rejected + load.Rejected);
        }

        /// <param name="other">The result to add.</param>
        /// <param name="acknowledgedWritesRemain"><c>false</c> if the trouble destroyed the database.</param>
        public void Add(Result other, bool acknowledgedWritesRemain)
        {
            (Reads, Rejected) = (Reads + other.Reads, Rejected + other.Rejected);
            Accepted += acknowledgedWritesRemain ? other.Accepted : 0;
        }
    }
}
