using System.Diagnostics;
using Ews.ImService.Benchmarks.Load;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>Compares the time from the start of a process to the first correct response with that of L0.</summary>
internal static class ColdStart
{
    private static readonly Limits Limits = new(2, 1.5);
    private static readonly byte[] Request =
        Requests.Http(Requests.EwsPath, Requests.AddImGroup(Exchange.SampleName), Mailboxes.Default);

    public static async Task RunAsync(ComparisonOptions options, Servers servers, Results results)
    {
        var existing = servers.NewFile("existing.db");
        string response;
        using (var service = servers.StartService(existing))
        {
            using var client = service.WaitUntilListening();
            await client.SeedAsync([Mailboxes.WithList(Mailboxes.Default)]);
            response = await client.CallAsync(Requests.AddImGroup(Exchange.Name(1)), Mailboxes.Default);
        }

        var responseFile = Path.Combine(servers.Folder, "cold-l0.xml");
        await File.WriteAllTextAsync(responseFile, response);

        // Checkpointed, so that every start reads the same file.
        using (var service = servers.StartService(existing))
        {
            using var client = service.WaitUntilListening();
            await client.CountGroupsAsync(Mailboxes.Default);
        }

        List<double> newFile = [];
        List<double> existingFile = [];
        for (var round = 0; round <= options.Rounds; round++)
        {
            var copy = servers.NewFile("cold.db");
            var service = Measure(() => servers.StartService(copy));
            copy = servers.NewFile("cold.db");
            foreach (var file in Directory.GetFiles(servers.Folder, "existing.db*"))
                File.Copy(file, copy + Path.GetFileName(file)["existing.db".Length..]);
            var serviceExisting = Measure(() => servers.StartService(copy));
            var empty = Measure(() => servers.StartEmptyServer(responseFile));
            Progress.Report($"cold: round {round} of {options.Rounds}: new {service}, existing {serviceExisting}, L0 {empty}");

            // The first round reads the programs from the disk.
            if (round == 0)
                continue;
            newFile.Add(service / empty);
            existingFile.Add(serviceExisting / empty);
        }

        const string Quantity = "process start to first correct response";
        results.Add(new Measurement("Cold start, new file", Quantity, "× L0", newFile, Limits));
        results.Add(new Measurement("Cold start, existing file", Quantity, "× L0", existingFile, Limits));
    }

    private static TimeSpan Measure(Func<ServerProcess> start)
    {
        var started = Stopwatch.GetTimestamp();
        using var server = start();
        using var connection = new BlockingConnection(server.Connect());
        connection.Call(Request);
        return Stopwatch.GetElapsedTime(started);
    }
}
