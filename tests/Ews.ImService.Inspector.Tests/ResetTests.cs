using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class ResetTests(ITestOutputHelper output) : InspectorTest(output)
{
    private static readonly string[] Parts = ["mailbox", "fault rule", "journal", "clock"];

    [BrowserFact]
    public Task Reset_asks_and_then_resets_the_realm() => RunAsync(async session =>
    {
        await ChangeAsync(session);
        await session.Page.Button("Reset…").ClickAsync();
        var dialog = session.Page.DialogBox("Reset the realm");
        foreach (var part in Parts)
            await Expect(dialog).ToContainTextAsync(part, new() { IgnoreCase = true });

        await dialog.Button("Reset").ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(0);
        (await session.Server.FindMailboxAsync(Mailboxes.Default)).Should().BeNull();
        (await session.Server.Journal.GetEntriesAsync()).Should().BeEmpty();
    });

    [BrowserTheory]
    [InlineData("Cancel")]
    [InlineData("Escape")]
    public Task A_reset_that_is_canceled_changes_nothing(string way) => RunAsync(async session =>
    {
        await ChangeAsync(session);
        var before = await session.Server.ExportSeedAsync();
        await session.Page.Button("Reset…").ClickAsync();
        var dialog = session.Page.DialogBox("Reset the realm");
        await Expect(dialog).ToBeVisibleAsync();

        if (way == "Escape")
            await session.Page.Keyboard.PressAsync(way);
        else
            await dialog.Button(way).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(session.Page.Button("Reset…")).ToBeFocusedAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
        (await session.Server.ExportSeedAsync()).Should().Be(before);
        (await session.Server.Journal.GetEntriesAsync()).Should().ContainSingle();
    }, name: $"{nameof(A_reset_that_is_canceled_changes_nothing)}_{way}");

    private static async Task ChangeAsync(InspectorSession session)
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();
        await Expect(session.Page.RequestRows()).ToHaveCountAsync(1);
    }
}
