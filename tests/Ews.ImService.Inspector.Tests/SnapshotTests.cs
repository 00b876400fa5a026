using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class SnapshotTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserFact]
    public Task An_invalid_name_is_marked_at_the_field() => RunAsync(async session =>
    {
        await session.OpenAsync("#/snapshots");
        var name = session.Page.Content().Field("Name");
        await name.FillAsync("before test");

        await session.Page.Button("Take snapshot").ClickAsync();

        (await name.EvaluateAsync<bool>("field => field.matches(':invalid')")).Should().BeTrue();
        await Expect(session.Page.GetByRole(AriaRole.Alert)).ToBeEmptyAsync();
        await name.FillAsync("before-test");
        await session.Page.Button("Take snapshot").ClickAsync();
        await Expect(session.Page.Content().GetByRole(AriaRole.Row).Filter(new() { HasText = "before-test" })).ToHaveCountAsync(1);
    });

    [BrowserFact]
    public Task A_snapshot_is_taken_restored_and_deleted() => RunAsync(async session =>
    {
        await session.Server.SeedAsync(new SeedMailbox("alice@contoso.com").WithGroup("Team"));
        await session.OpenAsync("#/snapshots");
        await session.Page.Content().Field("Name").FillAsync("before");
        await session.Page.Button("Take snapshot").ClickAsync();
        var snapshot = session.Page.Content().GetByRole(AriaRole.Row).Filter(new() { HasText = "before" });
        await Expect(snapshot).ToHaveCountAsync(1);
        await new ImClient(session.Server, "alice@contoso.com").CallAsync(Requests.AddImGroup("Friends"));

        await snapshot.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await session.Page.GetByRole(AriaRole.Dialog).Button("Restore").ClickAsync();
        await Expect(session.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        var groups = (await session.Server.FindMailboxAsync("alice@contoso.com"))!.UserGroups;
        groups.Select(group => group.DisplayName).Should().Equal("Team");

        await snapshot.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await session.Page.GetByRole(AriaRole.Dialog).Button("Delete").ClickAsync();
        await Expect(snapshot).ToHaveCountAsync(0);
    });
}
