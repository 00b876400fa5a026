using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ews.ImService.Reliability.Overload;

/// <summary>
/// Sends a mix of all kinds of requests for a long time, with realms, connections, sign-ins, fault rules and snapshots that are created and
/// deleted: memory, handles and threads of the service do not grow.
/// </summary>
internal sealed class SoakRun : IReliabilityRun
{
    private const int Workers = 8;
    private const int WritesPerRealm = 20;
    private const double Megabyte = 1024 * 1024;

    /// <summary>
    /// The limit of the managed heap. Without it, the collector keeps objects that are no longer used, and memory grows for a while
    /// although
    /// nothing leaks; with it, a leak ends the run.
    /// </summary>
    private const long HeapLimit = 256 * 1024 * 1024;

    /// <summary>The memory for kept responses. The default is not reached within the run, whose memory would grow until then.</summary>
    private static readonly string[] SmallCache = ["--Limits:ResponseCacheBytes", "1048576"];

    /// <summary>
    /// The part of the run of which only the lowest memory counts, because memory grows until the next garbage collection.
    /// </summary>
    private const int SamplesPerWindow = 20;

    /// <summary>The growth of the resident memory that fails a long run, in MB per minute.</summary>
    private const double MaxSlope = 2;

    private const int MaxHandlesAndThreads = 40;

    public string Name => "soak";

    public string Description => "a mix of EWS requests and control calls for a long time: flat memory, handles and threads";

