using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ews.ImService.Reliability.Notifications;

/// <summary>
/// Keeps many streaming connections open while a client changes the mailbox: every subscriber receives every event once and in order, an
/// idle subscriber costs little, and the service stops in time.
/// </summary>
internal sealed partial class SubscribersRun : IReliabilityRun
{
    private const int Changes = 1000;

    /// <summary>
    /// The subscribers before the measurement of memory, so that it does not include code that is compiled for the first.
    /// </summary>
    private const int First = 20;

    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(60);

    public string Name => "subscribers";

    public string Description => "streaming subscribers during changes: every event once and in order, cost of idle ones, stop within 3 s";

    public async Task RunAsync(RunContext context)
    {
        var count = context.Select(quick: 50, normal: 200, @long: 200);
        var idle = TimeSpan.FromSeconds(context.Select(quick: 2, normal: 32, @long: 120));
        var limit = TimeSpan.FromSeconds(context.Select(quick: 30, normal: 3, @long: 3));
        using var server = context.StartService(
            context.FilePath("subscribers.db"), "--Limits:MaxStreamingConnections", "1000", "--Limits:MaxGroups", "10000000");
        using var client = server.WaitUntilListening();
        using var http = new HttpClient { BaseAddress = server.Url, Timeout = Timeout.InfiniteTimeSpan };
        await client.CallAsync(Requests.GetImItemList, Mailboxes.Default);

        var subscribers = new List<Subscriber>();
        await AddAsync(First);
        var bytes = server.ResidentBytes;
        await AddAsync(count - First);
        var perSubscriber = (server.ResidentBytes - bytes) / (count - First) / 1024.0;
        var idleCpu = await MeasureCpuAsync(server, idle);

        var started = Stopwatch.GetTimestamp();
        var (before, expected) = (server.CpuTime, await ChangeAsync(client));
        var written = Stopwatch.GetElapsedTime(started);
        await WaitForEventsAsync(subscribers, expected.Count);
        var delivered = Stopwatch.GetElapsedTime(started);
        var used = server.CpuTime - before;
        foreach (var (number, subscriber) in subscribers.Index())
            Verify(number, subscriber.Events, expected);

        var stop = await StopAsync(server, limit);
        var closed = await Task.WhenAll(subscribers.Select(subscriber => subscriber.Ended));
        if (Array.Exists(closed, isClosed => !isClosed))
            throw new RunException("A connection ended without the status Closed.");
        subscribers.ForEach(subscriber => subscriber.Dispose());

        context.Add("streaming subscribers", count);
        context.Add("resident memory of an idle subscriber, KB", Math.Round(perSubscriber, 1));
        context.Add("processor time of the service while all are idle, milliseconds per second", Math.Round(idleCpu, 1));
        context.Add("changes of the mailbox", Changes);
        context.Add("events of each subscriber, all once and in order", expected.Count);
        context.Add("time of the changes, s", Math.Round(written.TotalSeconds, 2));
        context.Add("time until every subscriber had every event, s", Math.Round(delivered.TotalSeconds, 2));
        context.Add(
            "processor time of the service for an event of a subscriber, microseconds",
            Math.Round(used.TotalMicroseconds / expected.Count / count, 1));
        context.Add("stop with all connections open, s", Math.Round(stop.TotalSeconds, 2));

        async Task AddAsync(int number)
        {
            for (var i = 0; i < number; i++)
                subscribers.Add(await Subscriber.OpenAsync(http, client));
        }
    }

    /// <summary>Adds, renames and removes groups.</summary>
    /// <returns>The events that follow.</returns>
    private static async Task<List<string>> ChangeAsync(EwsClient client)
    {
        var folder = Id(await client.CallAsync(
            "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>"
            + "<t:DistinguishedFolderId Id='imcontactlist'/></m:FolderIds></m:GetFolder>",
            Mailboxes.Default));
        var events = new List<string>();
        var groups = new Queue<string>();
        for (var number = 0; number < Changes; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Group {number}");
            switch (number % 4)
            {
                case 2:
                    await client.CallAsync(Requests.SetImGroup(groups.Peek(), name), Mailboxes.Default);
                    events.Add($"Modified {groups.Peek()}");
                    break;
                case 3:
                    await client.CallAsync(Requests.RemoveImGroup(groups.Peek()), Mailboxes.Default);
                    events.Add($"Deleted {groups.Dequeue()}");
                    break;
                default:
                    groups.Enqueue(Id(await client.CallAsync(Requests.AddImGroup(name), Mailboxes.Default)));
                    events.Add($"Created {groups.Last()}");
                    break;
            }

            events.Add($"Modified {folder}");
        }

        return events;
    }

    private static async Task WaitForEventsAsync(List<Subscriber> subscribers, int count)
    {
        var started = Stopwatch.GetTimestamp();
        while (subscribers.Exists(subscriber => subscriber.Count < count))
        {
            foreach (var ended in subscribers.Where(subscriber => subscriber.Ended.IsCompleted))
                await ended.Ended;
            if (Stopwatch.GetElapsedTime(started) > DeliveryTimeout)
                return;
            await Task.Delay(10);
        }
    }

    private static void Verify(int number, IReadOnlyList<string> events, List<string> expected)
    {
        for (var i = 0; i < Math.Max(events.Count, expected.Count); i++)
        {
            if (events.ElementAtOrDefault(i) != expected.ElementAtOrDefault(i))
            {
                throw new RunException(
                    $"Event {i} of subscriber {number} is {events.ElementAtOrDefault(i)} and not {expected.ElementAtOrDefault(i)}; "
                    + $"it received {events.Count} of {expected.Count} events.");
            }
        }
    }

    /// <summary>Returns the processor time of the server in milliseconds per second.</summary>
    private static async Task<double> MeasureCpuAsync(ServerProcess server, TimeSpan time)
    {
        await Task.Delay(1000); // The responses to the last requests.
        var (before, started) = (server.CpuTime, Stopwatch.GetTimestamp());
        await Task.Delay(time);
        return (server.CpuTime - before).TotalMilliseconds / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<TimeSpan> StopAsync(ServerProcess server, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        var exitCode = await server.TerminateAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        return exitCode == 0 && elapsed <= limit
            ? elapsed
            : throw new RunException($"The process ended with code {exitCode} after {elapsed.TotalSeconds:0.00} s: {server.ReadErrors()}");
    }

    private static string Id(string response) => StoreId().Match(response) is { Success: true } id
        ? id.Groups[1].Value
        : throw new RunException($"The response contains no id: {response}");

    [GeneratedRegex("""<(?:ExchangeStoreId|FolderId) Id="([^"]+)""")]
    private static partial Regex StoreId();
}
