using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class FaultTests(ITestOutputHelper output) : InspectorTest(output)
{
    [BrowserFact]
    public Task A_rule_that_the_form_adds_is_triggered_and_its_count_is_shown() => RunAsync(async session =>
    {
        await session.OpenAsync("#/faults");
        await AddAsync(session, "responseCode", ("Operation", "AddImGroup"), ("Response code", "ErrorItemNotFound"));
        var rule = Row(session, "ErrorItemNotFound");
        await Expect(rule.GetByRole(AriaRole.Cell, new() { Name = "0", Exact = true })).ToHaveCountAsync(2);

        var response = await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));

        response.Should().Contain("ErrorItemNotFound");
        await Expect(rule.GetByRole(AriaRole.Cell, new() { Name = "1", Exact = true })).ToHaveCountAsync(2); // Matched and triggered.
        await rule.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(rule).ToHaveCountAsync(0);
        (await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"))).Should().Contain("NoError");
    });

    [BrowserFact]
    public Task The_link_to_the_view_shows_the_number_of_rules_that_are_not_used_up() => RunAsync(async session =>
    {
        await session.OpenAsync("#/faults");
        await AddAsync(session, "serverBusy", ("Operation", "AddImGroup"), ("Times", "1"));
        await AddAsync(session, "drop", ("Operation", "GetPersona"));
        await Expect(session.Page.View("Faults")).ToHaveAccessibleNameAsync("Faults 2");
        await Expect(session.Page.FaultRules().GetByText("Used up")).ToHaveCountAsync(0);

        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));

        await Expect(session.Page.View("Faults")).ToHaveAccessibleNameAsync("Faults 1");
        await Expect(Row(session, "serverBusy").GetByText("Used up")).ToHaveCountAsync(1);
    });

    [BrowserFact]
    public Task The_form_adds_rules_of_every_kind() => RunAsync(async session =>
    {
        await session.OpenAsync("#/faults");
        await AddAsync(session, "serverBusy", ("Back-off (ms)", "2000"), ("Times", "3"));
        await AddAsync(session, "responseCode", ("Response code", "ErrorItemNotFound"), ("Message text", "Not here."));
        await AddAsync(session, "soapFault", ("Response code", "ErrorInternalServerError"), ("Mailbox", "alice@contoso.com"));
        await AddAsync(session, "http", ("Status", "503"), ("Headers", "Retry-After: 30\nX-Reason: test"), ("Body", "Busy"));
        await AddAsync(session, "delay", ("Delay (ms)", "10"));
        await AddAsync(session, "slowBody", ("Bytes per second", "100"));
        await AddAsync(session, "drop");
        await AddAsync(session, "dropAfter");
        await AddAsync(session, "truncate", ("Bytes", "10"));
        await AddAsync(session, "malformed");

        // The header row, and one for each kind.
        await Expect(session.Page.FaultRules().GetByRole(AriaRole.Row)).ToHaveCountAsync(Enum.GetValues<FaultKind>().Length + 1);
        foreach (var text in new List<string> { "2000", "Not here.", "alice@contoso.com", "503", "Retry-After", "Busy" })
            await Expect(session.Page.FaultRules()).ToContainTextAsync(text);
    });

    [BrowserFact]
    public Task The_form_shows_why_a_rule_is_rejected() => RunAsync(async session =>
    {
        session.Guard.Expect("status of 422");
        await session.OpenAsync("#/faults");
        await EnterAsync(session, "responseCode", ("Response code", "ErrorOfNoServer"));

        await session.Page.Button("Add fault rule").ClickAsync();

        await Expect(session.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "ErrorOfNoServer" })).ToBeVisibleAsync();
    });

    /// <summary>Adds a rule and waits until it is shown.</summary>
    private static async Task AddAsync(InspectorSession session, string kind, params (string Label, string Value)[] fields)
    {
        await EnterAsync(session, kind, fields);
        await session.Page.Button("Add fault rule").ClickAsync();
        await Expect(Row(session, kind)).ToHaveCountAsync(1);
    }

    private static async Task EnterAsync(InspectorSession session, string kind, params (string Label, string Value)[] fields)
    {
        var form = session.Page.GetByRole(AriaRole.Form, new() { Name = "New fault rule" });
        await form.Field("Kind").SelectOptionAsync(kind);
        foreach (var (label, value) in fields)
            await form.Field(label).FillAsync(value);
    }

    private static ILocator Row(InspectorSession session, string text)
    {
        var cell = session.Page.GetByRole(AriaRole.Cell).Filter(new() { HasTextRegex = new($"(^|\\W){text}(\\W|$)") });
        return session.Page.FaultRules().GetByRole(AriaRole.Row).Filter(new() { Has = cell });
    }
}
