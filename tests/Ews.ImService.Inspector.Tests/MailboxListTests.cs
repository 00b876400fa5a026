using System.Text.Json;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class MailboxListTests(ITestOutputHelper output) : InspectorTest(output)
{
    private const int Mailboxes = 250;
    private const int Listed = 200;

    [BrowserFact]
    public Task The_list_has_a_limit_and_the_search_finds_the_other_mailboxes() => RunAsync(async session =>
    {
        await SeedAsync(session);
        await session.OpenAsync();
        var list = session.Page.GetByRole(AriaRole.Navigation, new() { Name = "Mailboxes" });
        var links = list.GetByRole(AriaRole.Link);
        await Expect(links).ToHaveCountAsync(Listed);
        await Expect(list).ToContainTextAsync("50 more mailboxes");
        await Expect(list).ToContainTextAsync("250");

        await list.GetByRole(AriaRole.Searchbox).FillAsync("USER249@");

        await Expect(links).ToHaveCountAsync(1);
        await Expect(links).ToContainTextAsync("user249@contoso.com");
        await list.GetByRole(AriaRole.Searchbox).FillAsync("user999");
        await Expect(list).ToContainTextAsync("No mailbox matches.");
    });

    [BrowserFact]
    public Task No_call_reads_all_mailboxes() => RunAsync(async session =>
    {
        await SeedAsync(session);
        List<string> calls = [];
        session.Page.Request += (_, request) => calls.Add(new Uri(request.Url).PathAndQuery);
        await session.OpenAsync();
        await session.Page.Button("Reset…").ClickAsync();
        await Expect(session.Page.DialogBox("Reset the realm")).ToContainTextAsync("250 mailboxes");

        var limits = calls.Where(call => call.Contains("/mailboxes", StringComparison.Ordinal)).Select(call => call.Split("limit=")[^1]);
        limits.Should().Contain("200").And.Contain("0").And.OnlyContain(limit => limit == "200" || limit == "0");
    });

    private static Task SeedAsync(InspectorSession session)
    {
        var mailboxes = Enumerable.Range(0, Mailboxes).Select(number => new { smtpAddress = $"user{number:000}@contoso.com" });
        return session.Server.ImportSeedAsync(JsonSerializer.Serialize(new { mailboxes }));
    }
}
