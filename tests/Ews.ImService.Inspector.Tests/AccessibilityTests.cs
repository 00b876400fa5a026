using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

/// <summary>Verifies every view and dialog with axe, in light and dark, on a wide and a narrow screen.</summary>
public sealed class AccessibilityTests(ITestOutputHelper output) : InspectorTest(output)
{
    private const string Mailbox = $"#/mailbox/{Mailboxes.Default}";

    private static readonly AxeRunOptions AllRules = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>The rule whose result depends on the colors.</summary>
    private static readonly AxeRunOptions ContrastOnly = new()
    {
        ResultTypes = [ResultType.Violations],
        RunOnly = RunOnlyOptions.Rules("color-contrast"),
    };

    /// <summary>The views, and the buttons in them that open a dialog.</summary>
    private static readonly (string View, string[] Buttons)[] Views =
    [
        ("#/requests", ["Clear journal…", "Reset…"]),
        ("#/requests/2", []),
        ("#/requests?responseCode=NoSuchCode", []),
        ("#/mailbox", []),
        (Mailbox, ["Add group", "Add contact"]),
        ("#/faults", ["Remove all…"]),
        ("#/snapshots", ["Restore… before-the-test", "Delete… before-the-test"]),
        ("#/clock", []),
        ("#/server", []),
    ];

    [BrowserTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public Task Every_view_and_dialog_is_accessible_and_fits(int width, ColorScheme colors) => RunAsync(async session =>
    {
        await SampleData.CreateAsync(session.Server);
        var rules = colors == ColorScheme.Light ? AllRules : ContrastOnly;
        List<string> problems = [];
        foreach (var (view, buttons) in Views)
        {
            await session.OpenAsync(view);
            await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
            await Expect(session.Page.Content().GetByText("Loading…")).ToHaveCountAsync(0);
            problems.AddRange(await ProblemsAsync(session.Page, view, rules));
            foreach (var button in buttons)
            {
                await session.Page.Button(button).First.ClickAsync();
                await Expect(session.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
                problems.AddRange(await ProblemsAsync(session.Page, $"{view}, {button}", rules));
                await session.Page.PressKeysAsync("Escape");
                await Expect(session.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            }
        }

        problems.Should().BeEmpty();
    }, new() { Width = width, ColorScheme = colors }, $"{nameof(Every_view_and_dialog_is_accessible_and_fits)}_{width}_{colors}");

    private static async Task<IEnumerable<string>> ProblemsAsync(IPage page, string place, AxeRunOptions rules)
    {
        var results = await page.RunAxe(rules);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return results.Violations
            .SelectMany(violation => violation.Nodes.Take(3).Select(node => $"{place}: {violation.Id}, {violation.Help}: {node.Html}"))
            .Concat(overflow > 0 ? [$"{place}: the page is {overflow} pixels too wide"] : []);
    }
}
