using Ews.ImService.Benchmarks.Baselines;
using Ews.ImService.Benchmarks.Load;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>Compares the service with L0 and L1 under a load.</summary>
/// <remarks>
/// Every server runs in one process for all rounds. Before every phase the mailboxes are restored; otherwise they would grow to sizes
/// that no user has.
/// </remarks>
internal static class LoadComparison
{
    private const string ServiceName = "service";
    private const double Mebibyte = 1024 * 1024;

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

        var service = new Target(ServiceName, serviceProcess, workload.Connect, serviceClient.RestoreSnapshotAsync)
        {
            VerifyAsync = expected => VerifyAsync(ServiceName, serviceClient, expected),
        };
        var plain = new Target(
            nameof(Baseline.L1),
            plainProcess,
            workload.Connect,
            () => plainClient.SendAsync(HttpMethod.Post, PlainServer.ResetPath.TrimStart('/'), ""))
        {
            VerifyAsync = expected => VerifyAsync(nameof(Baseline.L1), plainClient, expected),
        };
        var empty = new Target(nameof(Baseline.L0), emptyProcess, workload.ConnectToEmpty, () => Task.CompletedTask);
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

        // The acknowledged writes of the last round must be in the file, although the process is killed.
        serviceProcess.Dispose();
        using var restarted = servers.StartService(database);
        using var restartedClient = restarted.WaitUntilListening();
        await VerifyAsync("restarted service", restartedClient, service.ExpectedGroups);

        AddResults(load, results, service.Rounds, plain.Rounds, empty.Rounds);
    }

    private static async Task<LoadFigures> RunPhaseAsync(Target target, LoadDefinition load, Workload workload, TimeSpan duration)
    {
        await target.RestoreAsync();
        List<LoadConnection> connections = [];
        try
        {
            for (var i = 0; i < load.Connections; i++)
                connections.Add(target.Connect(target.Process.Port, i));
            var cpu = target.Process.CpuTime;
            var result = LoadPhase.Run(connections, duration);
            var figures = new LoadFigures(
                result.PerSecond,
                result.Median.TotalMilliseconds,
                result.Percentile99.TotalMilliseconds,
                (target.Process.CpuTime - cpu).TotalMicroseconds / result.Requests,
                target.Process.ResidentBytes / Mebibyte);
            target.ExpectedGroups = workload.ExpectedGroups(connections);
            await target.VerifyAsync(target.ExpectedGroups);
            return figures;
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task VerifyAsync(string server, EwsClient client, IReadOnlyDictionary<string, int> expected)
    {
        foreach (var (mailbox, groups) in expected)
        {
            var count = await client.CountGroupsAsync(mailbox);
            if (count != groups)
                throw new BenchmarkException($"A write was lost: {server} has {count} instead of {groups} groups in {mailbox}.");
        }
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
    private sealed record Target(
        string Name, ServerProcess Process, Func<int, int, LoadConnection> Connect, Func<Task> RestoreAsync)
    {
        public Func<IReadOnlyDictionary<string, int>, Task> VerifyAsync { get; init; } = _ => Task.CompletedTask;

        public IReadOnlyDictionary<string, int> ExpectedGroups { get; set; } = new Dictionary<string, int>();

        public List<LoadFigures> Rounds { get; } = [];
    }
}
