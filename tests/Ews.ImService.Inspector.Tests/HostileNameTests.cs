using System.Security;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

/// <summary>Names that clients choose are text wherever the page shows them.</summary>
public sealed class HostileNameTests(ITestOutputHelper output) : InspectorTest(output)
{
    public static TheoryData<string> Names =>
    [
        "<script>window.ran = true</script>",
        "<img src=x onerror='window.ran = true'>",
        "\"'&<>]]>${1}{{1}}",
        "\u05E9\u05DC\u05D5\u05DD \u202Emoc.osotnoc\u202C \U0001F468\u200D\U0001F469\u200D\U0001F467",
    ];

    [BrowserTheory]
    [MemberData(nameof(Names))]
    public Task Names_are_text_in_every_view(string name) => RunAsync(async session =>
    {
        var client = new ImClient(session.Server);
        await session.Server.SeedAsync(new SeedMailbox(Mailboxes.Default)
            .WithImContact("bob@contoso.com", name)
            .WithGroup(name, "bob@contoso.com")
            .WithContact(new Dictionary<string, string> { ["contacts:DisplayName"] = name, ["contacts:GivenName"] = name }));
        (await client.CallAsync(Requests.AddImGroup(SecurityElement.Escape(name)))).Should().Contain("AlreadyExists");
        await session.Server.Faults.AddAsync(Fault.ResponseCode("ErrorItemNotFound", name).OnOperation("GetPersona"));

        await session.OpenAsync("#/requests/1");
        await Expect(session.Page.Entry(1).Region("Request").Locator("pre")).ToContainTextAsync(SecurityElement.Escape(name)[..9]);
        await VerifyAsync(session);
        await session.OpenAsync("#/requests?contains=" + Uri.EscapeDataString(name));
        await Expect(session.Page.Content().Field("Search request bodies")).ToHaveValueAsync(name);
        await VerifyAsync(session);
        await session.OpenAsync($"#/mailbox/{Mailboxes.Default}");
        await Expect(session.Page.Content().GetByText(name, new() { Exact = true }).First).ToBeVisibleAsync();
        await VerifyAsync(session);
        await session.OpenAsync("#/faults");
        await Expect(session.Page.FaultRules()).ToContainTextAsync(name);
        await VerifyAsync(session);
        session.Guard.Expect("404 (Not Found)"); // No mailbox can have this address.
        await session.OpenAsync("#/mailbox/" + Uri.EscapeDataString(name));
        await VerifyAsync(session);
    });

    private static async Task VerifyAsync(InspectorSession session)
    {
        (await session.Page.EvaluateAsync<bool>("window.ran === true")).Should().BeFalse();
        await Expect(session.Page.Locator("body script, img")).ToHaveCountAsync(0);
    }
}
