using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

/// <summary>Uses the page without a mouse.</summary>
public sealed class KeyboardTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserFact]
    public Task The_request_list_is_used_by_keyboard() => RunAsync(async session =>
    {
        var client = new ImClient(session.Server);
        for (var i = 1; i <= 60; i++)
            await client.CallAsync(Requests.AddImGroup($"Group {i}"));
        var page = session.Page;
        await session.OpenAsync();
        await Expect(page.RequestRows().First).ToBeVisibleAsync();

        await page.TabToListAsync();
        await page.PressKeysAsync("Home");
        var first = await FocusedIdAsync(page);
        await page.PressKeysAsync("ArrowDown");
        var second = await FocusedIdAsync(page);
        await page.PressKeysAsync("PageDown");
        var next = await FocusedIdAsync(page);
        await page.PressKeysAsync("End");
        var last = await FocusedIdAsync(page);
        await page.PressKeysAsync("ArrowUp", "PageUp");
        var before = await FocusedIdAsync(page);

        Math.Abs(second - first).Should().Be(1);
        Math.Abs(next - first).Should().BeGreaterThan(2);
        new[] { first, last }.Should().BeEquivalentTo([1, 60]);
        Math.Abs(before - last).Should().BeGreaterThan(2);

        await page.PressKeysAsync("Enter");
        await Expect(page.Entry(before)).ToBeVisibleAsync();
        await page.PressKeysAsync("Escape");
        await Expect(page.Entry(before)).ToHaveCountAsync(0);
        (await FocusedIdAsync(page)).Should().Be(before);

        await page.PressKeysAsync("/");
        await Expect(page.Content().Field("Search request bodies")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Group 60");
        await Expect(page.RequestRows()).ToHaveCountAsync(1);
    });

    [BrowserFact]
    public Task The_first_stop_moves_to_the_requests_or_to_the_content() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);

        await session.Page.PressKeysAsync("Tab");
        await Expect(session.Page.Button("To the requests")).ToBeFocusedAsync();
        await session.Page.PressKeysAsync("Enter");
        await Expect(session.Page.RequestRows()).ToBeFocusedAsync();

        await session.OpenAsync("#/clock");
        await session.Page.ReloadAsync();
        await Expect(session.Page.Content().Button("Freeze")).ToBeVisibleAsync();
        await session.Page.PressKeysAsync("Tab");
        await Expect(session.Page.Button("To the content")).ToBeFocusedAsync();
        await session.Page.PressKeysAsync("Enter", "Tab");
        await Expect(session.Page.Content().Button("Freeze")).ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task The_mailboxes_are_one_stop_in_which_the_arrow_keys_move() => RunAsync(async session =>
    {
        foreach (var name in new List<string> { "a", "b", "c" })
            await session.Server.SeedAsync(new SeedMailbox($"{name}@contoso.com"));
        await session.OpenAsync("#/mailbox/b@contoso.com");
        var links = session.Page.GetByRole(AriaRole.Navigation, new() { Name = "Mailboxes" }).GetByRole(AriaRole.Link);
        await Expect(links).ToHaveCountAsync(3);

        await session.Page.GetByLabel("Search mailboxes").FocusAsync();
        await session.Page.PressKeysAsync("Tab");
        await Expect(links.Nth(1)).ToBeFocusedAsync();
        await session.Page.PressKeysAsync("ArrowDown", "ArrowDown");
        await Expect(links.Nth(2)).ToBeFocusedAsync();
        await session.Page.PressKeysAsync("Home");
        await Expect(links.Nth(0)).ToBeFocusedAsync();
        await session.Page.PressKeysAsync("Tab");
        await Expect(session.Page.View("Requests")).ToBeFocusedAsync();
        await session.Page.PressKeysAsync("Shift+Tab", "Enter");
        await Expect(session.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#/mailbox/a(@|%40)contoso.com$"));
    });

    [BrowserFact]
    public Task Replay_fault_rename_and_reset_are_done_by_keyboard() => RunAsync(async session =>
    {
        var page = session.Page;
        await session.Server.SeedAsync(new SeedMailbox(Mailboxes.Default).WithGroup("Team"));
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();
        await Expect(page.RequestRows()).ToHaveCountAsync(1);

        await page.TabToListAsync();
        await page.PressKeysAsync("Home", "Enter");
        await page.ActivateAsync("Replay");
        await Expect(page.RequestRows()).ToHaveCountAsync(2);

        await page.ActivateAsync("Faults");
        await page.TabToFieldAsync("Kind");
        await page.Keyboard.TypeAsync("drop");
        await page.ActivateAsync("Add fault rule");
        await Expect(page.FaultRules().GetByText("drop").First).ToBeVisibleAsync();

        await page.ActivateAsync(Mailboxes.Default);
        await page.TabToGroupAsync("Team");
        await page.ActivateAsync("Rename");
        await page.PressKeysAsync("Control+A");
        await page.Keyboard.TypeAsync("Crew");
        await page.PressKeysAsync("Enter");
        await Expect(page.Content().GetByText("Crew", new() { Exact = true }).First).ToBeVisibleAsync();

        session.Guard.Expect("404 (Not Found)"); // The mailbox does not exist after the reset.
        await page.ActivateAsync("Reset…");
        await page.ActivateAsync("Reset");
        await Expect(page.Content().GetByText("Crew", new() { Exact = true })).ToHaveCountAsync(0);
        (await session.Server.Journal.GetEntriesAsync()).Should().BeEmpty();
    });

    private static async Task<int> FocusedIdAsync(IPage page) => int.Parse(
        await page.EvaluateAsync<string>("document.activeElement.closest('[role=row]').querySelector('[role=gridcell]').innerText"),
        System.Globalization.CultureInfo.InvariantCulture);
}
