using Deque.AxeCore.Commons;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

/// <summary>Verifies every view and dialog with axe, in light and dark, on a wide and a narrow screen.</summary>
public sealed class AccessibilityTests(ITestOutputHelper output) : InspectorTest(output)
{
    private const string Mailbox = $"#/mailbox/{Mailboxes.Default}";

    private const string RunAxe =
        """
        async rules => {
            const runOnly = rules ? { type: 'rule', values: rules } : undefined;
            const { violations } = await axe.run({ runOnly, resultTypes: ['violations'] });
            return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id}, ${help}: ${node.html}`));
        }
        """;

    /// <summary>The rule whose result depends on the colors; the others are verified in light colors.</summary>
    private static readonly string[] ContrastOnly = ["color-contrast"];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>The views, and the buttons in them that open a dialog.</summary>
    private static readonly (string View, string[] Buttons)[] Views =
    [
        ("#/requests", ["Clear journal…", "Reset…"]),
        ("#/requests/2", []),
        ("#/requests?responseCode=NoSuchCode", []),
        ("#/mailbox", []),
        (Mailbox, ["Add group", "Add contact", "Remove…"]),
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
        var rules = colors == ColorScheme.Light ? null : ContrastOnly;
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

    [BrowserFact]
    public Task A_violation_is_reported() => RunAsync(async session =>
    {
        await session.OpenAsync();
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
        await session.Page.EvaluateAsync(
            """
            () => {
                const text = document.createElement('p');
                text.textContent = 'Without contrast';
                text.style.color = '#ddd';
                document.querySelector('header').prepend(text, document.createElement('button'));
                const wide = document.body.appendChild(document.createElement('div'));
                wide.style.cssText = 'min-width: 5000px; min-height: 1px';
            }
            """);

        var problems = await ProblemsAsync(session.Page, "view", null);
        problems.Should().ContainMatch("view: color-contrast,*Without contrast*").And.ContainMatch("view: button-name,*");
        problems.Should().ContainMatch("view: the page is * pixels too wide");
        (await ProblemsAsync(session.Page, "view", ContrastOnly)).Should().ContainMatch("view: color-contrast,*").And.HaveCount(2);
    });

    private static async Task<IEnumerable<string>> ProblemsAsync(IPage page, string place, string[]? rules)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(Axe);
        var violations = await page.EvaluateAsync<string[]>(RunAxe, rules);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        var problems = overflow > 0 ? [$"the page is {overflow} pixels too wide", .. violations] : violations;
        return problems.Select(problem => $"{place}: {problem}");
    }
}
