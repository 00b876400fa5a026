namespace Ews.ImService.Testing.Tests.Examples;

/// <summary>The examples of docs/testing.md, in the same order.</summary>
public sealed class TestingPageExampleTests
{
    [Fact]
    public async Task A_server_with_options_starts()
    {
        await using var exchange = await EwsImServer.StartAsync(options =>
        {
            options.Mailboxes.Add(new SeedMailbox("alice@contoso.com").WithGroup("Team", "bob@contoso.com"));
            options.Settings["Limits:MaxGroups"] = "8";
        });

        (await exchange.FindMailboxAsync("alice@contoso.com"))!.GetMembers("Team").Should().ContainSingle();
    }

    [Fact]
    public async Task Mailboxes_are_seeded_exported_and_imported()
    {
        await using var exchange = await EwsImServer.StartAsync();

        var alice = await exchange.SeedAsync(new SeedMailbox("alice@contoso.com")
            .WithImContact("bob@contoso.com", "Bob")
            .WithGroup("Team", "bob@contoso.com", "carol@contoso.com")
            .WithDistributionGroup("all@contoso.com", "Everybody"));

        var json = await exchange.ExportSeedAsync();
        await exchange.ResetAsync();
        await exchange.ImportSeedAsync(json);

        var imported = await exchange.FindMailboxAsync("alice@contoso.com");
        imported.Should().BeEquivalentTo(alice);
    }

    [Fact]
    public async Task A_client_adds_a_group_and_the_test_verifies_mailbox_and_requests()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.SeedAsync(new SeedMailbox("alice@contoso.com")
            .WithImContact("bob@contoso.com", "Bob")
            .WithGroup("Team", "bob@contoso.com"));

        using var http = exchange.CreateClient(); // an HttpClient whose base address is exchange.Url
        var client = new MinimalClient(http);
        var response = await client.AddImGroupAsync("alice@contoso.com", "Friends");

        response.Should().Contain("NoError");

        var alice = await exchange.FindMailboxAsync("alice@contoso.com"); // null if there is no such mailbox
        Assert.Equal(["Team", "Friends"], alice!.UserGroups.Select(group => group.DisplayName));
        Assert.Equal("Bob", alice.GetImContact("bob@contoso.com").DisplayName);
        Assert.Equal(["bob@contoso.com"], alice.GetMembers("Team").Select(contact => contact.ImAddress));
        Assert.Empty(alice.GetGroupsOf("dave@contoso.com"));

        await exchange.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
        await exchange.Journal.ShouldNotHaveReceivedAsync("RemoveImGroup");
        var matches = await exchange.Journal.ShouldHaveReceivedAsync(new RequestPattern
        {
            Operation = "AddImGroup",
            Mailbox = "alice@contoso.com",
            Contains = "<m:DisplayName>Friends<",
            Where = entry => entry.RequestHeaders["Content-Type"].StartsWith("text/xml", StringComparison.Ordinal),
        });

        matches.Single().ResponseCode.Should().Be("NoError");
    }

    [Fact]
    public async Task A_test_waits_for_a_request()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();
        var client = new MinimalClient(http);
        _ = client.AddImGroupAsync("alice@contoso.com", "Friends");

        var first = await exchange.Journal.WaitForAsync(entry => entry.Operation == "AddImGroup");
        var retry = exchange.Journal.WaitForAsync(
            new RequestPattern { AfterId = first.Id, ResponseCode = "ErrorImGroupDisplayNameAlreadyExists" },
            timeout: TimeSpan.FromSeconds(30));

        await client.AddImGroupAsync("alice@contoso.com", "Friends");
        (await retry).Id.Should().Be(first.Id + 1);
    }

    [Fact]
    public async Task A_test_watches_requests()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();
        await new MinimalClient(http).AddImGroupAsync("alice@contoso.com", "Friends");

        await foreach (var request in exchange.Journal.WatchAsync(new RequestPattern { Operation = "AddImGroup" }))
        {
            if (request.RequestBody.Contains("Friends"))
                break;
        }
    }

    [Fact]
    public async Task A_request_is_replayed()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();
        await new MinimalClient(http).AddImGroupAsync("alice@contoso.com", "Friends");
        var first = (await exchange.Journal.GetEntriesAsync()).Single();

        var again = await exchange.Journal.ReplayAsync(first.Id);
        Assert.Equal("ErrorImGroupDisplayNameAlreadyExists", again.ResponseCode);
    }

    [Fact]
    public async Task A_fault_rule_is_triggered()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();

        var id = await exchange.Faults.AddAsync(Fault.ServerBusy(TimeSpan.FromSeconds(2)).OnOperation("AddImGroup").Once());

        var response = await new MinimalClient(http).AddImGroupAsync("alice@contoso.com", "Friends");
        response.Should().Contain("ErrorServerBusy");

        Assert.Equal(1, await exchange.Faults.GetTriggeredCountAsync(id));
    }

    [Fact]
    public async Task Time_and_ids_are_fixed()
    {
        await using var exchange = await EwsImServer.StartAsync(options => options.IdSeed = 1);
        await exchange.Clock.FreezeAsync(new DateTimeOffset(2030, 5, 17, 12, 0, 0, TimeSpan.Zero));
        await exchange.Clock.AdvanceAsync(TimeSpan.FromHours(1));

        (await exchange.Clock.GetUtcNowAsync()).Hour.Should().Be(13);
    }

    [Fact]
    public async Task A_realm_has_its_own_mailboxes()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await using var realm = exchange.CreateRealm();
        await realm.SeedAsync(new SeedMailbox("alice@contoso.com"));
        using var http = realm.CreateClient();

        http.BaseAddress!.AbsolutePath.Should().Be($"/realms/{realm.Name}/EWS/Exchange.asmx");
    }

    [Fact]
    public async Task A_server_uses_HTTPS()
    {
        await using var exchange = await EwsImServer.StartAsync(options => options.UseHttps = true);
        using var http = exchange.CreateClient();

        (await new MinimalClient(http).AddImGroupAsync("alice@contoso.com", "Friends")).Should().Contain("NoError");
    }

    [Fact]
    public async Task A_test_attaches_to_a_running_server()
    {
        await using var running = await EwsImServer.StartAsync(options => options.Settings["Control:Token"] = "secret");
        var url = running.Url;

        await using var exchange = EwsImServer.Attach(url, token: "secret");
        await exchange.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        exchange.Url.Should().Be(url);
    }
}
