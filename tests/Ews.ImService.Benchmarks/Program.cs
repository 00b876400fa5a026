// Starts, as ratios to an empty Kestrel application doing the same, side by side in one run: machines are noisy, ratios are not.
//   dotnet run -c Release --project tests/Ews.ImService.Benchmarks [ROUNDS]
using System.Diagnostics;
using System.Globalization;
using Ews.ImService.Benchmarks;
using Ews.ImService.Testing;

if (args is ["empty"])
{
    await using var application = await EmptyKestrel.StartAsync();
    Console.WriteLine($"Listening on {application.Urls.Single()}/");
    await Task.Delay(Timeout.Infinite);
}

var rounds = args is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 20;
using var http = new HttpClient();

Report("A further server in a warm process, started, asked once and ended", await CompareAsync(FurtherServerAsync, FurtherEmptyAsync));
Report("A process, started, until it has answered once", await CompareAsync(
    () => ProcessAsync("EWS clients use ", Path.Combine(AppContext.BaseDirectory, "ews-imservice", "Ews.ImService.dll"), "serve", "--db", ":memory:", "--urls", "http://127.0.0.1:0"),
    () => ProcessAsync("Listening on ", typeof(EmptyKestrel).Assembly.Location, "empty")));

async Task<(List<double> Service, List<double> Empty)> CompareAsync(Func<Task> service, Func<Task> empty)
{
    await service();
    await empty();
    var (ofService, ofEmpty) = (new List<double>(), new List<double>());
    for (var round = 0; round < rounds; round++)
    {
        ofService.Add(await MeasureAsync(service));
        ofEmpty.Add(await MeasureAsync(empty));
    }

    return (ofService, ofEmpty);
}

static async Task<double> MeasureAsync(Func<Task> work)
{
    var started = Stopwatch.GetTimestamp();
    await work();
    return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
}

async Task FurtherServerAsync()
{
    await using var exchange = await EwsImServer.StartAsync();
    await http.GetStringAsync(exchange.Url);
}

async Task FurtherEmptyAsync()
{
    await using var application = await EmptyKestrel.StartAsync();
    await http.GetStringAsync(new Uri(application.Urls.Single()));
}

async Task ProcessAsync(string ready, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
    try
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(ready, StringComparison.Ordinal);
            if (at < 0)
                continue;
            await http.GetStringAsync(new Uri(line[(at + ready.Length)..].Split(';')[0]));
            return;
        }

        throw new InvalidOperationException("The process ended early.");
    }
    finally
    {
        process.Kill();
        await process.WaitForExitAsync();
    }
}

static void Report(string what, (List<double> Service, List<double> Empty) times)
{
    var (service, empty) = (Median(times.Service), Median(times.Empty));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {service / empty:0.00} of an empty Kestrel application (medians {service:0.0} ms and {empty:0.0} ms of {times.Service.Count})"));
}

static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
