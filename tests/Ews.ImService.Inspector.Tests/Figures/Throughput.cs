using System.Diagnostics;
using System.Globalization;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests.Figures;

/// <summary>The EWS requests per second with the page open, in relation to those without a page, measured alternately.</summary>
internal static class Throughput
{
    private const int Rounds = 5;
    private const int Connections = 4;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);
    private static readonly byte[] Request = Requests.Http(Requests.EwsPath, Requests.GetImItemList, Mailboxes.Default);

    public static async Task<IEnumerable<Figure>> MeasureAsync(MeasuredService service)
    {
        await using var session = await service.OpenWindowAsync();
        List<double> closed = [];
        List<double> open = [];

        // The first round warms up the service.
        for (var round = 0; round <= Rounds; round++)
        {
            await session.Page.GotoAsync("about:blank");
            var withoutPage = RequestsPerSecond(service);
            await session.OpenAsync();
            await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
            var withPage = RequestsPerSecond(service);
            if (round == 0)
                continue;
            closed.Add(withoutPage);
            open.Add(withPage);
        }

        var ratio = Median(open) / Median(closed);
        return
        [
            new("EWS requests per second, page closed", Number(Median(closed), "0")),
            new("EWS requests per second, page open", Number(Median(open), "0")),
            new("Ratio of open to closed", Number(ratio, "0.00")),
        ];
    }

    private static double RequestsPerSecond(MeasuredService service)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = new int[Connections];
        var threads = Enumerable.Range(0, Connections).Select(index => new Thread(() => counts[index] = Send(service, started))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static int Send(MeasuredService service, long started)
    {
        using var connection = service.Connect();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < Duration; count++)
            connection.Call(Request);
        return count;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
