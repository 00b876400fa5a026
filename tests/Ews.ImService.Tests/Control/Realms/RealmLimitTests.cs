using System.Net;
using System.Text;
using Ews.ImService.Control;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Tests.Control.Realms;

/// <summary>The requests that create realms, and the limits of realms.</summary>
public sealed class RealmLimitTests
{
    private static readonly byte[] Seed = Encoding.UTF8.GetBytes("""{ "mailboxes": [{ "smtpAddress": "seeded@contoso.com" }] }""");

    [Fact]
    public async Task Rejected_requests_create_no_realm()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Seeds = [Seed],
            SignIn = new SignInOptions { Mode = SignInMode.Users },
        });

        foreach (var path in new[] { "/nope", "/EWS/Exchange.asmx", "/EWS/Services.wsdl", "/autodiscover/autodiscover.xml" })
        {
            (await service.Client.GetAsync("/realms/a" + path)).Dispose();
            (await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), path: "/realms/b" + path))
                .Status.Should().NotBe(200);
        }

        (await RealmsAsync(service)).Should().Equal("");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_admitted_request_creates_and_seeds_its_realm(bool isSeeded)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Seeds = isSeeded ? [Seed] : [] });

        (await AddGroupAsync(service, "a")).Should().Succeed();
        var invalid = await service.PostAsync("<x/>"u8.ToArray(), path: "/realms/b/EWS/Exchange.asmx");

        invalid.Status.Should().Be(500);
        (await RealmsAsync(service)).Should().Equal("", "a", "b");
        foreach (var (realm, operation) in new[] { ("a", "AddImGroup"), ("b", null) })
        {
            var journal = await service.GetJsonAsync($"/realms/{realm}{ControlCalls.Api}/journal?bodies=true");
            var entry = journal.GetProperty("entries").EnumerateArray().Should().ContainSingle().Subject;
            entry.GetProperty("path").GetString().Should().Be("/EWS/Exchange.asmx");
            entry.GetProperty("state").GetString().Should().Be("answered");
            entry.GetProperty("operation").GetString().Should().Be(operation);
            entry.GetProperty("request").GetProperty("body").GetString().Should().NotBeNullOrEmpty();
            entry.GetProperty("response").GetProperty("body").GetString().Should().NotBeNullOrEmpty();
        }

        var mailboxes = await service.GetJsonAsync($"/realms/a{ControlCalls.Api}/mailboxes");
        mailboxes.GetProperty("mailboxes").EnumerateArray().Select(mailbox => mailbox.GetProperty("smtpAddress").GetString())
            .Should().Equal(isSeeded ? ["seeded@contoso.com", TestService.DefaultMailbox] : [TestService.DefaultMailbox]);
    }

    [Fact]
    public async Task An_admitted_Autodiscover_request_creates_its_realm_and_is_recorded()
    {
        await using var service = await TestService.StartAsync();

        (await service.Client.GetAsync("/realms/a/autodiscover/autodiscover.xml")).Dispose();

        var journal = await service.GetJsonAsync($"/realms/a{ControlCalls.Api}/journal");
        journal.GetProperty("entries").EnumerateArray().Should().ContainSingle()
            .Which.GetProperty("path").GetString().Should().Be("/autodiscover/autodiscover.xml");
    }

    [Fact]
    public async Task A_realm_is_created_and_seeded_without_the_control_API_too()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Seeds = [Encoding.UTF8.GetBytes(
                $$"""{ "mailboxes": [{ "smtpAddress": "{{TestService.DefaultMailbox}}", "groups": [{ "displayName": "Team" }] }] }""")],
            Control = new ControlOptions { IsEnabled = false },
        });

        (await AddGroupAsync(service, "a")).Value("ResponseCode").Should().Be("ErrorImGroupDisplayNameAlreadyExists");
    }

    [Fact]
    public async Task Further_realms_are_rejected_until_one_is_deleted()
    {
        await using var service = await StartAsync(new ControlOptions { MaxRealms = 2 });
        const string reason = "The number of realms has reached the limit Realms:MaxRealms, 2. Delete realms that are not used anymore.";
        (await AddGroupAsync(service, "a")).Should().Succeed();

        var rejected = await AddGroupAsync(service, "b");
        using var call = await service.Client.PostAsync($"/realms/b{ControlCalls.Api}/reset", null);

        rejected.Status.Should().Be(503);
        rejected.Text.Should().Be(reason + "\n");
        using var creation = await service.SendAsync("PUT", "/realms/b");
        foreach (var response in new[] { call, creation })
        {
            response.StatusCode.Should().Be(HttpStatusCode.Conflict);
            (await response.ProblemsAsync()).Should().Equal(reason);
        }

        using var existing = await service.SendAsync("PUT", "/realms/a");
        existing.StatusCode.Should().Be(HttpStatusCode.OK);
        (await AddGroupAsync(service, "a", "Crew")).Should().Succeed();
        await service.AddGroupAsync();
        using var deleted = await service.SendAsync("DELETE", "/realms/a");
        (await AddGroupAsync(service, "b")).Should().Succeed();
    }

    [Fact]
    public async Task Realms_that_an_earlier_run_stored_count_against_the_limit_and_can_be_used()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with
        {
            DatabasePath = directory.File("mailboxes.db"),
            Control = new ControlOptions { MaxRealms = 3 },
        };
        await using (var earlier = await TestService.StartAsync(settings))
        {
            (await AddGroupAsync(earlier, "a")).Should().Succeed();
            (await AddGroupAsync(earlier, "b")).Should().Succeed();
        }

        await using var service = await TestService.StartAsync(settings);

        (await AddGroupAsync(service, "c")).Status.Should().Be(503);
        using var stored = await service.SendAsync("PUT", "/realms/a");
        stored.StatusCode.Should().Be(HttpStatusCode.OK);
        (await AddGroupAsync(service, "a", "Crew")).Should().Succeed();
        using var deleted = await service.SendAsync("DELETE", "/realms/b");
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await AddGroupAsync(service, "c")).Should().Succeed();
        (await AddGroupAsync(service, "d")).Status.Should().Be(503);
    }

    [Fact]
    public async Task Further_fault_rules_are_rejected_but_rules_can_be_replaced()
    {
        await using var service = await StartAsync(new ControlOptions { MaxFaultRules = 1 });

        using var first = await service.SendAsync("POST", "/faults", "{ \"id\": \"a\", \"kind\": \"drop\" }");
        using var replaced = await service.SendAsync("POST", "/faults", "{ \"id\": \"a\", \"kind\": \"malformed\" }");
        using var rejected = await service.SendAsync("POST", "/faults", "{ \"kind\": \"drop\" }");

        new[] { first, replaced }.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.Created);
        rejected.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await rejected.ProblemsAsync()).Should().Equal("The realm has 1 fault rules, which is the limit.");
    }

    [Fact]
    public async Task Further_snapshots_are_rejected_but_snapshots_can_be_replaced()
    {
        await using var service = await StartAsync(new ControlOptions { MaxSnapshots = 1 });

        using var first = await service.SendAsync("PUT", "/snapshots/a");
        using var replaced = await service.SendAsync("PUT", "/snapshots/a");
        using var rejected = await service.SendAsync("PUT", "/snapshots/b");

        new[] { first, replaced }.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.NoContent);
        (await rejected.ProblemsAsync()).Should().Equal("The realm has 1 snapshots, which is the limit.");
    }

    [Fact]
    public async Task Further_calls_that_wait_for_the_journal_are_rejected()
    {
        await using var service = await StartAsync(new ControlOptions { MaxJournalWaits = 1 });
        const string path = "/journal/wait?timeoutMilliseconds=60000";
        var waiting = new[] { service.SendAsync("GET", path), service.SendAsync("GET", path) };

        using var rejected = await await Task.WhenAny(waiting);

        rejected.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await rejected.ProblemsAsync()).Should().Equal(
            "The limit of 1 waiting calls and event streams (Control:MaxJournalWaits) is reached.");
        await service.AddGroupAsync();
        (await Task.WhenAll(waiting)).Should().ContainSingle(response => response.StatusCode == HttpStatusCode.OK);
        using var next = await service.SendAsync("GET", path);
        next.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static Task<TestService> StartAsync(ControlOptions options) =>
        TestService.StartAsync(TestService.InMemory with { Control = options });

    private static Task<EwsResponse> AddGroupAsync(TestService service, string realm, string name = "Team") =>
        service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup(name)), path: $"/realms/{realm}/EWS/Exchange.asmx");

    private static async Task<List<string?>> RealmsAsync(TestService service) =>
        (await service.GetJsonAsync(ControlCalls.Api + "/realms")).GetProperty("realms").Strings();
}
