using System.Text.RegularExpressions;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

public sealed class EntryTests(ITestOutputHelper output) : InspectorTest(output)
{
    private const string InvalidElement = "m:DisplayNam";

    /// <summary>A request in several lines, with a violation of the schema in one of them.</summary>
    private static readonly string InvalidRequest = Requests
        .Envelope($"\n  <m:AddImGroup>\n    <{InvalidElement}>Größe 😀</{InvalidElement}>\n  </m:AddImGroup>\n", Mailboxes.Default);

    [BrowserFact]
    public Task An_entry_shows_request_and_response_with_headers_and_body() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync();

        await session.Page.RequestRows("AddImGroup").ClickAsync();

        var entry = session.Page.Entry(1);
        await entry.Region("Request").Button("Headers").ClickAsync();
        foreach (var (side, text) in new[] { ("Request", "Friends"), ("Response", "NoError") })
        {
            var message = entry.Region(side);
            await Expect(message.GetByRole(AriaRole.Heading, new() { Name = "Headers" })).ToBeVisibleAsync();
            await Expect(message.GetByRole(AriaRole.Heading, new() { Name = "Body" })).ToBeVisibleAsync();
            await Expect(message).ToContainTextAsync("Content-Type", new() { IgnoreCase = true });
            await Expect(message.Locator("pre")).ToContainTextAsync(text);
        }

