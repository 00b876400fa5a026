using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class TokenTests(ITestOutputHelper output) : InspectorTest(output)
{
    private static readonly InspectorOptions WithToken = new() { Settings = new() { ["Control:Token"] = "a-long-secret-of-this-test" } };

    [BrowserFact]
    public Task The_token_is_requested_once_per_browser_session() => RunAsync(async session =>
    {
        session.Guard.Expect("401 (Unauthorized)");
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();
        var dialog = session.Page.DialogBox("Sign in");

        await dialog.Field("Token").FillAsync("wrong");
        await session.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByText("rejected")).ToBeVisibleAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(0);
        await dialog.Field("Token").FillAsync("a-long-secret-of-this-test");
        await session.Page.Keyboard.PressAsync("Enter");

        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
        await Expect(dialog).ToHaveCountAsync(0);
        await session.Page.ReloadAsync();
        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
        await Expect(dialog).ToHaveCountAsync(0);
        (await session.Page.EvaluateAsync<int>("localStorage.length")).Should().Be(0);
        (await session.Page.EvaluateAsync<string>("document.cookie")).Should().BeEmpty();
    }, WithToken);

    [BrowserFact]
    public Task The_OpenAPI_document_is_downloaded_with_the_token() => RunAsync(async session =>
    {
        session.Guard.Expect("401 (Unauthorized)");
        await session.OpenAsync("#/server");
        await session.Page.DialogBox("Sign in").Field("Token").FillAsync("a-long-secret-of-this-test");
        await session.Page.Keyboard.PressAsync("Enter");
        var button = session.Page.Content().Button("Download OpenAPI document");

        var download = await session.Page.RunAndWaitForDownloadAsync(() => button.ClickAsync());

        (await File.ReadAllTextAsync(await download.PathAsync())).Should().Contain("\"openapi\": \"3.");
    }, WithToken);

    [BrowserFact]
    public Task A_token_that_no_header_can_contain_is_rejected_by_the_dialog() => RunAsync(async session =>
    {
        session.Guard.Expect("401 (Unauthorized)");
        await session.OpenAsync();
        var dialog = session.Page.DialogBox("Sign in");

        await dialog.Field("Token").FillAsync("se\u201ccret");
        await session.Page.Keyboard.PressAsync("Enter");
        (await dialog.Field("Token").EvaluateAsync<bool>("field => field.matches(':invalid')")).Should().BeTrue();
        (await session.Page.EvaluateAsync<int>("sessionStorage.length")).Should().Be(0);
        await dialog.Field("Token").FillAsync("a-long-secret-of-this-test");
        await session.Page.Keyboard.PressAsync("Enter");

        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
    }, WithToken);
}
