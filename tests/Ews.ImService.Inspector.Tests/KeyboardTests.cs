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

    private static async Task<int> FocusedIdAsync(IPage page) => int.Parse(
        await page.EvaluateAsync<string>("document.activeElement.closest('[role=row]').querySelector('[role=gridcell]').innerText"),
        System.Globalization.CultureInfo.InvariantCulture);
}
