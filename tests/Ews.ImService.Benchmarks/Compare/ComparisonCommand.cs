using System.Runtime.InteropServices;
using Ews.ImService.Benchmarks.Report;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>Runs the comparison.</summary>
internal static class ComparisonCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Contains("--help"))
        {
            Console.WriteLine(ComparisonOptions.Help);
            return 0;
        }

        var folder = Directory.CreateTempSubdirectory("ews-imservice-benchmarks-").FullName;
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Stop(folder));
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Stop(folder));
        try
        {
            var options = ComparisonOptions.Parse(arguments);
            var servers = new Servers(options.Service ?? Repository.PublishService(folder), folder);
            var results = options.ResultsFile is { } earlier ? Results.Read(earlier) : new Results();
            foreach (var (name, runAsync) in All(options, servers, results))
            {
                if (options.Only.Count == 0 || options.Only.Contains(name))
                    await runAsync();
            }

            Console.WriteLine(MarkdownReport.Write(results));
            if (options.ResultsFile is { } resultsFile)
                results.Write(resultsFile);
            if (options.Svg is { } svg)
                await File.WriteAllTextAsync(svg, SvgReport.Write(results));
            if (options.UpdateDocs)
                DocumentationPage.Update(Repository.Folder(), results);
            return 0;
        }
        catch (RunException e)
        {
            Console.Error.WriteLine("The run is void. " + e.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Ends the run before its end, without leaving servers or files.</summary>
    private static void Stop(string folder)
    {
        ServerProcess.KillAll();
        Directory.Delete(folder, recursive: true);
        Environment.Exit(1);
    }

    private static IEnumerable<(string Name, Func<Task> RunAsync)> All(ComparisonOptions options, Servers servers, Results results) =>
    [
        .. LoadDefinition.All.Select(load => (
            load.Name, (Func<Task>)(() => LoadComparison.RunAsync(load, options, servers, results)))),
        ("cold", () => ColdStart.RunAsync(options, servers, results)),
        ("further", () => FurtherServer.RunAsync(options, servers, results)),
        ("growth", () => Growth.RunAsync(options, servers, results)),
    ];
}