    public async Task RunAsync(RunContext context)
    {
        var duration = TimeSpan.FromSeconds(context.Select(quick: 8, normal: 60, @long: 600));
        using var server = context.StartServiceWithHeapLimit(context.FilePath("soak.db"), HeapLimit, SmallCache);
        server.WaitUntilListening().Dispose();
        using var end = new CancellationTokenSource(duration);
        var requests = 0L;
        var workers = Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var cycle = 0; !end.IsCancellationRequested; cycle++)
                await UseRealmAsync(server, string.Create(CultureInfo.InvariantCulture, $"soak-{worker}-{cycle}"), Count);
        })).ToList();

        var started = Stopwatch.GetTimestamp();
        var samples = new List<Sample>();
        while (!end.IsCancellationRequested && workers.TrueForAll(worker => !worker.IsFaulted))
        {
            await Task.Delay(1000, CancellationToken.None);
            if (server.HasExited)
                throw new RunException($"The service ended: {server.ReadErrors()}");
            var minutes = Stopwatch.GetElapsedTime(started).TotalMinutes;
            var memory = server.ResidentBytes / Megabyte;
            samples.Add(new Sample(minutes, memory, Volatile.Read(ref requests), Handles(server), Threads(server)));
        }

        await Task.WhenAll(workers);
        Report(context, samples[(samples.Count / 3)..]);

        void Count() => Interlocked.Increment(ref requests);
    }

    /// <summary>Creates a realm, sends every kind of request to it, and deletes it.</summary>
    private static async Task UseRealmAsync(ServerProcess server, string realm, Action count)
    {
        using var client = new EwsClient(new Uri(server.Url, $"realms/{realm}/"));
        await ControlAsync(HttpMethod.Put, "seed", Mailboxes.Seed([Mailboxes.WithContacts(Mailboxes.Default, 50)]));
        await ControlAsync(HttpMethod.Put, "snapshots/start");
        await ControlAsync(HttpMethod.Post, "faults", """{ "kind": "delay", "milliseconds": 1, "operation": "AddImGroup", "nth": 5 }""");
        for (var number = 0; number < WritesPerRealm; number++)
        {
            await client.CallAsync(Requests.AddImGroup($"Group {number}"), Mailboxes.Default);
            await client.CallAsync(Requests.AddNewImContact($"new{number}@contoso.com"), Mailboxes.Address(number % 3));
            await client.CallAsync(Requests.GetImItemList, Mailboxes.Default);
            count();
            count();
            count();
        }

        await SignInAsync(server, realm);
        count();
        await ControlAsync(HttpMethod.Get, "journal?bodies=true");
        await ControlAsync(HttpMethod.Get, "journal/wait?count=10&timeoutMilliseconds=100");
        await ControlAsync(HttpMethod.Get, "mailboxes");
        await ControlAsync(HttpMethod.Post, "snapshots/start/restore");
        await ControlAsync(HttpMethod.Delete, "faults");
        await ControlAsync(HttpMethod.Post, "reset");
        await ControlAsync(HttpMethod.Delete, $"realms/{realm}");

        async Task ControlAsync(HttpMethod method, string path, string body = "")
        {
            await client.SendAsync(method, "_control/v1/" + path, body);
            count();
        }
    }

    /// <summary>Sends a request with the credentials of a user who did not sign in before, on a connection of its own.</summary>
    private static async Task SignInAsync(ServerProcess server, string realm)
    {
        using var connection = await RawClient.ConnectAsync(server);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{realm}@contoso.com:{realm}"));
        var path = $"/realms/{realm}{Requests.EwsPath}";
        var request = Encoding.UTF8.GetString(Requests.Http(path, Requests.GetImItemList, Mailboxes.Default))
            .Replace("\r\nContent-Type", $"\r\nAuthorization: Basic {credentials}\r\nContent-Type", StringComparison.Ordinal);
        if (await connection.TryExchangeAsync(Encoding.UTF8.GetBytes(request)) is not { IsSuccess: true })
            throw new RunException("A request with credentials failed.");
    }

    private static void Report(RunContext context, List<Sample> samples)
    {
        var lowest = samples.Chunk(SamplesPerWindow).Select(window => window.MinBy(sample => sample.Memory)!).ToList();
        var (first, last) = (samples[0], samples[^1]);
        var perMinute = Slope(lowest, sample => sample.Minutes);
        var perMillion = Slope(lowest, sample => sample.Requests / 1e6);
        context.Add("duration, minutes", Math.Round(last.Minutes, 1));
        context.Add("requests", last.Requests);
        context.Add("lowest resident memory after the first third, MB", (int)lowest[0].Memory);
        context.Add("lowest resident memory at the end, MB", (int)lowest[^1].Memory);
        context.Add("growth after the first third, MB per minute", Math.Round(perMinute, 2));
        context.Add("growth after the first third, MB per million requests", Math.Round(perMillion, 1));
        context.Add("handles after the first third", first.Handles);
        context.Add("handles at the end", last.Handles);
        context.Add("threads after the first third", first.Threads);
        context.Add("threads at the end", last.Threads);
        if (context.Mode == RunMode.Long && perMinute > MaxSlope)
            throw new RunException($"The resident memory grows by {perMinute:0.00} MB per minute.");
        if (last.Handles - first.Handles > MaxHandlesAndThreads || last.Threads - first.Threads > MaxHandlesAndThreads)
            throw new RunException($"The service has {last.Handles} handles and {last.Threads} threads, more than {first} before.");
    }

    /// <summary>Returns the slope of the resident memory by least squares; 0 for one sample.</summary>
    private static double Slope(List<Sample> samples, Func<Sample, double> position)
    {
        if (samples.Count < 2)
            return 0;
        var (x, y) = (samples.Average(position), samples.Average(sample => sample.Memory));
        return samples.Sum(sample => (position(sample) - x) * (sample.Memory - y))
            / samples.Sum(sample => (position(sample) - x) * (position(sample) - x));
    }

    private static int Handles(ServerProcess server) => Directory.GetFiles($"/proc/{server.Id}/fd").Length;

    private static int Threads(ServerProcess server) => Directory.GetDirectories($"/proc/{server.Id}/task").Length;

    /// <summary>The state of the service at one moment.</summary>
    /// <param name="Minutes">The time since the start of the load, in minutes.</param>
    /// <param name="Memory">The resident memory in MB.</param>
    /// <param name="Requests">The number of requests until then.</param>
    /// <param name="Handles">The number of open files and connections.</param>
    /// <param name="Threads">The number of threads.</param>
    private sealed record Sample(double Minutes, double Memory, long Requests, int Handles, int Threads);
}
