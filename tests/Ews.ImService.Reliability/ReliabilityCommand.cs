using System.Diagnostics;
using System.Runtime.InteropServices;
using Ews.ImService.Reliability.Crash;
using Ews.ImService.Reliability.Fuzz;
using Ews.ImService.Reliability.Instances;
using Ews.ImService.Reliability.Notifications;
using Ews.ImService.Reliability.Overload;
using Ews.ImService.Reliability.Races;
using Ews.ImService.Reliability.Storage;

namespace Ews.ImService.Reliability;

/// <summary>Executes the runs and reports their figures.</summary>
internal static class ReliabilityCommand
{
    /// <summary>All runs, in the order of their execution. A new run is one line here.</summary>
    private static readonly IReadOnlyList<IReliabilityRun> Runs =
    [
        new StartRun(),
        new FuzzRun(),
        new CrashRun(),
        new StorageRun(),
        new OverloadRun(),
        new StopRun(),
        new SoakRun(),
        new RacesRun(),
        new SubscribersRun(),
        new InstancesRun(),
        new FailoverRun(),
    ];

    /// <summary>Executes the command.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Contains("--help"))
        {
            Console.WriteLine(ReliabilityOptions.Help(Runs));
            return 0;
        }

        var temporary = Directory.CreateTempSubdirectory("ews-imservice-reliability-").FullName;
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Stop(temporary));
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Stop(temporary));
        try
        {
            var options = ReliabilityOptions.Parse(arguments, [.. Runs.Select(run => run.Name)]);
            var service = options.Service ?? Repository.PublishService(temporary);
            Progress.Report($"--seed {options.Seed}");
            List<Figure> figures = [];
            foreach (var run in Runs.Where(run => options.Only.Count == 0 || options.Only.Contains(run.Name)))
                figures.AddRange(await RunAsync(run, options, service, options.KeepFolder ?? temporary));
            Console.WriteLine(ReliabilityReport.Write(figures));
            if (options.UpdateDocs)
                ReliabilityReport.Update(Repository.Folder(), figures);
            return 0;
        }
        catch (RunException e)
        {
            Console.Error.WriteLine("FAILED: " + e.Message);
            return 1;
        }
        finally
        {
            ServerProcess.KillAll();
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static async Task<IEnumerable<Figure>> RunAsync(
        IReliabilityRun run, ReliabilityOptions options, string service, string folder)
    {
        var context = new RunContext(run.Name, options, service, Directory.CreateDirectory(Path.Combine(folder, run.Name)).FullName);
        var started = Stopwatch.GetTimestamp();
        await run.RunAsync(context);
        context.Report($"passed after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        return context.Figures;
    }

    /// <summary>Ends the program before its end, without leaving servers or files.</summary>
    private static void Stop(string folder)
    {
        ServerProcess.KillAll();
        Directory.Delete(folder, recursive: true);
        Environment.Exit(1);
    }
}
