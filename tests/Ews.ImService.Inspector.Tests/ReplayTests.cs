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
}
