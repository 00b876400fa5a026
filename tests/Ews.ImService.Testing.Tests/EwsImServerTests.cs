using System.Collections.Concurrent;
using System.Runtime.Loader;

namespace Ews.ImService.Testing.Tests;

public sealed class EwsImServerTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task It_is_ready_when_the_call_returns_and_gone_when_it_is_disposed_of()
    {
        var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateHttpClient();
        (await http.GetStringAsync(new Uri(exchange.Url, "/readyz"))).Should().Be("ready\n");

        await exchange.DisposeAsync();
        await exchange.DisposeAsync();

        await http.Invoking(client => client.GetStringAsync(new Uri(exchange.Url, "/readyz"))).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task Who_waits_when_it_ends_is_answered_at_once()
    {
        var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromMinutes(5)));
        var late = new ImClient(exchange, Alice).GetImItemListAsync();
        await exchange.Journal.WaitForArrivalAsync(new RequestPattern { Operation = "GetImItemList" });

        await exchange.DisposeAsync();

        (await late.WaitAsync(TimeSpan.FromSeconds(30))).Should().Contain("NoError");
    }

    [Fact]
    public async Task With_TLS_its_own_certificate_is_trusted_by_its_own_client_and_by_whoever_is_told()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.UseHttps = true);

        exchange.Url.Scheme.Should().Be("https");
        (await new ImClient(exchange, Alice).AddImGroupAsync("Team")).Should().Contain("NoError");
        exchange.Certificate!.MatchesHostname("127.0.0.1").Should().BeTrue();
        using var stranger = new HttpClient();
        await stranger.Invoking(client => client.GetAsync(exchange.Url)).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task The_service_s_libraries_are_not_the_test_s()
    {
        await using var exchange = await EwsImServer.StartAsync();

        var own = AssemblyLoadContext.Default.Assemblies.Select(assembly => assembly.GetName().Name).ToList();
        own.Should().NotContain(["Microsoft.EntityFrameworkCore", "Serilog", "Microsoft.Data.Sqlite", "NodaTime", "Ews.ImService", "Ews.ImService.Protocol"]);
        typeof(EwsImServer).Assembly.GetReferencedAssemblies().Should().OnlyContain(reference => reference.Name!.StartsWith("System.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_file_keeps_mailboxes_from_one_server_to_the_next()
    {
        var directory = Directory.CreateTempSubdirectory("ews-im-testing-");
        try
        {
            var path = Path.Combine(directory.FullName, "mailboxes.db");
            await using (var first = await EwsImServer.StartAsync(o => o.DatabasePath = path))
                await new ImClient(first, Alice).AddImGroupAsync("Kept");
            await using var second = await EwsImServer.StartAsync(o => o.DatabasePath = path);
            (await second.ReadMailboxAsync(Alice))!.Group("Kept").Type.Should().Be("UserGroup");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Settings_are_those_of_the_service_and_a_wrong_one_is_named()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Settings["Limits:MaxGroups"] = "1");
        var client = new ImClient(exchange, Alice);

        await client.AddImGroupAsync("First");
        (await client.AddImGroupAsync("Second")).Should().NotContain("NoError");
        await FluentActions.Invoking(() => EwsImServer.StartAsync(o => o.Settings["Limits:MaxGruops"] = "1")).Should().ThrowAsync<EwsImServerException>().WithMessage("*Limits:MaxGruops*");
        await FluentActions.Invoking(() => EwsImServer.StartAsync(o => o.Port = exchange.Url.Port)).Should().ThrowAsync<EwsImServerException>().WithMessage("*cannot listen*");
    }

    [Fact]
    public async Task Log_lines_go_to_whoever_asks_for_them()
    {
        var lines = new ConcurrentQueue<string>();
        await using (var exchange = await EwsImServer.StartAsync(o => o.LogLine = lines.Enqueue))
            await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        lines.Should().ContainMatch("*AddImGroup*alice@contoso.com*NoError*");
    }

    [Fact]
    public async Task A_server_that_runs_already_can_be_asked_as_well()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Settings["Control:Token"] = "open sesame");
        await using (var attached = EwsImServer.Attach(exchange.Url, "open sesame"))
            await attached.Mailbox(Alice).WithGroup("Team").SeedAsync();
        await using var stranger = EwsImServer.Attach(exchange.Url);

        (await exchange.ReadMailboxAsync(Alice))!.Group("Team").Members.Should().BeEmpty();
        await stranger.Invoking(it => it.ResetAsync()).Should().ThrowAsync<EwsImServerException>().WithMessage("*Bearer*");
        FluentActions.Invoking(() => EwsImServer.Attach(exchange.Realm("a").Url)).Should().Throw<ArgumentException>().WithMessage("*a realm's URL*");
    }

    [Fact]
    public async Task A_server_that_cannot_be_asked_says_why()
    {
        await using var secure = await EwsImServer.StartAsync(o => o.UseHttps = true);
        await using var closed = await EwsImServer.StartAsync(o => o.Settings["Control:Enabled"] = "false");
        var gone = await EwsImServer.StartAsync();
        await gone.DisposeAsync();

        await EwsImServer.Attach(secure.Url, certificate: secure.Certificate).ResetAsync();
        await EwsImServer.Attach(secure.Url).Invoking(it => it.ResetAsync()).Should().ThrowAsync<EwsImServerException>().WithMessage("No stand-in answers at https:*");
        await EwsImServer.Attach(gone.Url).Invoking(it => it.ResetAsync()).Should().ThrowAsync<EwsImServerException>().WithMessage("No stand-in answers at http:*");
        await closed.Invoking(it => it.ResetAsync()).Should().ThrowAsync<EwsImServerException>().WithMessage("*Control:Enabled may be false*");
    }

    [Fact]
    public async Task A_mailbox_s_groups_contacts_and_memberships_are_read_back_as_they_were_seeded()
    {
        await using var exchange = await EwsImServer.StartAsync();

        var alice = await exchange.Mailbox(Alice)
            .WithGroup("Team", team => team.WithContact("bob@contoso.com", "Bob").WithContact("carol@contoso.com"))
            .WithGroup("Friends", friends => friends.WithContact("bob@contoso.com", "Bob"))
            .WithDistributionGroup("all@contoso.com", "Everybody")
            .WithContact("dave@contoso.com")
            .WithOrdinaryContact(new Dictionary<string, string> { ["contacts:GivenName"] = "Erin" })
            .WithImListMigrationCompleted()
            .SeedAsync();

        alice.UserGroups.Select(group => group.DisplayName).Should().Equal("Team", "Friends", "Everybody");
        alice.Group("Team").Members.Select(member => member.DisplayName).Should().Equal("Bob", "carol@contoso.com");
        alice.GroupsOf(alice.Contact("BOB@contoso.com")).Select(group => group.DisplayName).Should().Equal("Team", "Friends");
        alice.GroupsOf(alice.Contact("dave@contoso.com")).Should().BeEmpty();
        alice.OrdinaryContacts.Single().Properties["contacts:GivenName"].Should().Equal("Erin");
        alice.ImListMigrationCompleted.Should().BeTrue();
        (await new ImClient(exchange, Alice).GetImItemListAsync()).Should().Contain(alice.Group("Team").Id).And.Contain(alice.Contact("dave@contoso.com").Id);
        alice.Invoking(it => it.Group("Tame")).Should().Throw<EwsImVerificationException>().WithMessage("*has no group 'Tame'; it has*'Team'*");
        alice.Invoking(it => it.Contact("bop@contoso.com")).Should().Throw<EwsImVerificationException>().WithMessage("*bob@contoso.com*");
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_is_refused_with_everything_that_is_wrong_with_it_and_the_server_of_such_options_does_not_start()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await exchange.Invoking(it => it.Mailbox(Alice).WithGroup("Team").WithGroup("TEAM").WithContact("a@contoso.com", "A").WithContact("A@contoso.com", "B").SeedAsync())
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*'TEAM', which another group has*address of another IM contact*");
        await FluentActions.Invoking(() => EwsImServer.StartAsync(o => o.Mailbox("nobody"))).Should().ThrowAsync<EwsImServerException>().WithMessage("*'nobody', which is no SMTP address*");
        await FluentActions.Invoking(() => EwsImServer.StartAsync(o => (o.Mailbox(Alice), o.Mailbox(Alice)).ToString())).Should().ThrowAsync<EwsImServerException>().WithMessage("*'alice@contoso.com' twice*");
        (await exchange.ReadMailboxAsync(Alice)).Should().BeNull();
    }
}
