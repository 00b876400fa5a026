using System.Diagnostics;
using System.Globalization;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class LiveTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserFact]
    public Task A_group_that_a_client_adds_appears_in_the_mailbox_without_a_reload() => RunAsync(async session =>
    {
        await session.Server.SeedAsync(new SeedMailbox(Mailboxes.Default).WithGroup("Team"));
        await session.OpenAsync($"#/mailbox/{Mailboxes.Default}");
        await session.Page.Content().GetByText("Team", new() { Exact = true }).First.WaitForAsync();
        await session.Page.EvaluateAsync("window.notReloaded = true");

        await MeasureAsync(session, "Friends", session.Page.Content().GetByText("Friends", new() { Exact = true }).First);

        (await session.Page.EvaluateAsync<bool>("window.notReloaded")).Should().BeTrue();
    });

    [BrowserFact]
    public Task A_request_appears_in_the_list_without_a_reload() => RunAsync(async session =>
    {
        await session.OpenAsync();
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();

        await MeasureAsync(session, "Friends", session.Page.RequestRows("AddImGroup").First);

        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
    });

    [BrowserFact]
    public Task A_paused_list_shows_new_requests_after_it_is_resumed() => RunAsync(async session =>
    {
        await session.OpenAsync();
        await session.Page.Button("Pause").ClickAsync();
        await Expect(session.Page.StreamState("Paused")).ToBeVisibleAsync();

        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.Page.ScreenshotAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(0);
        await session.Page.Button("Resume").ClickAsync();

        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
    });

    [BrowserFact]
    public Task Clearing_the_journal_empties_the_list_and_keeps_the_mailboxes() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);

        await session.Page.Button("Clear journal…").ClickAsync();
        await session.Page.GetByRole(AriaRole.Dialog).Button("Clear").ClickAsync();

        await Expect(session.Page.RequestRows()).ToHaveCountAsync(0);
        (await session.Server.FindMailboxAsync(Mailboxes.Default))!.UserGroups.Should().ContainSingle();
    });

    [BrowserFact]
    public Task A_mailbox_that_a_client_creates_appears_in_the_sidebar() => RunAsync(async session =>
    {
        await session.OpenAsync();
        var mailboxes = session.Page.GetByRole(AriaRole.Navigation, new() { Name = "Mailboxes" });
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();

        await new ImClient(session.Server, "alice@contoso.com").CallAsync(Requests.AddImGroup("Friends"));

        await Expect(mailboxes.GetByRole(AriaRole.Link, new() { Name = "alice@contoso.com" })).ToBeVisibleAsync();
    });

    private async Task MeasureAsync(InspectorSession session, string group, ILocator expected)
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup(group));
        var answered = Stopwatch.GetTimestamp();
        await expected.WaitForAsync();
        var elapsed = Stopwatch.GetElapsedTime(answered).TotalMilliseconds;
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Shown after {elapsed:0} ms."));
    }
}
