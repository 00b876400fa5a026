using System.Globalization;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests.Figures;

/// <summary>The tasks that take longer than 50 ms while a list of 10,000 requests is scrolled from its start to its end.</summary>
internal static class Scrolling
{
    private const string ObserveLongTasks =
        """
        () => {
            window.longTasks = [];
            new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(entry => entry.duration)))
                .observe({ type: 'longtask' });
        }
        """;

    private const string RunLongTask = "() => { const end = performance.now() + 200; while (performance.now() < end); }";

    private const float Step = 1200;

    public static async Task<IEnumerable<Figure>> MeasureAsync(MeasuredService service)
    {
        service.Send(MeasuredService.JournalEntries);
        await using var session = await service.OpenWindowAsync();
        await session.OpenAsync();
        await session.Page.RequestRows().First.WaitForAsync();
        await session.Page.EvaluateAsync(ObserveLongTasks);
        await session.Page.Requests().HoverAsync();

        var rows = session.Page.RequestRows();
        var steps = 0;
        while (await rows.GetByText("1", new() { Exact = true }).CountAsync() == 0)
        {
            await session.Page.Mouse.WheelAsync(0, Step);
            steps++;
        }

        var tasks = await session.Page.EvaluateAsync<double[]>("window.longTasks");
        await VerifyObserverAsync(session.Page, tasks.Length);
        var longest = tasks.DefaultIfEmpty().Max();
        var value = string.Create(CultureInfo.InvariantCulture, $"{tasks.Length} in {steps} steps, longest {longest:0} ms");
        return [new("Tasks over 50 ms while 10,000 requests are scrolled", value, "0")];
    }

    /// <summary>Verifies that a long task would have been observed.</summary>
    private static async Task VerifyObserverAsync(IPage page, int observed)
    {
        await page.EvaluateAsync($"() => void setTimeout({RunLongTask})");
        await Wait.UntilAsync(async () => await page.EvaluateAsync<int>("window.longTasks.length") > observed);
    }
}
