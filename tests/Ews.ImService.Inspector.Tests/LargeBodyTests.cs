using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class LargeBodyTests(ITestOutputHelper output) : InspectorTest(output)
{
    private const int Siblings = 60_000;
    private const int Depth = 20_000;

    private static readonly InspectorOptions LargeRequests = new() { Settings = new() { ["Limits:MaxRequestBytes"] = "8388608" } };

    [BrowserFact]
    public Task A_body_of_many_elements_is_formatted() => RunAsync(async session =>
    {
        await PostAsync(session, $"<a>{string.Concat(Enumerable.Repeat("<b>x</b>", Siblings))}</a>");
        await session.OpenAsync("#/requests/1");

        await Expect(Body(session, 1)).ToContainTextAsync("<a>\n  <b>x</b>\n  <b>x</b>\n");
        await Expect(session.Page.Button($"Show all {Siblings + 2:N0} lines")).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task A_deeply_nested_body_is_shown() => RunAsync(async session =>
    {
        await PostAsync(session, $"{string.Concat(Enumerable.Repeat("<a>", Depth))}{string.Concat(Enumerable.Repeat("</a>", Depth))}");
        await session.OpenAsync("#/requests/1");

        await Expect(Body(session, 1)).ToContainTextAsync("<a><a><a>");
        await session.Page.Button("Raw").ClickAsync();
        await Expect(Body(session, 1)).ToContainTextAsync("<a><a><a>");
    });

    [BrowserFact]
    public Task A_large_body_is_shown_in_parts_and_downloaded() => RunAsync(async session =>
    {
        var body = $"<a>{string.Concat(Enumerable.Repeat("\n<b>line</b>", 500_000))}</a>";
        await PostAsync(session, body);
        await session.OpenAsync("#/requests/1");
        var lines = Body(session, 1).Locator("[data-line]");
        await Expect(lines).ToHaveCountAsync(400);

        await session.Page.Button("Show further lines").ClickAsync();
        await Expect(lines).ToHaveCountAsync(1400);
        var download = await session.Page.RunAndWaitForDownloadAsync(() => session.Page.Button("Download the body").ClickAsync());

        (await File.ReadAllTextAsync(await download.PathAsync())).Should().HaveLength(body.Length);
        download.SuggestedFilename.Should().Be("request-body.xml");
    }, LargeRequests);

    /// <summary>Posts a body that takes the parser long, and then opens another request.</summary>
    [BrowserFact]
    public Task A_body_that_takes_long_does_not_delay_another() => RunAsync(async session =>
    {
        await PostAsync(session, new string('<', 1_000_000));
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync("#/requests/1");
        await Expect(session.Page.Entry(1)).ToBeVisibleAsync();

        await session.Page.RequestRows("AddImGroup").ClickAsync();

        await Expect(Body(session, 2)).ToContainTextAsync("Friends");
        await Expect(session.Page.Entry(1)).ToHaveCountAsync(0);
    });

    private static async Task PostAsync(InspectorSession session, string body) => await new ImClient(session.Server).PostAsync(body);

    private static ILocator Body(InspectorSession session, long id) => session.Page.Entry(id).Region("Request body");
}
