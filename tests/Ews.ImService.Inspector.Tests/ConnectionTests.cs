using System.Collections.Concurrent;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

/// <summary>Opens more pages than a browser has connections to a server.</summary>
public sealed class ConnectionTests(ITestOutputHelper output) : InspectorTest(output)
{
    private const int Pages = 8;

    [BrowserFact]
    public Task Hidden_pages_use_no_connection_and_continue_when_they_are_shown() => RunAsync(async session =>
    {
        await session.Page.Context.AddInitScriptAsync(
            "Object.defineProperty(document, 'hidden', { get: () => sessionStorage.getItem('test:hidden') !== null })");
        await session.OpenAsync();
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
        var page = session.Page;
        for (var i = 1; i < Pages; i++)
        {
            await SetHiddenAsync(page, true);
            page = await session.Page.Context.NewPageAsync();
            await page.GotoAsync("/");
            await Expect(page.StreamState("Live")).ToBeVisibleAsync();
        }

        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await Expect(page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(0);
        await SetHiddenAsync(session.Page, false);

        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
    });

    [BrowserFact]
    public Task Visible_pages_share_the_connections_of_the_browser() => RunAsync(async session =>
    {
        await session.Server.SeedAsync(new SeedMailbox(Mailboxes.Default).WithGroup("Team"));
        await session.OpenAsync();
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
        IPage last = session.Page;
        for (var i = 1; i < Pages; i++)
        {
            last = await session.Page.Context.NewPageAsync();
            await last.GotoAsync($"/#/mailbox/{Mailboxes.Default}");
            await Expect(last.Content().GetByText("Team", new() { Exact = true }).First).ToBeVisibleAsync();
        }

        await Expect(last.GetByText("other visible pages")).ToBeVisibleAsync();
        await Expect(last.StreamState("Waiting")).ToBeVisibleAsync();
        foreach (var page in session.Page.Context.Pages.Where(page => page != last).ToList())
            await page.CloseAsync();

        await Expect(last.StreamState("Live")).ToBeVisibleAsync();
        await Expect(last.GetByText("other visible pages")).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task A_change_of_a_filter_reads_nothing_but_requests() => RunAsync(async session =>
    {
        var calls = new ConcurrentQueue<string>();
        session.Page.Request += (_, request) => calls.Enqueue(new Uri(request.Url).AbsolutePath);
        await session.OpenAsync();
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        var mailboxes = session.Page.GetByRole(AriaRole.Navigation, new() { Name = "Mailboxes" });
        await Expect(mailboxes.GetByText(Mailboxes.Default)).ToBeVisibleAsync();
        await WaitForPauseAsync(calls); // The page reads its lists again for the first event of the stream, after a pause.
        calls.Clear();

        await session.Page.Content().Field("State").SelectOptionAsync("failed");
        await Expect(session.Page.GetByText("No request matches the filters.")).ToBeVisibleAsync();
        await session.Page.Content().Field("State").SelectOptionAsync("answered");
        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);

        calls.Should().OnlyContain(path => path == "/_control/v1/events");
    });

    /// <summary>Waits until there were no further calls for a second.</summary>
    private static async Task WaitForPauseAsync(ConcurrentQueue<string> calls)
    {
        for (var count = -1; count != calls.Count; await Task.Delay(TimeSpan.FromSeconds(1)))
            count = calls.Count;
    }

    private static async Task SetHiddenAsync(IPage page, bool isHidden) => await page.EvaluateAsync(
        """
        isHidden => {
            if (isHidden) sessionStorage.setItem('test:hidden', '');
            else sessionStorage.removeItem('test:hidden');
            document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        isHidden);
}
