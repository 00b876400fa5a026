// Measures startup as a ratio to an empty Kestrel application, which varies less between machines than durations do.
// Usage: dotnet run -c Release --project tests/Ews.ImService.Benchmarks [ROUNDS]
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Ews.ImService.Benchmarks;
using Ews.ImService.Testing;

const string EmptyKestrelArgument = "empty-kestrel";
const int DefaultRounds = 20;

if (args is [EmptyKestrelArgument])
{
    await using var application = await EmptyKestrel.StartAsync();
    Console.WriteLine(application.Urls.Single());
    await Task.Delay(Timeout.Infinite);
}

var rounds = args is [var argument] ? int.Parse(argument, CultureInfo.InvariantCulture) : DefaultRounds;
using var http = new HttpClient();

Console.WriteLine("Second server in a process, until stopped after one request: "
    + await Comparison.RunAsync(RunServerAsync, RunEmptyServerAsync, rounds));
Console.WriteLine("New process, until the first response: "
    + await Comparison.RunAsync(RunServiceProcessAsync, RunEmptyProcessAsync, rounds));

async Task RunServerAsync()
{
    await using var server = await EwsImServer.StartAsync();
    await http.GetStringAsync(server.Url);
}

async Task RunEmptyServerAsync()
{
    await using var application = await EmptyKestrel.StartAsync();
    await http.GetStringAsync(new Uri(application.Urls.Single()));
}

Task RunServiceProcessAsync() => RunProcessAsync(
    Path.Combine(AppContext.BaseDirectory, "ews-imservice", "Ews.ImService.dll"),
    "serve",
    "--db",
    ":memory:",
    "--urls",
    "http://127.0.0.1:0");

Task RunEmptyProcessAsync() => RunProcessAsync(typeof(EmptyKestrel).Assembly.Location, EmptyKestrelArgument);

// Starts a process, requests the first URL that it prints, and kills the process.
async Task RunProcessAsync(params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
    try
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Regex.Match(line, "http://[^ ;]+") is not { Success: true } url)
                continue;
            await http.GetStringAsync(new Uri(url.Value));
            return;
        }

        throw new InvalidOperationException("The process ended before it printed a URL.");
    }
    finally
    {
        process.Kill();
        await process.WaitForExitAsync();
    }
}
