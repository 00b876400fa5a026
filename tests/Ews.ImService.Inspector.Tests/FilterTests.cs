using System.Text.RegularExpressions;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class FilterTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserTheory]
    [InlineData("Operation", "getimitem", 2)]
    [InlineData("Mailbox", "alice@contoso.com", 3)]
    [InlineData("Response code", "errorimgroupdisplaynamealreadyexists", 4)]
    [InlineData("Status", "500", 5)]
    [InlineData("State", "Failed", 6)]
    [InlineData("Early", "Before the back-off ended", 7)]
    [InlineData("Fault", "Rule busy", 5)]
    [InlineData("Search request bodies", "friends of alice", 3)]
    public Task A_filter_selects_the_matching_requests(string label, string value, int expectedId) => RunAsync(async session =>
    {
        await SendRequestsAsync(session.Server);
        await session.OpenAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(7);

        await EnterAsync(session.Page.Content().Field(label), value);

        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
        await Expect(session.Page.RequestRows().GetByRole(AriaRole.Gridcell).First).ToHaveTextAsync($"{expectedId}");
        await session.Page.ReloadAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
    }, name: $"{nameof(A_filter_selects_the_matching_requests)}_{label}");

    [BrowserFact]
    public Task New_requests_that_do_not_match_are_not_shown() => RunAsync(async session =>
    {
        var client = new ImClient(session.Server);
        await session.OpenAsync("#/requests?operation=AddImGroup");
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();

        await client.CallAsync(Requests.GetImItemList);
        await client.CallAsync(Requests.AddImGroup("Friends"));

        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
    });

    [BrowserFact]
    public Task The_filter_remains_in_effect_while_another_view_is_open() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await new ImClient(session.Server).CallAsync(Requests.GetImItemList);
        await session.OpenAsync("#/requests?operation=AddImGroup");
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);

        await session.Page.View("Clock").ClickAsync();
        await session.Page.View("Requests").ClickAsync();

        await Expect(session.Page.RequestRows("AddImGroup")).ToHaveCountAsync(1);
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
    });

    [BrowserFact]
    public Task An_unknown_operation_can_be_selected() => RunAsync(async session =>
    {
        await SendRequestsAsync(session.Server);
        await new ImClient(session.Server).CallAsync("<m:AddImGrup/>");
        await session.OpenAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(8);

        await session.Page.Content().Field("Operation").PressSequentiallyAsync("addimgrup");

        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
        await Expect(session.Page.RequestRows("AddImGrup")).ToHaveCountAsync(1);
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task A_key_that_is_typed_while_the_text_is_applied_is_kept() => RunAsync(async session =>
    {
        await session.OpenAsync();
        await session.Page.EvaluateAsync(
            """
            () => {
                const replace = history.replaceState;
                history.replaceState = (...args) => {
                    history.replaceState = replace;
                    history.replaceState(...args);
                    queueMicrotask(() => {
                        document.activeElement.value += 's';
                        document.activeElement.dispatchEvent(new InputEvent('input', { bubbles: true }));
                    });
                };
            }
            """);
        var search = session.Page.Content().Field("Search request bodies");

        await search.FillAsync("Friend");

        await Expect(session.Page).ToHaveURLAsync(new Regex("contains=Friends$"));
        await Expect(search).ToHaveValueAsync("Friends");
    });

    [BrowserFact]
    public Task A_value_that_is_not_allowed_is_reported_at_the_field_and_not_applied() => RunAsync(async session =>
    {
        await SendRequestsAsync(session.Server);
        await session.OpenAsync("#/requests?status=5xx&state=lost");
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(7);

        var status = session.Page.Content().Field("Status");
        await status.PressSequentiallyAsync("abc");

        await Expect(status).ToHaveAccessibleDescriptionAsync("A number such as 500");
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Later"));
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(8);
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task Errors_only_selects_the_requests_without_a_successful_response() => RunAsync(async session =>
    {
        await SendRequestsAsync(session.Server);
        await session.OpenAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(7);

        await session.Page.Content().Field("Errors only").CheckAsync();

        await Expect(session.Page.RequestRows()).ToHaveCountAsync(3);
        await Expect(session.Page.RequestRows().GetByRole(AriaRole.Gridcell).First).ToHaveTextAsync("6");
    });

    /// <summary>Sends seven requests; each has a property that no other has.</summary>
    private static async Task SendRequestsAsync(EwsImServer server)
    {
        var client = new ImClient(server);
        await client.CallAsync(Requests.AddImGroup("Friends"));
        await client.CallAsync(Requests.GetImItemList);
        await new ImClient(server, "alice@contoso.com").CallAsync(Requests.AddImGroup("Friends of Alice"));
        await client.CallAsync(Requests.AddImGroup("Friends"));
        await server.Faults.AddAsync(Fault.ServerBusy(TimeSpan.FromMinutes(5)).OnMailbox("bob@contoso.com").Once() with { Id = "busy" });
        var bob = new ImClient(server, "bob@contoso.com");
        await bob.CallAsync(Requests.AddImGroup("Team"));
        await server.Faults.AddAsync(Fault.Drop().OnMailbox("carol@contoso.com").Once());
        var carol = () => new ImClient(server, "carol@contoso.com").CallAsync(Requests.AddImGroup("Team"));
        await carol.Should().ThrowAsync<HttpRequestException>();
        await bob.CallAsync(Requests.AddImGroup("Team"));
    }

    private static async Task EnterAsync(ILocator field, string value)
    {
        if (await field.EvaluateAsync<bool>("field => field instanceof HTMLSelectElement"))
        {
            await field.SelectOptionAsync(new SelectOptionValue { Label = value });
            return;
        }

        await field.FillAsync(value);
        await field.PressAsync("Enter");
    }
}
