using System.Collections.Concurrent;
using System.Diagnostics;
using Ews.ImService.Reliability.Fuzz.Cases;
using Ews.ImService.Reliability.Fuzz.Oracles;

namespace Ews.ImService.Reliability.Fuzz;

/// <summary>Sends invalid and unusual requests of every kind, and checks the responses, the logs and the memory of the service.</summary>
internal sealed class FuzzRun : IReliabilityRun
{
    private const int Workers = 6;
    private const int BatchSize = 64;
    private const int RestoreEvery = 2000;
    private const int MaxFindings = 20;
    private const long MaxGrowthBytes = 96L * 1024 * 1024;

    private static readonly TimeSpan QuickDuration = TimeSpan.FromSeconds(15);

    public string Name => "fuzz";

    public string Description => "invalid requests of every kind: none succeeds, fails internally, leaks text, hangs, or grows the memory";

    public async Task RunAsync(RunContext context)
    {
        using var services = await FuzzServices.StartAsync(context);
        var count = context.Select(quick: int.MaxValue, normal: 100_000, @long: 1_000_000);
        var leaks = new LeakOracle(Path.GetDirectoryName(context.Program)!);
        var state = new FuzzState(context, services, new ResponseOracle(leaks, services.Verdict));
        var memory = new MemoryTrend(() => services.ResidentBytes);
        var started = Stopwatch.GetTimestamp();
        var (first, last) = context.OnlyCase is { } only ? (only, only + 1) : (0, count);
        var next = (long)first;
        var deadline = context.Mode == RunMode.Quick ? QuickDuration : TimeSpan.MaxValue;
        await Task.WhenAll(Enumerable.Range(0, context.OnlyCase is null ? Workers : 1).Select(_ => Task.Run(WorkAsync)));

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var finding in state.Findings.Values)
            context.Report(finding.Describe(context.Seed));
        await services.VerifyAsync();
        var lines = await services.StopAsync();
        if (!state.Findings.IsEmpty)
            throw new RunException($"{state.Findings.Count} kinds of wrong responses, which are described above.");
        context.Add("requests", state.Count);
        foreach (var (area, number) in state.Areas.OrderBy(area => area.Key, StringComparer.Ordinal))
            context.Add($"requests, {area}", number);
        context.Add("requests that are certainly invalid, all of them rejected", state.Invalid);
        context.Add("requests per second", (long)(state.Count / seconds));
        context.Add("connections that the service closed without a response", state.Closed);
        context.Add("lines in the logs, none of them an error", lines);
        memory.Report(context, MaxGrowthBytes);

        async Task WorkAsync()
        {
            using var worker = new FuzzWorker(state);
            while (Stopwatch.GetElapsedTime(started) < deadline && state.Findings.Count < MaxFindings)
            {
                var from = Interlocked.Add(ref next, BatchSize) - BatchSize;
                var to = Math.Min(from + BatchSize, last);
                if (from >= last)
                    return;
                if (from % RestoreEvery < BatchSize)
                    await services.RestoreAsync();
                await worker.RunAsync([.. Numbers(from, to).Select(number => (number, state.CreateCase(number)))]);
                memory.Sample(state.Count);
            }
        }
    }

    private static IEnumerable<long> Numbers(long from, long to)
    {
        for (var number = from; number < to; number++)
            yield return number;
    }
}
