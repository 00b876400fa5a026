using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class RealmTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserFact]
    public Task A_realm_is_created_switched_to_and_deleted() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();
        var realms = session.Page.GetByRole(AriaRole.Navigation, new() { Name = "Realms" });
        await realms.Button("New realm…").ClickAsync();
        await session.Page.DialogBox("New realm").Field("Name").FillAsync("second");
        await session.Page.DialogBox("New realm").Button("Create").ClickAsync();

        await Expect(session.Page).ToHaveURLAsync(new Regex("/realms/second/"));
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(0);
        await new ImClient(session.Server.GetRealm("second")).CallAsync(Requests.GetImItemList);
        await Expect(session.Page.RequestRows("GetImItemList")).ToHaveCountAsync(1);

        await realms.GetByRole(AriaRole.Link, new() { Name = "Default realm" }).ClickAsync();
        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);

        await realms.Button("Delete realm second…").ClickAsync();
        await session.Page.DialogBox("Delete the realm second").Button("Delete").ClickAsync();
        await Expect(realms.GetByRole(AriaRole.Link, new() { Name = "second" })).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task A_realm_that_a_client_creates_appears() => RunAsync(async session =>
    {
        await session.OpenAsync();
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();

        await new ImClient(session.Server.GetRealm("third")).CallAsync(Requests.GetImItemList);

        var realms = session.Page.GetByRole(AriaRole.Navigation, new() { Name = "Realms" });
        await Expect(realms.GetByRole(AriaRole.Link, new() { Name = "third" })).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task A_realm_that_a_client_deletes_is_not_created_again_by_its_page() => RunAsync(async session =>
    {
        session.Guard.Expect("404 (Not Found)");
        await new ImClient(session.Server.GetRealm("second")).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync("realms/second/");
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();

        using var http = new HttpClient();
        using var deletion = await http.DeleteAsync(new Uri(session.Server.Url, "/_control/v1/realms/second"));
        await Expect(session.Page.GetByRole(AriaRole.Heading, new() { Name = "The realm second does not exist" })).ToBeVisibleAsync();
        var calls = new ConcurrentQueue<string>();
        session.Page.Request += (_, request) => calls.Enqueue(request.Url);
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        (await session.Page.EvaluateAsync<string>("fetch('/_control/v1/realms').then(response => response.text())"))
            .Should().NotContain("second");
        calls.Should().NotBeEmpty().And.OnlyContain(url => url.EndsWith("/_control/v1/realms", StringComparison.Ordinal));
        await Expect(session.Page.GetByRole(AriaRole.Link, new() { Name = "Default realm" })).ToBeVisibleAsync();
        await session.Page.Button("Create the realm").ClickAsync();

        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task The_page_of_an_unknown_realm_links_to_the_others() => RunAsync(async session =>
    {
        session.Guard.Expect("404 (Not Found)");
        await new ImClient(session.Server.GetRealm("second")).CallAsync(Requests.AddImGroup("Friends"));

        await session.OpenAsync("realms/unknown/");

        await Expect(session.Page.GetByRole(AriaRole.Heading, new() { Name = "The realm unknown does not exist" })).ToBeVisibleAsync();
        await Expect(session.Page.Button("Dismiss")).ToHaveCountAsync(0);
        await session.Page.GetByRole(AriaRole.Link, new() { Name = "second" }).ClickAsync();
        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
    });
}