        await Expect(session.Page).ToHaveURLAsync(new Regex("/#/requests/1$"));
    });

    [BrowserFact]
    public Task A_body_is_shown_formatted_or_as_it_arrived() => RunAsync(async session =>
    {
        var body = Requests.Envelope(Requests.AddImGroup("Friends"), Mailboxes.Default);
        await new ImClient(session.Server).PostAsync(body);
        await session.OpenAsync("#/requests/1");
        var entry = session.Page.Entry(1);
        var text = entry.Region("Request").Locator("pre");

        await Expect(text).ToContainTextAsync("\n      <m:DisplayName>Friends</m:DisplayName>\n");
        await entry.Button("Raw").ClickAsync();

        await Expect(text).ToContainTextAsync("<m:AddImGroup><m:DisplayName>Friends");
        (await SelectAsync(text, "selection.selectAllChildren(text)")).TrimEnd('\n').Should().Be(body);
    });

    [BrowserTheory]
    [InlineData("Formatted")]
    [InlineData("Raw")]
    public Task The_element_that_violates_the_schema_is_marked_in_the_request(string form) => RunAsync(async session =>
    {
        await new ImClient(session.Server).PostAsync(InvalidRequest);
        await session.OpenAsync();
        await session.Page.RequestRows("ErrorSchemaValidation").ClickAsync();
        var entry = session.Page.Entry(1);
        await entry.Button(form).ClickAsync();
        var text = entry.Region("Request").Locator("pre");
        var mark = text.Locator("mark");

        await Expect(mark).ToHaveTextAsync(InvalidElement);
        await Expect(mark).ToHaveAccessibleDescriptionAsync(new Regex("invalid child element 'DisplayNam'"));
        if (form == "Raw")
        {
            var before = await SelectAsync(text, "selection.setBaseAndExtent(text, 0, text.querySelector('mark'), 0)");
            before.Should().Be(InvalidRequest[..InvalidRequest.IndexOf(InvalidElement, StringComparison.Ordinal)]);
        }
    }, name: $"{nameof(The_element_that_violates_the_schema_is_marked_in_the_request)}_{form}");

    [BrowserFact]
    public Task The_mark_and_the_beginning_of_a_long_message_are_visible() => RunAsync(async session =>
    {
        const string Contact = """
            <m:CreateItem><m:Items><t:Contact>
            <t:GivenNam>Anna</t:GivenNam>
            </t:Contact></m:Items></m:CreateItem>
            """;
        await new ImClient(session.Server).CallAsync(Contact);
        await session.OpenAsync("#/requests/1");
        var entry = session.Page.Entry(1);
        var mark = entry.Locator("mark");

        await Expect(mark).ToBeInViewportAsync(new() { Ratio = 1 });
        await entry.Button("Show all").ClickAsync();
        await entry.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(@"^Line \d+, position \d+$") }).ClickAsync();

        await Expect(mark).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(entry.Button("Show less")).ToHaveCountAsync(1);
    });

    [BrowserTheory]
    [InlineData("Copy as curl", "curl ")]
    [InlineData("Copy as C# test", "EwsImServer")]
    [InlineData("Copy as Python", "import ")]
    [InlineData("Copy as seed document", "\"mailboxes\"")]
    public Task A_request_is_copied(string button, string expected) => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync("#/requests/1");

        await session.Page.Entry(1).Button(button).ClickAsync();
        await Expect(session.Page.GetByText("copied", new() { Exact = false })).ToBeVisibleAsync();

        var copied = await session.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        copied.Should().Contain(expected).And.Contain("Friends");
    });

    [BrowserFact]
    public Task The_test_of_a_request_with_an_id_contains_the_mailbox() => RunAsync(async session =>
    {
        var client = new ImClient(session.Server);
        await client.CallAsync(Requests.AddImGroup("Friends"));
        var group = (await session.Server.FindMailboxAsync(Mailboxes.Default))!.Groups!.Single(group => group.DisplayName == "Friends");
        await client.CallAsync($"<m:RemoveImGroup><m:GroupId Id=\"{group.Id}\"/></m:RemoveImGroup>");
        await session.OpenAsync("#/requests/2");

        await session.Page.Entry(2).Button("Copy as C# test").ClickAsync();
        await Expect(session.Page.GetByText("copied", new() { Exact = false })).ToBeVisibleAsync();

        var copied = await session.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        copied.Should().Contain("ImportSeedAsync(").And.Contain(Mailboxes.Default);
    });

    [BrowserFact]
    public Task A_request_is_downloaded() => RunAsync(async session =>
    {
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync("#/requests/1");

        var download = await session.Page.RunAndWaitForDownloadAsync(() => session.Page.Entry(1).Button("Download").ClickAsync());

        var content = await File.ReadAllTextAsync(await download.PathAsync());
        content.Should().Contain("AddImGroup").And.Contain("Friends").And.Contain("NoError");
    });

    [BrowserFact]
    public Task An_entry_shows_its_fault_rule_and_an_ignored_back_off() => RunAsync(async session =>
    {
        await session.Server.Faults.AddAsync(Fault.ServerBusy(TimeSpan.FromSeconds(30)).Once());
        var client = new ImClient(session.Server);
        await client.CallAsync(Requests.AddImGroup("Friends"));
        await client.CallAsync(Requests.AddImGroup("Friends"));

        await session.OpenAsync("#/requests/1");
        await Expect(session.Page.Entry(1)).ToContainTextAsync("ErrorServerBusy");
        await Expect(session.Page.Entry(1)).ToContainTextAsync("30");
        await session.OpenAsync("#/requests/2");

        await Expect(session.Page.Entry(2)).ToContainTextAsync("early", new() { IgnoreCase = true });
    });

    [BrowserFact]
    public Task An_entry_that_is_removed_from_the_journal_remains_open() => RunAsync(async session =>
    {
        session.Guard.Expect("404 (Not Found)");
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.OpenAsync("#/requests/1");
        await Expect(session.Page.Entry(1).Region("Request")).ToBeVisibleAsync();

        await session.Page.Button("Clear journal…").ClickAsync();
        await session.Page.GetByRole(AriaRole.Dialog).Button("Clear").ClickAsync();

        await Expect(session.Page.Entry(1)).ToContainTextAsync("No longer in the journal");
        await Expect(session.Page.Entry(1).Region("Request")).ToContainTextAsync("Friends");
        await Expect(session.Page.Entry(1).Button("Replay")).ToBeDisabledAsync();
        await Expect(session.Page.Button("Dismiss")).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task The_kind_of_a_fault_is_shown_after_its_rule_was_removed() => RunAsync(async session =>
    {
        await session.Server.Faults.AddAsync(Fault.Malformed().Once() with { Id = "broken" });
        await new ImClient(session.Server).CallAsync(Requests.AddImGroup("Friends"));
        await session.Server.Faults.ClearAsync();

        await session.OpenAsync("#/requests/1");

        await Expect(session.Page.Entry(1)).ToContainTextAsync("broken (malformed)");
        await Expect(session.Page.Entry(1)).ToContainTextAsync("in a form that is not well-formed");
    });

    /// <summary>Selects a part of a text, and returns it as it would be copied.</summary>
    private static Task<string> SelectAsync(ILocator text, string selection) => text.EvaluateAsync<string>(
        $"text => {{ const selection = getSelection(); {selection}; return selection.toString(); }}");
}
