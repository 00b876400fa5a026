using System.Text.Json;
using Ews.ImService.Harness;

namespace Ews.ImService.Tests.Commands;

/// <summary>The commands for faults, snapshots, the clock, mailboxes and realms, in separate processes.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private string _url = "";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Fault_rules_are_added_listed_triggered_and_deleted()
    {
        await using var service = await StartAsync();

        (await RunAsync("faults add responseCode --response-code ErrorItemNotFound --operation AddImGroup --id slow".Split(' ')))
            .Should().Be((0, "slow\n", ""));
        var id = (await RunAsync("faults", "add", "http", "--status", "503", "--header", "Retry-After: 5", "--header", "X-A: b c")).Output;
        (await service.PostAsync(EwsRequest.AddImGroup("Team"))).Text.Should().Contain("ErrorItemNotFound");

        var list = (await RunAsync("faults")).Output.Split('\n');
        list[0].Should().MatchRegex("^ID +MATCHED +TRIGGERED +RULE$");
        list[1].Should().MatchRegex("^slow +1 +1 +responseCode --operation AddImGroup --response-code ErrorItemNotFound$");
        list[2].Should().StartWith(id.Trim()).And.EndWith("http --status 503 --header 'Retry-After: 5' --header 'X-A: b c'");
        Json(await RunAsync("faults", "--json")).GetProperty("faults").GetArrayLength().Should().Be(2);
        (await RunAsync("faults", "delete", "slow")).Output.Should().Be("The fault rule 'slow' was deleted.\n");
        (await RunAsync("faults", "delete", "slow")).Should().Be((1, "", "The fault rule 'slow' does not exist.\n"));
        (await RunAsync("faults", "delete", "--all")).Output.Should().Be("All fault rules of the default realm were deleted.\n");
        (await RunAsync("faults")).Should().Be((0, "", ""));
    }

    [Fact]
    public async Task A_fault_rule_that_the_service_rejects_is_explained_with_the_names_of_options()
    {
        await using var service = await StartAsync();

        (await RunAsync("faults", "add", "drop", "--status", "503")).Errors.Should().Be("--status does not apply to the kind drop.\n");
        (await RunAsync("faults", "add", "http")).Errors.Should().Be("--status is missing.\n");
    }

    [Fact]
    public async Task Snapshots_are_taken_listed_restored_and_deleted()
    {
        await using var service = await StartAsync();
        await service.AddGroupAsync("Before");

        (await RunAsync("snapshots", "take", "start")).Output.Should().Be("The snapshot 'start' of the default realm was taken.\n");
        await service.AddGroupAsync("After");
        (await RunAsync("snapshots")).Output.Should().MatchRegex(@"^NAME +TIME +MAILBOXES\nstart +\S+Z +1\n\z");
        (await RunAsync("snapshots", "restore", "start")).ExitCode.Should().Be(0);
        (await service.MailboxAsync())!.HasGroupNamed("After").Should().BeFalse();
        (await RunAsync("snapshots", "delete", "start", "--json")).Should().Be((0, "", ""));
        (await RunAsync("snapshots", "restore", "a b")).Should().Be((1, "", "The snapshot 'a b' does not exist.\n"));
        (await RunAsync("snapshots", "take", "a b")).Errors.Should().NotContain("%20").And.Contain("'a b'");
    }

    [Fact]
    public async Task The_clock_is_frozen_moved_and_reset()
    {
        await using var service = await StartAsync();

        (await RunAsync("clock", "freeze", "2026-11-21T08:30:00Z")).Should().Be((0, "2026-11-21T08:30:00.000Z, frozen\n", ""));
        (await RunAsync("clock", "advance", "1h30m")).Output.Should().Be("2026-11-21T10:00:00.000Z, frozen\n");
        (await RunAsync("clock", "advance", "-90s")).Output.Should().Be("2026-11-21T09:58:30.000Z, frozen\n");
        Json(await RunAsync("clock", "--json")).GetProperty("isFrozen").GetBoolean().Should().BeTrue();
        (await RunAsync("clock", "reset")).Output.Should().EndWith("Z, running\n");
        (await RunAsync("clock", "advance", "PT2H")).Output.Should().EndWith("Z, running, 2h ahead of the system clock\n");
        (await RunAsync("clock", "freeze", "9999-01-01")).ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Mailboxes_are_listed_and_shown()
    {
        await using var service = await StartAsync();
        (await RunAsync("seed", File("""
            { "mailboxes": [
              { "smtpAddress": "alice@contoso.com", "groups": [{ "displayName": "Team", "members": ["bob@contoso.com"] }],
                "contacts": [{ "displayName": "Erin\u202e" }] },
              { "smtpAddress": "dave@fabrikam.com" }] }
            """))).ExitCode.Should().Be(0);

        (await RunAsync("mailboxes")).Output.Should()
            .MatchRegex(@"^ADDRESS +GROUPS +IM CONTACTS +CONTACTS\nalice@contoso.com +4 +1 +1\ndave@fabrikam.com +3 +0 +0\n\z");
        (await RunAsync("mailboxes", "--search", "FABRIKAM")).Output.Should().NotContain("alice").And.Contain("dave");
        var alice = (await RunAsync("mailboxes", "show", "alice@contoso.com")).Output;
        alice.Should().Contain("group Team\n  bob@contoso.com\n").And.Contain("contact Erin\\u202E\n");
        Json(await RunAsync("mailboxes", "show", "alice@contoso.com", "--json")).GetProperty("smtpAddress").GetString()
            .Should().Be("alice@contoso.com");
        (await RunAsync("mailboxes", "show", "unknown@contoso.com")).Should()
            .Be((1, "", "The mailbox unknown@contoso.com does not exist.\n"));
    }

    [Fact]
    public async Task Realms_are_created_listed_and_deleted()
    {
        await using var service = await StartAsync();

        (await RunAsync("realms", "create", "a")).Output.Should().StartWith("The realm 'a' exists. EWS clients use http://127.0.0.1:")
            .And.EndWith("/realms/a/EWS/Exchange.asmx\n");
        (await RunAsync("realms", "create", "a")).ExitCode.Should().Be(0);
        (await RunAsync("realms")).Output.Should().Be("(default)\na\n");
        Json(await RunAsync("realms", "--json")).GetProperty("realms").GetArrayLength().Should().Be(2);
        (await RunAsync("realms", "delete", "a")).Output.Should().Be("The realm 'a' was deleted.\n");
        (await RunAsync("realms", "delete", "a")).Should().Be((1, "", "The realm 'a' does not exist.\n"));
    }

    [Fact]
    public async Task Wait_succeeds_when_the_service_is_ready_and_fails_after_the_timeout()
    {
        await using var service = await StartAsync();

        (await RunAsync("wait")).Should().Be((0, "ready\n", ""));
        (await RunAsync("wait", "60", "--json")).Should().Be((0, "{ \"ready\": true }\n", ""));
        _url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        (await RunAsync("wait", "1")).ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task The_journal_is_selected_by_every_filter_of_the_control_API()
    {
        await using var service = await StartAsync();
        await service.AddGroupAsync("Team");
        await service.PostAsync(EwsRequest.AddImGroup("Team"));
        await service.PostAsync(EwsRequest.GetImItemList());

        foreach (var (filter, ids) in new[]
        {
            ("--operation AddImGroup", "1,2"), ("--operation-contains itemlist", "3"), ("--mailbox user@contoso.com", "1,2,3"),
            ("--response-code NoError", "1,3"), ("--status 200", "1,2,3"), ("--errors true", "2"), ("--errors false", "1,3"),
            ("--state answered", "1,2,3"), ("--early true", ""), ("--fault slow", ""), ("--faulted false", "1,2,3"),
            ("--contains team", "1,2"), ("--after 1", "2,3"), ("--before 2", "1"), ("--limit 1", "3"),
        })
        {
            var output = (await RunAsync(["journal", "--json", .. filter.Split(' ')])).Output;
            string.Join(',', output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt32())).Should().Be(ids, filter);
        }
    }

    private static JsonElement Json((int ExitCode, string Output, string Errors) result) => JsonDocument.Parse(result.Output).RootElement;

    private string File(string content)
    {
        var file = _directory.File("seed.json");
        System.IO.File.WriteAllText(file, content);
        return file;
    }

    private async Task<TestService> StartAsync()
    {
        var service = await TestService.StartAsync();
        _url = service.Client.BaseAddress!.ToString();
        return service;
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        ServiceProcess.RunAsync(_directory, [.. arguments, "--url", _url]);
}
