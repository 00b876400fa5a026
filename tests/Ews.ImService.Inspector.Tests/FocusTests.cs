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
}
