using System.Text.RegularExpressions;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class ReplayTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserFact]
    public Task A_request_is_replayed() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync("#/requests/1");

        await session.Page.Entry(1).Button("Replay").ClickAsync();

        await Expect(session.Page.RequestRows("ErrorImGroupDisplayNameAlreadyExists")).ToHaveCountAsync(1);
        var entries = await session.Server.Journal.GetEntriesAsync();
        entries.Select(entry => entry.ResponseCode).Should().Equal("NoError", "ErrorImGroupDisplayNameAlreadyExists");
    });

    [BrowserFact]
    public Task A_replay_that_takes_long_is_sent_once_and_leaves_another_view_open() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.GetImItemList);
        await session.Server.Faults.AddAsync(Fault.Delay(TimeSpan.FromSeconds(2)));
        await session.OpenAsync("#/requests/1");

        await session.Page.Entry(1).Button("Replay").DblClickAsync();
        await session.Page.View("Clock").ClickAsync();
        await Expect(session.Page.GetByText("Request 1 was sent again as request 2.")).ToBeVisibleAsync();

        await Expect(session.Page).ToHaveURLAsync(new Regex("#/clock$"));
        (await session.Server.Journal.GetEntriesAsync()).Should().HaveCount(2);
    });
}
