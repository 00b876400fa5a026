using System.Net;

namespace Ews.ImService.Testing.Tests;

public sealed class RealmTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task Two_hundred_concurrent_realms_are_isolated()
    {
        await using var exchange = await EwsImServer.StartAsync();

        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = 200 };
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), parallelism, async (number, cancellationToken) =>
        {
            var realm = exchange.GetRealm($"test-{number}");
            var at = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(number);
            await realm.Clock.FreezeAsync(at, cancellationToken);
            await realm.SeedAsync(new SeedMailbox(Alice).WithGroup($"Seed {number}"), cancellationToken);
            var fault = Fault.ResponseCode("ErrorItemNotFound", $"Fault {number}").OnOperation("GetImItemList").Once();
            await realm.Faults.AddAsync(fault, cancellationToken);
            var client = new ImClient(realm, Alice);

            (await client.GetImItemListAsync()).Should().Contain($"Fault {number}<");
            await client.AddNewImContactToGroupAsync($"contact{number}@contoso.com");

            var alice = (await realm.FindMailboxAsync(Alice, cancellationToken))!;
            alice.UserGroups.Single().DisplayName.Should().Be($"Seed {number}");
            alice.ImContacts!.Single().ImAddress.Should().Be($"contact{number}@contoso.com");
            alice.ImContacts!.Single().CreationTime.Should().Be(at);
            (await realm.Journal.GetEntriesAsync(cancellationToken)).Select(request => request.Operation)
                .Should().Equal("GetImItemList", "AddNewImContactToGroup");
            if (number % 2 == 0)
                await realm.ResetMailboxAsync(Alice, cancellationToken);
            (await realm.FindMailboxAsync(Alice, cancellationToken) is null).Should().Be(number % 2 == 0);
        });

        (await exchange.Journal.GetEntriesAsync()).Should().BeEmpty();
        (await exchange.FindMailboxAsync(Alice)).Should().BeNull();
    }

    [Fact]
    public async Task A_realm_is_created_by_the_first_call_that_reads_or_deletes()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Mailboxes.Add(new SeedMailbox(Alice).WithGroup("Team")));

        (await exchange.GetRealm("find").FindMailboxAsync(Alice))!.UserGroups.Single().DisplayName.Should().Be("Team");
        (await exchange.GetRealm("export").ExportSeedAsync()).Should().Contain(Alice);
        (await exchange.GetRealm("faults").Faults.GetRulesAsync()).Should().BeEmpty();
        await exchange.GetRealm("clear").Journal.ClearAsync();
        await exchange.GetRealm("clock").Clock.ResetAsync();
        var waiting = exchange.GetRealm("wait").Journal.WaitForAsync(new RequestPattern { Operation = "AddImGroup" });
        await new ImClient(exchange.GetRealm("wait"), Alice).AddImGroupAsync("Friends");

        (await waiting).Mailbox.Should().Be(Alice);
    }

    [Fact]
    public async Task A_realm_that_another_client_deleted_is_created_again()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Mailboxes.Add(new SeedMailbox(Alice).WithGroup("Team")));
        await using var attached = EwsImServer.Attach(exchange.Url);
        var realm = exchange.GetRealm("a");
        await new ImClient(realm, Alice).AddImGroupAsync("Friends");
        (await realm.FindMailboxAsync(Alice))!.UserGroups.Should().HaveCount(2);

        await attached.DeleteRealmAsync("a");

        (await realm.FindMailboxAsync(Alice))!.UserGroups.Should().HaveCount(1);
        await attached.DeleteRealmAsync("a");
        (await realm.Journal.GetEntriesAsync()).Should().BeEmpty();
        await attached.DeleteRealmAsync("a");
        await realm.Faults.ClearAsync();
    }

    [Fact]
    public async Task A_realm_that_does_not_exist_cannot_be_deleted()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await exchange.Invoking(it => it.DeleteRealmAsync("a"))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*The realm 'a' does not exist.");
        await exchange.Invoking(it => it.DeleteRealmAsync("")).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Realms_are_listed_beginning_with_the_default_realm()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.GetRealm("b").ResetAsync();
        await exchange.GetRealm("a").SeedAsync(new SeedMailbox(Alice).WithGroup("Team"));

        var realms = await exchange.GetRealmsAsync();

        realms.Select(realm => realm.Name).Should().Equal("", "a", "b");
        realms[0].Should().BeSameAs(exchange);
        (await realms[1].FindMailboxAsync(Alice))!.UserGroups.Should().ContainSingle();
    }

    [Fact]
    public async Task A_realm_above_the_limit_is_rejected_with_the_reason()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Settings["Realms:MaxRealms"] = "1");

        await exchange.GetRealm("a").Invoking(it => it.FindMailboxAsync(Alice))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*Realms:MaxRealms*");
    }

    [Fact]
    public async Task The_header_X_Ews_Realm_selects_a_realm()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();
        http.DefaultRequestHeaders.Add("X-Ews-Realm", "one");

        await new ImClient(http, exchange.Url, Alice).AddImGroupAsync("By header");

        (await exchange.GetRealm("one").FindMailboxAsync(Alice))!.UserGroups.Single().DisplayName.Should().Be("By header");
        (await exchange.GetRealm("ONE").FindMailboxAsync(Alice)).Should().BeNull();
    }

    [Fact]
    public async Task Different_realms_in_header_and_path_are_rejected()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();
        http.DefaultRequestHeaders.Add("X-Ews-Realm", "one");

        using var response = await new ImClient(http, exchange.GetRealm("two").Url, Alice).PostAsync();

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("no name")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("ü")]
    public async Task An_invalid_realm_name_is_rejected(string name)
    {
        await using var exchange = await EwsImServer.StartAsync();

        exchange.Invoking(it => it.GetRealm(name)).Should().Throw<ArgumentException>().WithMessage("*is not a valid realm name*");
    }
}
