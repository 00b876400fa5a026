using System.Diagnostics;
using System.Text;

namespace Ews.ImService.Reliability.Overload;

/// <summary>
/// Sends more requests at a time than the limits allow, and lets clients stall: requests beyond the limits are told to back off, the others
/// succeed, and memory stays bounded.
/// </summary>
internal sealed class OverloadRun : IReliabilityRun
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>The limits of the service for one mailbox and for all connections.</summary>
    private const int MaxRequestsPerMailbox = 128;
    private const int MaxConnections = 1000;

    private const int Clients = 800;
    private const int IdleConnections = 2000;
    private const int StalledBodies = 500;

    private static readonly TimeSpan ServiceTimeout = TimeSpan.FromSeconds(30);

    public string Name => "overload";

    public string Description => "more requests than the limits, stalled bodies, idle connections: ErrorServerBusy, bounded memory";

    public async Task RunAsync(RunContext context)
    {
        await OverloadMailboxAsync(context);
        await StallBodiesAsync(context);
        await IdleAsync(context);
    }

    /// <summary>Clients of one mailbox send as fast as they can, while a client of another mailbox is served.</summary>
    private static async Task OverloadMailboxAsync(RunContext context)
    {
        using var server = context.StartService(context.FilePath("busy.db"), "--Limits:MaxGroups", "10000000");
        using var client = server.WaitUntilListening();
        var systemGroups = await client.CountGroupsAsync(Mailboxes.Default);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(context.Select(quick: 4, normal: 20, @long: 60)));
        var (succeeded, rejected, others, slowest) = (0, 0, 0, TimeSpan.Zero);
        var load = Enumerable.Range(0, Clients).Select(number => Task.Run(async () =>
        {
            using var connection = await RawClient.ConnectAsync(server);
            for (var count = 0; !end.IsCancellationRequested; count++)
            {
                var request = Requests.Http(Requests.EwsPath, Requests.AddImGroup($"{number}-{count}"), Mailboxes.Default);
                var response = await connection.TryExchangeAsync(request)
                    ?? throw new RunException("A request beyond the limits got no response.");
                if (response.IsSuccess)
                    Interlocked.Increment(ref succeeded);
                else if (response.IsBusy)
                    Interlocked.Increment(ref rejected);
                else
                    throw new RunException($"A request beyond the limits got the status {response.Status}: {response.Body}");
            }
        })).ToList();
        using (var other = await RawClient.ConnectAsync(server))
        {
            var request = Requests.Http(Requests.EwsPath, Requests.GetImItemList, Mailboxes.Address(1));
            while (!end.IsCancellationRequested)
            {
                var started = Stopwatch.GetTimestamp();
                if (await other.TryExchangeAsync(request) is not { IsSuccess: true })
                    throw new RunException("The overload of one mailbox rejected a request of another.");
                var elapsed = Stopwatch.GetElapsedTime(started);
                slowest = elapsed > slowest ? elapsed : slowest;
                others++;
            }
        }

        await Task.WhenAll(load);
        if (rejected == 0)
            throw new RunException($"{Clients} clients of one mailbox never exceeded the limit of {MaxRequestsPerMailbox} requests.");
        var stored = (await client.CountGroupsAsync())[Mailboxes.Default] - systemGroups;
        if (stored != succeeded)
            throw new RunException($"{succeeded} changes were acknowledged and {rejected} rejected, but {stored} are stored.");
        context.Add($"{Clients} clients of one mailbox: requests that succeeded", succeeded);
        context.Add($"{Clients} clients of one mailbox: requests with ErrorServerBusy", rejected);
        context.Add("requests of another mailbox meanwhile, none rejected", others);
        context.Add("slowest of them, ms", (int)slowest.TotalMilliseconds);
        context.Add("resident memory at the end, MB", (int)(server.ResidentBytes / Megabyte));
    }

    /// <summary>Clients send bodies of the maximum size except for the last byte.</summary>
    private static async Task StallBodiesAsync(RunContext context)
    {
        using var server = context.StartService(context.FilePath("stalled.db"));
        using var client = server.WaitUntilListening();
        await client.CallAsync(Requests.AddImGroup("First"), Mailboxes.Default);
        var before = server.ResidentBytes;
        const int Size = 1024 * 1024;
        var head = Encoding.ASCII.GetBytes(
            $"POST {Requests.EwsPath} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: {Size}\r\n\r\n");
        byte[] request = [.. head, .. Enumerable.Repeat((byte)' ', Size - 1)];
        var stalled = await Task.WhenAll(Enumerable.Range(0, StalledBodies).Select(async _ =>
        {
            var connection = await RawClient.ConnectAsync(server);
            await connection.TrySendAsync(request);
            return connection;
        }));
        var after = server.ResidentBytes;
        foreach (var connection in stalled)
            connection.Dispose();
        await WaitUntilServedAsync(server);
        context.Add($"{StalledBodies} bodies of 1 MB without their last byte: resident memory before, MB", (int)(before / Megabyte));
        context.Add($"{StalledBodies} bodies of 1 MB without their last byte: resident memory after, MB", (int)(after / Megabyte));
        const int MaxGrowth = 400;
        if (after - before > MaxGrowth * Megabyte)
            throw new RunException($"{StalledBodies} bodies that are not completed occupy more than {MaxGrowth} MB.");
    }

    /// <summary>Waits until the service has noticed that the connections are closed: requests are rejected with 503 until then.</summary>
    private static async Task WaitUntilServedAsync(ServerProcess server)
    {
        var started = Stopwatch.GetTimestamp();
        var request = Requests.Http(Requests.EwsPath, Requests.AddImGroup("Afterwards"), Mailboxes.Default);
        while (true)
        {
            using var connection = await RawClient.ConnectAsync(server);
            var response = await connection.TryExchangeAsync(request);
            if (response is { IsSuccess: true })
                return;
            if (response?.Status != 503 || Stopwatch.GetElapsedTime(started) > ServiceTimeout)
                throw new RunException($"After stalled bodies, a request got the status {response?.Status}: {response?.Body}");
            await Task.Delay(10);
        }
    }

    /// <summary>Counts open connections, after the service had time to close those above its limit, which it accepts first.</summary>
    private static async Task<int> CountOpenAsync(IReadOnlyCollection<RawClient> connections)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var open = connections.Count(connection => !connection.IsClosed);
            if (open <= MaxConnections || Stopwatch.GetElapsedTime(started) > ServiceTimeout)
                return open;
            await Task.Delay(10);
        }
    }

    /// <summary>Clients connect, or send a part of the headers, and wait.</summary>
    private static async Task IdleAsync(RunContext context)
    {
        using var server = context.StartService(context.FilePath("idle.db"));
        using var client = server.WaitUntilListening();
        await client.CallAsync(Requests.AddImGroup("First"), Mailboxes.Default);
        var before = server.ResidentBytes;
        var idle = await Task.WhenAll(Enumerable.Range(0, IdleConnections).Select(async number =>
        {
            var connection = await RawClient.ConnectAsync(server);
            if (number % 2 == 0)
                await connection.TrySendAsync("POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: "u8.ToArray());
            return connection;
        }));
        for (var number = 0; number < 100; number++)
            await client.CallAsync(Requests.GetImItemList, Mailboxes.Default);
        var after = server.ResidentBytes;
        var open = await CountOpenAsync(idle);
        foreach (var connection in idle)
            connection.Dispose();
        if (open is 0 or > MaxConnections)
            throw new RunException($"{open} of {IdleConnections} connections are open, with a limit of {MaxConnections}.");
        context.Add($"{IdleConnections} idle connections: resident memory before, MB", (int)(before / Megabyte));
        context.Add($"{IdleConnections} idle connections: resident memory after, MB", (int)(after / Megabyte));
        context.Add($"{IdleConnections} idle connections: open at the limit of {MaxConnections}", open);
    }
}
