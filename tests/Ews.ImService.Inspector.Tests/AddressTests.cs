using System.Text.RegularExpressions;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class AddressTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserTheory]
    [InlineData("Requests", "requests")]
    [InlineData("Mailbox", "mailbox")]
    [InlineData("Faults", "faults")]
    [InlineData("Snapshots", "snapshots")]
    [InlineData("Clock", "clock")]
    [InlineData("Server", "server")]
    public Task A_view_has_an_address(string view, string address) => RunAsync(async session =>
    {
        await session.Server.SeedAsync(new SeedMailbox(Mailboxes.Default));
        await session.OpenAsync();
        await session.Page.View(view).ClickAsync();
        await Expect(session.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/#/{address}($|[/?])"));

        await session.Page.ReloadAsync();

        await Expect(session.Page.View(view)).ToHaveAttributeAsync("aria-current", "page");
        await Expect(session.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^" + view));
    }, name: $"{nameof(A_view_has_an_address)}_{view}");

    [BrowserFact]
    public Task Back_and_forward_open_the_views_of_the_history() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();
        await session.Page.RequestRows("AddImGroup").ClickAsync();
        await Expect(session.Page.Entry(1)).ToBeVisibleAsync();
        await session.Page.View("Faults").ClickAsync();
        await Expect(session.Page.FaultRules().Or(session.Page.Button("Add fault rule")).First).ToBeVisibleAsync();

        await session.Page.GoBackAsync();
        await Expect(session.Page.Entry(1)).ToBeVisibleAsync();
        await session.Page.GoBackAsync();
        await Expect(session.Page.Entry(1)).ToHaveCountAsync(0);
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
        await session.Page.GoForwardAsync();

        await Expect(session.Page.Entry(1)).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task An_entry_with_filters_has_an_address() => RunAsync(async session =>
    {
        var client = new ImClient(session.Server);
        await client.CallAsync(Requests.AddImGroup("Friends"));
        await client.CallAsync(Requests.GetImItemList);

        await session.OpenAsync("#/requests/1?operation=AddImGroup");

        await Expect(session.Page.Entry(1)).ToContainTextAsync("Friends");
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
        await Expect(session.Page.Content().Field("Operation")).ToHaveValueAsync("AddImGroup");
    });

    [BrowserFact]
    public Task An_unknown_view_is_replaced_by_the_requests() => RunAsync(async session =>
    {
        await session.OpenAsync("#/nonsense");

        await Expect(session.Page.Requests()).ToBeVisibleAsync();
        await Expect(session.Page).ToHaveURLAsync(new Regex("/#/requests$"));
    });

    [BrowserFact]
    public Task The_address_of_a_realm_without_a_slash_leads_to_its_page() => RunAsync(async session =>
    {
        await new ImClient(session.Server.GetRealm("second")).CallAsync(Requests.AddImGroup("Friends"));

        await session.OpenAsync("realms/second");

        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
        new Uri(session.Page.Url).AbsolutePath.Should().Be("/realms/second/");
    });
}
