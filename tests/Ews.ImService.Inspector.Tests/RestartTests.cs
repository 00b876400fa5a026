using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class RestartTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserFact]
    public async Task After_a_restart_of_the_service_the_page_reconnects_and_shows_the_next_request()
    {
        using var service = new RestartableService();
        await service.StartAsync();
        await using var session = await InspectorSession.StartAsync(InspectorOptions.Wide, service.Server);
        session.Guard.Expect("net::ERR_");
        await RunAsync(session, async session =>
        {
            await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Before"));
            await session.OpenAsync();
            await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);

            service.Kill();
            await Expect(session.Page.StreamState("Reconnecting…")).ToBeVisibleAsync();
            await session.Page.View("Snapshots").ClickAsync();
            var unreachable = session.Page.GetByRole(AriaRole.Alert).GetByText("The service cannot be reached.");
            await Expect(unreachable).ToBeVisibleAsync();
            await service.StartAsync();

            await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
            await Expect(unreachable).ToHaveCountAsync(0);
            await session.Page.View("Requests").ClickAsync();
            await Expect(session.Page.RequestRows()).ToHaveCountAsync(0);
            await new ImClient(session.Server).CallAsync(Requests.GetImItemList);
            await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
            await Expect(session.Page.RequestRows("GetImItemList")).ToHaveCountAsync(1);

            // The mailboxes are in the database.
            await session.OpenAsync($"#/mailbox/{Mailboxes.Default}");
            await Expect(session.Page.Content().GetByText("Before", new() { Exact = true }).First).ToBeVisibleAsync();
        });
    }
}
