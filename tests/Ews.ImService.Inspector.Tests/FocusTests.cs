using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class FocusTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserFact]
    public Task Focus_stays_on_its_request_while_new_requests_arrive() => RunAsync(async session =>
    {
        var client = new ImClient(session.Server);
        await client.CallAsync(Requests.AddImGroup("Friends"));
        await client.CallAsync(Requests.GetImItemList);
        await session.OpenAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(2);
        await session.Page.TabToListAsync();
        await session.Page.PressKeysAsync("End");
        await Expect(session.Page.RequestRows("AddImGroup")).ToBeFocusedAsync();

        for (var i = 0; i < 5; i++)
            await client.CallAsync(Requests.GetImItemList);

        await Expect(session.Page.RequestRows()).ToHaveCountAsync(7);
        await Expect(session.Page.RequestRows("AddImGroup")).ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task A_text_that_is_entered_is_kept_while_a_mailbox_changes() => RunAsync(async session =>
    {
        await session.Server.SeedAsync(new SeedMailbox(Mailboxes.Default).WithGroup("Team"));
        await session.OpenAsync($"#/mailbox/{Mailboxes.Default}");
        await session.Page.Content().Button("Add group").ClickAsync();
        var name = session.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox);
        await name.PressSequentiallyAsync("Clo");

        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await Expect(session.Page.Content().GetByText("Friends", new() { Exact = true }).First).ToBeAttachedAsync();
        await session.Page.Keyboard.TypeAsync("se");

        await Expect(name).ToBeFocusedAsync();
        await Expect(name).ToHaveValueAsync("Close");
    });

    [BrowserFact]
    public Task Enter_moves_the_focus_to_the_entry_each_time() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
        await session.Page.TabToListAsync();
        await session.Page.PressKeysAsync("Enter");
        await Expect(session.Page.Entry(1)).ToBeFocusedAsync();

        await session.Page.RequestRows().First.FocusAsync();
        await session.Page.PressKeysAsync("Enter");

        await Expect(session.Page.Entry(1)).ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task The_button_Newer_keeps_the_focus_at_the_end_of_the_list() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync("#/requests/1");
        var newer = session.Page.Entry(1).Button("Newer");

        await newer.FocusAsync();
        await session.Page.PressKeysAsync("Enter");

        await Expect(newer).ToBeFocusedAsync();
        await Expect(newer).ToBeDisabledAsync();
    });

    [BrowserFact]
    public Task Escape_clears_a_search_before_it_closes_the_entry() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync("#/requests/1");
        await Expect(session.Page.Entry(1)).ToBeVisibleAsync();
        var search = session.Page.Content().Field("Search request bodies");

        await search.FillAsync("Friends");
        await search.PressAsync("Escape");
        await Expect(search).ToHaveValueAsync("");
        await Expect(session.Page.Entry(1)).ToBeVisibleAsync();
        await search.PressAsync("Escape");

        await Expect(session.Page.Entry(1)).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task Rows_that_are_passed_quickly_are_not_opened() => RunAsync(async session =>
    {
        const int Count = 30;
        for (var i = 1; i <= Count; i++)
            await new ImClient(session.Server).CallAsync(Requests.GetImItemList);
        await session.OpenAsync($"#/requests/{Count}");
        await Expect(session.Page.Entry(Count)).ToBeVisibleAsync();
        var reads = 0;
        session.Page.Request += (_, request) => reads += request.Url.Contains("/journal/", StringComparison.Ordinal) ? 1 : 0;
        await session.Page.TabToListAsync();

        await session.Page.EvaluateAsync(
            """
            async count => {
                for (let i = 1; i < count; i++) {
                    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
                    await new Promise(requestAnimationFrame);
                }
            }
            """,
            Count);
        await Expect(session.Page.Entry(1)).ToBeVisibleAsync();

        reads.Should().BeLessThan(Count / 2);
    });

    [BrowserFact]
    public Task A_row_that_is_selected_while_another_opens_is_opened_next() => RunAsync(async session =>
    {
        const int Count = 3;
        for (var i = 1; i <= Count; i++)
            await new ImClient(session.Server).CallAsync(Requests.GetImItemList);
        await session.OpenAsync($"#/requests/{Count}");
        await Expect(session.Page.Entry(Count)).ToBeVisibleAsync();
        await session.Page.TabToListAsync();

        await session.Page.EvaluateAsync(
            """
            () => new Promise(resolve => {
                const press = () => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
                const observer = new MutationObserver(() => {
                    observer.disconnect();
                    press();
                    resolve();
                });
                observer.observe(document.querySelector('[role=grid]'), { subtree: true, attributeFilter: ['aria-selected'] });
                press();
            })
            """);

        await Expect(session.Page.Entry(1)).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task An_entry_that_is_closed_before_another_opens_stays_closed() => RunAsync(async session =>
    {
        for (var i = 1; i <= 2; i++)
            await new ImClient(session.Server).CallAsync(Requests.GetImItemList);
        await session.OpenAsync("#/requests/2");
        await Expect(session.Page.Entry(2)).ToBeVisibleAsync();
        await session.Page.TabToListAsync();

        await session.Page.EvaluateAsync(
            """
            () => {
                for (const key of ['ArrowDown', 'Escape'])
                    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                return new Promise(resolve => setTimeout(resolve, 300));
            }
            """);

        await Expect(session.Page.Entry(2)).ToHaveCountAsync(0);
        await Expect(session.Page.Entry(1)).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task The_row_of_an_entry_that_is_closed_has_the_focus_although_a_request_arrived() => RunAsync(async session =>
    {
        var client = new ImClient(session.Server);
        await client.CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
        await session.Page.TabToListAsync();
        await session.Page.PressKeysAsync("Enter");
        await Expect(session.Page.Entry(1)).ToBeFocusedAsync();

        await client.CallAsync(Requests.GetImItemList);
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(2);
        await session.Page.PressKeysAsync("Escape");

        await Expect(session.Page.RequestRows("AddImGroup")).ToBeFocusedAsync();
    });
}
