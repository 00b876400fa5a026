using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests.Figures;

/// <summary>Measures the inspector in a browser, against the published service, and prints a table.</summary>
internal static class FiguresCommand
{
    private static readonly Func<MeasuredService, Task<IEnumerable<Figure>>>[] Measurements =
    [
        FirstLoad.MeasureAsync, EventBytes.MeasureAsync, Scrolling.MeasureAsync, Throughput.MeasureAsync,
    ];

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ews-imservice-").FullName;
        try
        {
            var program = Repository.ServiceProgram(Repository.PublishService(folder));
            List<Figure> figures = [];
            foreach (var measure in Measurements)
            {
                using var service = MeasuredService.Start(program, folder);
                figures.AddRange(await measure(service));
                Progress.Report($"{figures[^1].Name}: {figures[^1].Value}");
            }

            Console.WriteLine("| figure | value | limit |");
            Console.WriteLine("|---|---|---|");
            foreach (var figure in figures)
                Console.WriteLine($"| {figure.Name} | **{figure.Value}** | {figure.Limit} |");
        }
        finally
        {
            ServerProcess.KillAll();
            Directory.Delete(folder, recursive: true);
        }
    }
}
