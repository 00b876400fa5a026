using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Ews.ImService.Harness;

namespace Ews.ImService.Tests.Commands;

/// <summary>The commands that call a running service, in separate processes.</summary>
public sealed class ClientCommandTests : IDisposable
{
    private const string Seed = """
        { "mailboxes": [{ "smtpAddress": "alice@contoso.com", "groups": [{ "displayName": "Team", "members": ["bob@contoso.com"] }] }] }
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_running_service_is_seeded_inspected_and_reset()
    {
        File.WriteAllText(_directory.File("seed.json"), Seed);
        await using var service = await TestService.StartAsync();
        var url = new Uri(service.Client.BaseAddress!, "/").ToString();

        (await RunAsync("seed", "seed.json", "--url", url)).Should().Be((0, "The mailboxes of seed.json were loaded.\n", ""));
        (await service.MailboxAsync("alice@contoso.com"))!.HasGroupNamed("Team").Should().BeTrue();
        await service.AddGroupAsync("Asked");
        var journal = await RunAsync("journal", "--url", url, "--operation", "AddImGroup");
        journal.Output.Should().MatchRegex(@"^\d\d:\d\d:\d\d\.\d{3} #1 AddImGroup for user@contoso\.com: NoError in [0-9.]+ ms\n\z");
        (await RunAsync("journal", "1", "--url", url)).Output.Should().Contain("\"body\": \"").And.Contain("Asked");
        (await RunAsync("journal", "--json", "--url", url)).Output.Should().Match("{\"id\":1,*}\n").And.NotContain("Asked");
        (await RunAsync("journal", "--json", "--bodies", "--url", url)).Output
            .Should().Match("{\"id\":1,*}\n").And.Contain("<m:DisplayName>Asked</m:DisplayName>");
        (await RunAsync("seed", "all.json", "--export", "--url", url)).Output.Should().Be("The mailboxes were written to all.json.\n");
        (await RunAsync("reset", "--mailbox", "alice@contoso.com", "--url", url)).Output
            .Should().Be("The mailbox alice@contoso.com was reset to the initial state.\n");
        (await service.MailboxAsync("alice@contoso.com")).Should().BeNull();
        (await RunAsync("seed", "all.json", "--replace", "--url", url)).ExitCode.Should().Be(0);
        (await RunAsync("seed", "--export", "--mailbox", "alice@contoso.com", "--url", url)).Output
            .Should().Contain("bob@contoso.com").And.NotContain("Asked");
        (await RunAsync("reset", "--url", url)).Output.Should().Be("The default realm was reset to the initial state.\n");
        (await RunAsync("journal", "--url", url)).Output.Should().BeEmpty();
    }

    [Fact]
    public async Task A_command_applies_to_the_realm_of_its_url()
    {
        File.WriteAllText(_directory.File("seed.json"), Seed);
        await using var service = await TestService.StartAsync();
        var root = new Uri(service.Client.BaseAddress!, "/");
        var url = new Uri(root, "/realms/a/EWS/Exchange.asmx").ToString();

        (await RunAsync("seed", "seed.json", "--url", root.ToString())).ExitCode.Should().Be(0);
        (await RunAsync("seed", "seed.json", "--url", url)).ExitCode.Should().Be(0);
        (await RunAsync("reset", "--url", url)).Output.Should().Be("The realm 'a' was reset to the initial state.\n");

        (await RunAsync("seed", "--export", "--url", root.ToString())).Output.Should().Contain("alice@contoso.com");
        (await RunAsync("seed", "--export", "--url", url)).Output.Should().NotContain("alice@contoso.com");
        (await RunAsync("seed", "--export", "--url", url, "--realm", "a")).ExitCode.Should().Be(0);
        (await RunAsync("reset", "--url", url, "--realm", "b")).Should().Be(
            (2, "", "--realm names the realm 'b', but --url names 'a'.\nRun 'ews-im reset --help' for usage.\n"));
        (await RunAsync("reset", "--url", url, "--all-realms")).ExitCode.Should().Be(2);
        (await RunAsync("reset", "--url", new Uri(root, "/realms/-").ToString())).Errors.Should().Contain("the name of the realm");
        (await RunAsync("reset", "--url", new Uri(root, "/realm/a").ToString())).Errors.Should().Contain("--url must be");
    }

    [Fact]
    public async Task A_command_that_only_reads_does_not_create_the_realm()
    {
        await using var service = await TestService.StartAsync();
        string[] typo = ["--url", service.Client.BaseAddress!.ToString(), "--realm", "typo"];
        const string Errors =
            "The realm 'typo' does not exist. An EWS request, PUT realms/typo, or another call that changes it creates it.\n";

        foreach (var command in new string[][] { ["journal"], ["tail"], ["journal", "1"], ["seed", "--export"] })
            (await RunAsync([.. command, .. typo])).Should().Be((1, "", Errors));
        (await RunAsync(["reset", .. typo])).Should().Be((0, "The realm 'typo' was reset to the initial state.\n", ""));
        (await RunAsync(["journal", .. typo])).Should().Be((0, "", ""));
    }

    [Fact]
    public async Task The_documents_of_a_folder_are_loaded_in_the_order_of_their_names()
    {
        Directory.CreateDirectory(_directory.File("seeds"));
        Directory.CreateDirectory(_directory.File("none"));
        File.WriteAllText(_directory.File("seeds/1.json"), Seed);
        File.WriteAllText(_directory.File("seeds/2.json"), Seed.Replace("alice", "dave", StringComparison.Ordinal));
        File.WriteAllText(_directory.File("seeds/notes.txt"), "Not a seed document.");
        await using var service = await TestService.StartAsync();
        var url = service.Client.BaseAddress!.ToString();

        (await RunAsync("seed", "seeds", "--replace", "--url", url)).Output
            .Should().Be("The mailboxes of seeds/1.json were loaded.\nThe mailboxes of seeds/2.json were loaded.\n");
        (await RunAsync("seed", "--export", "--url", url)).Output.Should().Contain("alice@contoso.com").And.Contain("dave@contoso.com");
        (await RunAsync("seed", "none", "--url", url)).Should().Be((1, "", "The folder 'none' contains no file *.json.\n"));
        (await RunAsync("seed", "seeds", "--export", "--url", url)).Errors.Should().StartWith("The folder 'seeds' cannot be written: ");
    }

    [Fact]
    public async Task Options_can_be_set_in_the_environment()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Control = new() { Token = "open sesame" } });
        var environment = new Dictionary<string, string>
        {
            ["EWSIM_Client__Url"] = service.Client.BaseAddress!.ToString(),
            ["EWSIM_Client__Token"] = "open sesame",
            ["EWSIM_Client__Realm"] = "a",
            ["EWSIM_Client__Export"] = "true",
        };
        using var creation = new HttpRequestMessage(HttpMethod.Put, "/_control/v1/realms/a");
        creation.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "open sesame");
        (await service.Client.SendAsync(creation)).EnsureSuccessStatusCode();

        (await ServiceProcess.RunAsync(_directory, ["seed"], environment)).ExitCode.Should().Be(0);
        environment["EWSIM_Client__Token"] = "open barley";
        var rejected = await ServiceProcess.RunAsync(_directory, ["seed"], environment);

        rejected.ExitCode.Should().Be(1);
        rejected.Errors.Should().Contain("Bearer TOKEN");
    }

    [Fact]
    public async Task An_invalid_seed_document_is_rejected_with_every_problem_and_changes_nothing()
    {
        File.WriteAllText(
            _directory.File("bad.json"),
            """{ "mailboxes": [{ "smtpAddress": "alice@contoso.com", "gruops": [] }, { "smtpAddress": "x" }] }""");
        await using var service = await TestService.StartAsync();

        var bad = await RunAsync("seed", "bad.json", "--url", service.Client.BaseAddress!.ToString());
        var missing = await RunAsync("seed", "none.json", "--url", service.Client.BaseAddress!.ToString());

        bad.ExitCode.Should().Be(1);
        bad.Errors.Should().Be(
            "bad.json: $.mailboxes[0].gruops is not a known property.\n"
            + "bad.json: $.mailboxes[1].smtpAddress must be a valid SMTP address, but is 'x'.\n");
        missing.Errors.Should().StartWith("The file 'none.json' cannot be read: ");
        (await service.MailboxAsync("alice@contoso.com")).Should().BeNull();
    }

    [Fact]
    public async Task Healthcheck_finds_the_service_by_its_settings_and_reports_by_exit_code()
    {
        await using var service = await TestService.StartAsync();
        var port = service.Client.BaseAddress!.Port.ToString(CultureInfo.InvariantCulture);
        var inContainer = new Dictionary<string, string> { ["EWSIM_urls"] = $"http://+:{port}" };

        (await ServiceProcess.RunAsync(_directory, ["healthcheck"], inContainer)).Should().Be((0, "ready\n", ""));
        await service.DisposeAsync();
        var gone = await ServiceProcess.RunAsync(_directory, ["healthcheck"], inContainer);

        gone.ExitCode.Should().Be(1);
        gone.Errors.Should().StartWith($"No service responds at http://localhost:{port}/: ")
            .And.EndWith("Use --url to name another URL.\n");
    }

    [Fact]
    public async Task Healthcheck_waits_for_a_service_that_is_starting()
    {
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";

        var early = RunAsync("healthcheck", "--url", url, "--wait", "60");
        var (process, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:", "--urls", url);
        await using var running = process;
        using var http = client;

        (await early).Should().Be((0, "ready\n", ""));
        (await RunAsync("healthcheck", "--url", $"http://127.0.0.1:{ServerProcess.FreePort()}", "--wait", "1")).ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task The_seed_of_the_settings_is_the_initial_state_of_every_realm()
    {
        Directory.CreateDirectory(_directory.File("seeds"));
        File.WriteAllText(_directory.File("seeds/1.json"), Seed);
        File.WriteAllText(_directory.File("seeds/2.json"), Seed.Replace("alice", "dave", StringComparison.Ordinal));
        var (process, client) = await ServiceProcess.StartAsync(_directory, "--seed", "seeds", "--db", ":memory:");
        await using var running = process;
        using var http = client;
        var url = http.BaseAddress!.ToString();

        foreach (var realm in new[] { "", "other" })
        {
            string[] connection = realm.Length > 0 ? ["--url", url, "--realm", realm] : ["--url", url];
            async Task<string> ExportAsync() => (await RunAsync(["seed", "--export", .. connection])).Output;

            (await http.PutAsync("/_control/v1/realms/other", null)).EnsureSuccessStatusCode();
            (await ExportAsync()).Should().Contain("alice@contoso.com").And.Contain("dave@contoso.com");
            (await RunAsync(["seed", "seeds/1.json", "--replace", .. connection])).ExitCode.Should().Be(0);
            (await ExportAsync()).Should().NotContain("dave@contoso.com");
            (await RunAsync(["reset", .. connection])).ExitCode.Should().Be(0);
            (await ExportAsync()).Should().Contain("alice@contoso.com").And.Contain("dave@contoso.com");
        }
    }

    [Fact]
    public async Task An_invalid_seed_of_the_settings_fails_the_start_with_every_problem()
    {
        File.WriteAllText(_directory.File("bad.json"), """{ "mailboxes": [{ "smtpAddress": "x" }], "more": 1 }""");

        var bad = await RunAsync("serve", "--seed", "bad.json", "--db", ":memory:", "--urls", "http://127.0.0.1:0");
        var missing = await RunAsync("serve", "--seed", "none.json", "--db", ":memory:", "--urls", "http://127.0.0.1:0");

        bad.ExitCode.Should().Be(1);
        bad.Errors.Should().EndWith(
            "bad.json' is not valid:\n"
            + "  bad.json: $.more is not a known property.\n"
            + "  bad.json: $.mailboxes[0].smtpAddress must be a valid SMTP address, but is 'x'.\n");
        missing.ExitCode.Should().Be(1);
        missing.Errors.Should().Contain("none.json' cannot be read");
    }

    [Fact]
    public async Task An_invalid_seed_of_the_settings_leaves_no_new_database_file()
    {
        File.WriteAllText(_directory.File("bad.json"), "{ ]");

        var bad = await RunAsync("serve", "--seed", "bad.json", "--db", "new.db", "--urls", "http://127.0.0.1:0");

        bad.ExitCode.Should().Be(1);
        bad.Errors.Should().Contain("  bad.json: The document is not valid JSON: ");
        Directory.EnumerateFileSystemEntries(_directory.Path).Should().Equal(_directory.File("bad.json"));
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_cannot_be_reset()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");
        string[] url = ["--url", service.Client.BaseAddress!.ToString()];

        (await RunAsync(["reset", "--mailbox", "typo@contoso.com", .. url])).Should()
            .Be((1, "", "The mailbox typo@contoso.com does not exist in the default realm.\n"));
        (await RunAsync(["reset", "--mailbox", "user@contoso.com", .. url])).ExitCode.Should().Be(0);
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Fact]
    public async Task A_short_export_is_loaded_as_an_equal_mailbox()
    {
        File.WriteAllText(_directory.File("seed.json"), """
            { "mailboxes": [{ "smtpAddress": "alice@contoso.com", "groups": [
              { "displayName": "Team", "members": ["bob@contoso.com", "carol@contoso.com"] } ],
              "imContacts": [{ "imAddress": "carol@contoso.com", "displayName": "Carol" }, { "imAddress": "dave@contoso.com" }],
              "contacts": [{ "displayName": "Erin", "properties": { "contacts:GivenName": "Erin" } }] }] }
            """);
        await using var service = await TestService.StartAsync();
        string[] url = ["--url", service.Client.BaseAddress!.ToString()];
        (await RunAsync(["seed", "seed.json", .. url])).ExitCode.Should().Be(0);

        (await RunAsync(["seed", "--export", "--short", "short.json", .. url])).ExitCode.Should().Be(0);

        var written = JsonNode.Parse(File.ReadAllText(_directory.File("short.json")));
        var expected = JsonNode.Parse(File.ReadAllText(_directory.File("seed.json")));
        JsonNode.DeepEquals(written, expected).Should().BeTrue(written!.ToJsonString());
        (await RunAsync(["seed", "short.json", "--replace", .. url])).ExitCode.Should().Be(0);
        (await RunAsync(["seed", "--export", "--short", .. url])).Output.Trim()
            .Should().Be(File.ReadAllText(_directory.File("short.json")).Trim());
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        ServiceProcess.RunAsync(_directory, arguments);
}
