using System.Diagnostics;
using Ews.ImService.Benchmarks.Load;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>Compares the service with L0 and L1 under a load.</summary>
/// <remarks>
/// Every server runs in one process for all rounds. Every .3 seconds the load pauses and the mailboxes are restored; otherwise they would
/// grow to sizes that no user has.
/// </remarks>
internal static class LoadComparison
{
    private const string ServiceName = "service";
    private const double Mebibyte = 1024 * 1024;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(.3);

    public static async Task RunAsync(LoadDefinition load, ComparisonOptions options, Servers servers, Results results)
    {
        var database = servers.NewFile(load.Name + ".db");
        var plainDatabase = servers.NewFile(load.Name + "-l1.db");
        using var serviceProcess = servers.StartService(database);
        using var serviceClient = serviceProcess.WaitUntilListening();
        var workload = await Workload.CreateAsync(load, serviceClient);

        workload.WritePlainData(plainDatabase);
        using var plainProcess = servers.StartPlainServer(plainDatabase);
        using var plainClient = plainProcess.WaitUntilListening();
        await workload.VerifyListsAsync(plainClient);

        using var emptyProcess = servers.StartEmptyServer(workload.WriteResponses(servers.Folder));
        using var emptyClient = emptyProcess.WaitUntilListening();

        var service = new Target(ServiceName, serviceProcess, serviceClient, workload.Connect);
        var plain = new Target(nameof(Baseline.L1), plainProcess, plainClient, workload.Connect);
        var empty = new Target(nameof(Baseline.L0), emptyProcess, emptyClient, workload.ConnectToEmpty) { StoresWrites = false };
        Target[] targets = [service, plain, empty];

        foreach (var target in targets)
            Progress.Report($"{load.Name}: warm-up, {target.Name}: {await RunPhaseAsync(target, load, workload, options.Warmup)}");
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var target in targets)
            {
                target.Rounds.Add(await RunPhaseAsync(target, load, workload, options.Duration));
                Progress.Report($"{load.Name}: round {round} of {options.Rounds}, {target.Name}: {target.Rounds[^1]}");
            }
        }

        // The acknowledged writes of the last round must be in the lists and, although the process is killed, in the file.
        await VerifyListsAsync(serviceClient, service.ExpectedGroups);
        serviceProcess.Dispose();
        using var restarted = servers.StartService(database);
        using var restartedClient = restarted.WaitUntilListening();
        await VerifyListsAsync(restartedClient, service.ExpectedGroups);

        AddResults(load, results, service.Rounds, plain.Rounds, empty.Rounds);
    }

    /// <summary>
    /// Runs a load in slices. Before each slice the mailboxes are restored; after it the groups are counted.
    /// </summary>
    private static async Task<LoadFigures> RunPhaseAsync(Target target, LoadDefinition load, Workload workload, TimeSpan duration)
    {
        List<LoadConnection> connections = [];
        List<long> latencies = [];
        var (elapsed, cpu) = (TimeSpan.Zero, TimeSpan.Zero);
        try
        {
            for (var i = 0; i < load.Connections; i++)
                connections.Add(target.Connect(target.Process.Port, i));
            while (elapsed < duration)
            {
                await target.Client.RestoreSnapshotAsync();
                connections.ForEach(connection => connection.Restart());
                var before = target.Process.CpuTime;
                elapsed += LoadPhase.Run(connections, duration - elapsed < Slice ? duration - elapsed : Slice, latencies);
                cpu += target.Process.CpuTime - before;
                target.ExpectedGroups = workload.ExpectedGroups(connections);
                if (target.StoresWrites)
                    await VerifyCountsAsync(target);
            }
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }

        latencies.Sort();
        return new LoadFigures(
            latencies.Count / elapsed.TotalSeconds,
            Milliseconds(latencies, .5),
            Milliseconds(latencies, .99),
            cpu.TotalMicroseconds / latencies.Count,
            target.Process.ResidentBytes / Mebibyte);
    }

    private static double Milliseconds(List<long> sorted, double quantile) =>
        Stopwatch.GetElapsedTime(0, sorted[(int)(sorted.Count * quantile)]).TotalMilliseconds;

    private static async Task VerifyCountsAsync(Target target)
    {
        var counts = await target.Client.CountGroupsAsync();
        foreach (var (mailbox, expected) in target.ExpectedGroups)
            Verify(target.Name, mailbox, counts[mailbox], expected);
    }

    private static async Task VerifyListsAsync(EwsClient service, IReadOnlyDictionary<string, int> expectedGroups)
    {
        foreach (var (mailbox, expected) in expectedGroups)
            Verify(ServiceName, mailbox, await service.CountGroupsAsync(mailbox), expected);
    }

    private static void Verify(string server, string mailbox, int count, int expected)
    {
        if (count != expected)
            throw new RunException($"A write was lost: {server} has {count} instead of {expected} groups in {mailbox}.");
    }

    private static void AddResults(
        LoadDefinition load, Results results, List<LoadFigures> service, List<LoadFigures> plain, List<LoadFigures> empty)
    {
        Add("requests per second", load.RateBaseline, figures => figures.PerSecond, load.Rate, isRate: true);
        Add("p50", Baseline.L1, figures => figures.MedianMilliseconds, null);
        Add("p99", Baseline.L1, figures => figures.Percentile99Milliseconds, load.Percentile99);
        Add("CPU per request", load.RateBaseline, figures => figures.CpuMicroseconds, null);
        Add("resident memory", Baseline.L0, figures => figures.Mebibytes, LoadDefinition.Memory);
        results.Add(new ServerFigures(load.Title, ServiceName, service));
        results.Add(new ServerFigures(load.Title, nameof(Baseline.L1), plain));
        results.Add(new ServerFigures(load.Title, nameof(Baseline.L0), empty));

        void Add(string quantity, Baseline baseline, Func<LoadFigures, double> value, Limits? limits, bool isRate = false)
        {
            var other = baseline == Baseline.L0 ? empty : plain;
            double[] ratios = [.. service.Zip(other, (left, right) => value(left) / value(right))];
            results.Add(new Measurement(load.Title, quantity, "× " + baseline, ratios, limits, isRate));
        }
    }

    /// <summary>A server under load.</summary>
    private sealed record Target(string Name, ServerProcess Process, EwsClient Client, Func<int, int, LoadConnection> Connect)
    {
        /// <summary>Gets a value that indicates whether the server stores what it acknowledges.</summary>
        public bool StoresWrites { get; init; } = true;

        /// <summary>Gets or sets the number of groups that each mailbox must have.</summary>
        public IReadOnlyDictionary<string, int> ExpectedGroups { get; set; } = new Dictionary<string, int>();

        /// <summary>Gets the figures of the rounds.</summary>
        public List<LoadFigures> Rounds { get; } = [];
    }
}
