using System.Text;

namespace Ews.ImService.Tests.Control.Events;

/// <summary>The event <c>changed</c> of the event stream.</summary>
public sealed class ChangeEventTests
{
    [Theory]
    [InlineData("POST", "/faults", """{ "kind": "drop", "id": "a" }""", "faults")]
    [InlineData("DELETE", "/faults", null, "faults")]
    [InlineData("PUT", "/snapshots/b", null, "snapshots")]
    [InlineData("DELETE", "/snapshots/a", null, "snapshots")]
    [InlineData("PUT", "/clock", "{}", "clock")]
    [InlineData("POST", "/clock/advance", """{ "milliseconds": 1000 }""", "clock")]
    [InlineData("DELETE", "/clock", null, "clock")]
    [InlineData("DELETE", "/realms/other", null, "realms")]
    [InlineData("POST", "/reset", null, "faults,clock")]
    public async Task A_control_call_changes_parts(string method, string path, string? body, string parts)
    {
        await using var service = await TestService.StartAsync();
        await service.SendAsync("PUT", "/snapshots/a");
        await service.SendAsync("POST", "/faults", """{ "kind": "drop", "id": "b" }""");
        await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": 1000 }""");
        await service.SendAsync("PUT", "/realms/other");
        await using var events = await EventReader.OpenAsync(service);
        await events.NextAsync("journal");

        (await service.SendAsync(method, path, body)).EnsureSuccessStatusCode();

        (await PartsAsync(events, parts.Split(','))).Should().BeEquivalentTo(parts.Split(','));
    }

    [Fact]
    public async Task A_request_that_creates_a_realm_or_matches_a_fault_rule_changes_parts()
    {
        await using var service = await TestService.StartAsync();
        await service.SendAsync("POST", "/faults", """{ "kind": "serverBusy", "operation": "GetImItemList", "nth": 2 }""");
        await using var events = await EventReader.OpenAsync(service);
        await events.NextAsync("journal");

        await service.PostAsync(EwsRequest.GetImItemList());
        (await PartsAsync(events, "faults")).Should().Equal("faults");
        await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.GetImItemList()), path: "/realms/other/EWS/Exchange.asmx");
        (await PartsAsync(events, "realms")).Should().Equal("realms");
    }

    [Fact]
    public async Task Requests_and_control_calls_change_mailboxes()
    {
        await using var service = await TestService.StartAsync();
        await using var events = await EventReader.OpenAsync(service);
        await events.NextAsync("journal");

        await service.AddGroupAsync();
        (await MailboxesAsync(events)).Should().Equal(TestService.DefaultMailbox);
        await service.SendAsync("POST", "/seed", """{ "mailboxes": [{ "smtpAddress": "bob@contoso.com" }] }""");
        (await MailboxesAsync(events)).Should().Equal("bob@contoso.com");
        await service.SendAsync("POST", "/reset?mailbox=bob@contoso.com");
        (await MailboxesAsync(events)).Should().Equal("bob@contoso.com");
    }

    [Fact]
    public async Task Many_changed_mailboxes_are_not_listed()
    {
        await using var service = await TestService.StartAsync();
        await using var events = await EventReader.OpenAsync(service);
        await events.NextAsync("journal");
        var mailboxes = Enumerable.Range(1, 1001).Select(number => $$"""{ "smtpAddress": "user{{number}}@contoso.com" }""");

        await service.SendAsync("PUT", "/seed", $$"""{ "mailboxes": [{{string.Join(',', mailboxes)}}] }""");
        var changed = await events.NextAsync("changed");

        changed.GetProperty("allMailboxes").GetBoolean().Should().BeTrue();
        changed.GetProperty("mailboxes").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_request_that_changes_nothing_is_no_change()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();
        await using var events = await EventReader.OpenAsync(service);
        await events.NextAsync("journal");

        await service.PostAsync(EwsRequest.GetImItemList());
        await events.FollowAsync(JournalView.Empty, view => view.States.GetValueOrDefault(2) == "answered");
        await service.SendAsync("PUT", "/clock", "{}");

        (await events.NextAsync("changed")).GetRawText()
            .Should().Be("""{"parts":["clock"],"mailboxes":[],"allMailboxes":false}""");
    }

    /// <summary>Returns the parts of the next events, until all expected ones were changed.</summary>
    private static async Task<List<string>> PartsAsync(EventReader events, params string[] expected)
    {
        var parts = new List<string>();
        while (expected.Except(parts).Any())
            parts.AddRange((await events.NextAsync("changed")).GetProperty("parts").Strings()!);
        return parts;
    }

    private static async Task<List<string?>> MailboxesAsync(EventReader events)
    {
        var changed = await events.NextAsync("changed");
        changed.GetProperty("allMailboxes").GetBoolean().Should().BeFalse();
        return changed.GetProperty("mailboxes").Strings();
    }
}
