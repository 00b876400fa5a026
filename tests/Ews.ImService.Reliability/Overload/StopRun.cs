using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Ews.ImService.Reliability.Overload;

/// <summary>
/// Sends SIGTERM at random moments under load, while clients stall in every way: the process ends with code 0, and every acknowledged write
/// is present.
/// </summary>
internal sealed class StopRun : IReliabilityRun
{
    private const int Writers = 32;

    /// <summary>The mailbox whose responses a fault rule sends slowly, and that whose responses a fault rule delays.</summary>
    private const string Slow = "slow@contoso.com";
    private const string Delayed = "delayed@contoso.com";

    public string Name => "stop";

    public string Description => "SIGTERM under load, with stalled clients: exit code 0 within 3 s, every acknowledged write is present";

    public async Task RunAsync(RunContext context)
    {
        // CI machines can be busy with other work; the figures are measured on a machine that is not.
        var limit = TimeSpan.FromSeconds(context.Select(quick: 30, normal: 3, @long: 3));
        var random = new Random(context.Seed);
        var rounds = context.Select(quick: 4, normal: 20, @long: 100);
        var longest = TimeSpan.Zero;
        var acknowledged = new ConcurrentBag<string>();
        var database = context.FilePath("stop.db");
        for (var round = 1; round <= rounds; round++)
        {
            using var server = context.StartService(database, "--Limits:MaxGroups", "10000000");
            using (var client = server.WaitUntilListening())
            {
                await AddRuleAsync($$"""{ "kind": "slowBody", "bytesPerSecond": 1, "mailbox": "{{Slow}}" }""");
                await AddRuleAsync($$"""{ "kind": "delay", "milliseconds": 600000, "mailbox": "{{Delayed}}" }""");
                var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(server, $"{round}-{writer}", acknowledged)).ToList();
                var stalled = await StallAsync(server);
                await Task.Delay(random.Next(1500));
                var elapsed = await StopAsync(server, limit, $"round {round}");
                longest = elapsed > longest ? elapsed : longest;
                await Task.WhenAll(writers);
                stalled.ForEach(connection => connection.Dispose());

                Task AddRuleAsync(string rule) => client.SendAsync(HttpMethod.Post, "_control/v1/faults", rule);
            }
        }

        using (var server = context.StartService(database, "--Limits:MaxGroups", "10000000"))
        using (var client = server.WaitUntilListening())
        {
            var list = await client.CallAsync(Requests.GetImItemList, Mailboxes.Default);
            var stored = list.Split("<DisplayName>").Select(part => part.Split('<')[0]).ToHashSet();
            if (acknowledged.FirstOrDefault(name => !stored.Contains(name)) is { } lost)
                throw new RunException($"The group {lost} was acknowledged, but is not stored.");
            await StopAsync(server, limit, "the last stop");
        }

        context.Add("stops under load", rounds);
        context.Add("acknowledged writes, all present", acknowledged.Count);
        context.Add("longest stop, s", Math.Round(longest.TotalSeconds, 2));
        context.Add("stop with a stalled reader of the log, s", Math.Round((await StallLogAsync(context, limit)).TotalSeconds, 2));
    }

    /// <summary>Opens connections that stall: within the headers, within a body, before a response, and in waiting control calls.</summary>
    private static async Task<List<RawClient>> StallAsync(ServerProcess server)
    {
        var write = Requests.Http(Requests.EwsPath, Requests.AddImGroup("Stalled"), Mailboxes.Address(1));
        var list = Requests.Http(Requests.EwsPath, Requests.GetImItemList, Mailboxes.Default);
        var contacts = string.Join(',', Enumerable.Range(0, 900).Select(number => $$"""{"imAddress":"c{{number}}@contoso.com"}"""));
        var mailboxes = string.Join(',', Enumerable.Range(0, 100).Select(number =>
            $$"""{"smtpAddress":"m{{number}}@contoso.com","imContacts":[{{contacts}}]}"""));
        byte[][] requests =
        [
            write[..20],
            write[..^1],
            [.. Enumerable.Repeat(list, 50).SelectMany(bytes => bytes)],
            Encoding.UTF8.GetBytes(RawClient.Control("GET", "journal/wait?count=1000000000&timeoutMilliseconds=600000")),
            Requests.Http(Requests.EwsPath, Requests.AddImGroup("Slow"), Slow),
            Requests.Http(Requests.EwsPath, Requests.AddImGroup("Delayed"), Delayed),
            Encoding.UTF8.GetBytes(RawClient.Control("PUT", "seed", $$"""{"mailboxes":[{{mailboxes}}]}""")
                .Replace("/_control", "/realms/seeded/_control", StringComparison.Ordinal)),
        ];
        var stalled = new List<RawClient>();
        foreach (var request in requests)
        {
            var connection = await RawClient.ConnectAsync(server);
            await connection.TrySendAsync(request);
            stalled.Add(connection);
        }

        return stalled;
    }

    private static async Task WriteAsync(ServerProcess server, string prefix, ConcurrentBag<string> acknowledged)
    {
        using var connection = await RawClient.ConnectAsync(server);
        for (var number = 0; ; number++)
        {
            var name = $"{prefix}-{number}";
            var request = Requests.Http(Requests.EwsPath, Requests.AddImGroup(name), Mailboxes.Default);
            if (await connection.TryExchangeAsync(request) is not { } response)
                return;
            if (response.IsSuccess)
                acknowledged.Add(name);
        }
    }

    private static async Task<TimeSpan> StopAsync(ServerProcess server, TimeSpan limit, string moment)
    {
        var started = Stopwatch.GetTimestamp();
        var exitCode = await server.TerminateAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (exitCode != 0 || elapsed > limit)
        {
            throw new RunException(
                $"In {moment}, the process ended with code {exitCode} after {elapsed.TotalSeconds:0.00} s: {server.ReadErrors()}");
        }

        return elapsed;
    }

    /// <summary>Writes the log to a pipe that no process reads, until requests wait for it.</summary>
    private static async Task<TimeSpan> StallLogAsync(RunContext context, TimeSpan limit)
    {
        using var server = context.StartServiceWithStalledLog(context.FilePath("log.db"));
        server.Connect().Dispose();
        var count = 0;
        var load = Enumerable.Range(0, Writers).Select(async _ =>
        {
            using var connection = await RawClient.ConnectAsync(server);
            var request = Requests.Http(Requests.EwsPath, Requests.GetImItemList, Mailboxes.Default);
            while (await connection.TryExchangeAsync(request) is not null)
                Interlocked.Increment(ref count);
        }).ToList();
        for (var last = -1; last != count;)
        {
            last = count;
            await Task.Delay(1000);
        }

        var elapsed = await StopAsync(server, limit, "the stop with a stalled reader of the log");
        await Task.WhenAll(load);
        return elapsed;
    }
}
