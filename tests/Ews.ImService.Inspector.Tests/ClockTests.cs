using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class ClockTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserFact]
    public Task The_clock_is_frozen_advanced_set_and_released() => RunAsync(async session =>
    {
        var clock = session.Server.Clock;
        await session.OpenAsync("#/clock");
        var content = session.Page.Content();
        await Expect(session.Page.View("Clock")).ToHaveAccessibleNameAsync("Clock");
        await Expect(content.Button("Release")).ToHaveAttributeAsync("aria-disabled", "true");
        await content.Button("Freeze").ClickAsync();
        await Wait.UntilAsync(() => IsFrozenAsync(clock));
        await Expect(session.Page.View("Clock")).ToHaveAccessibleNameAsync("Clock frozen");
        var frozen = await clock.GetUtcNowAsync();

        await content.Field("Amount").FillAsync("90");
        await content.Field("Unit").SelectOptionAsync("seconds");
        await content.Button("Advance").ClickAsync();
        await Wait.UntilAsync(async () => await clock.GetUtcNowAsync() == frozen.AddSeconds(90));

        await content.Field("Time (UTC)").FillAsync("2030-01-02T03:04:05");
        await content.Button("Set").ClickAsync();
        await Wait.UntilAsync(async () => await clock.GetUtcNowAsync() == new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await Expect(content).ToContainTextAsync("2030-01-02");
        await Expect(content).ToContainTextAsync("03:04:05");

        await content.Button("Release").ClickAsync();
        await Wait.UntilAsync(async () => await clock.GetUtcNowAsync() < frozen.AddDays(1) && !await IsFrozenAsync(clock));
        await Expect(content.Button("Release")).ToHaveAttributeAsync("aria-disabled", "true");
        await content.Button("+1 hour").ClickAsync();
        await Expect(session.Page.View("Clock")).ToHaveAccessibleNameAsync("Clock +1 h");
        await Expect(content.Button("Release")).ToHaveAttributeAsync("aria-disabled", "false");
    });

    private static async Task<bool> IsFrozenAsync(EwsImClock clock)
    {
        var now = await clock.GetUtcNowAsync();
        await Task.Delay(10);
        return await clock.GetUtcNowAsync() == now;
    }
}
