namespace Ews.ImService.Testing.Tests;

public sealed class ResetTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task ResetAsync_resets_one_realm_and_ResetAllRealmsAsync_all()
    {
        await using var exchange = await EwsImServer.StartAsync();
        EwsImRealm[] realms = [exchange, exchange.GetRealm("a"), exchange.GetRealm("b")];
        foreach (var realm in realms)
        {
            await realm.SeedAsync(new SeedMailbox(Alice).WithGroup("Team"));
            await realm.Faults.AddAsync(Fault.Http(503));
            await new ImClient(realm, Alice).GetImItemListAsync();
        }

        await exchange.GetRealm("a").ResetAsync();
        (await Task.WhenAll(realms.Select(IsInInitialStateAsync))).Should().Equal(false, true, false);

        await exchange.ResetAllRealmsAsync();
        (await Task.WhenAll(realms.Select(IsInInitialStateAsync))).Should().Equal(true, true, true);
    }

    [Fact]
    public async Task A_reset_restores_the_mailboxes_of_the_options_in_each_realm()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Mailboxes.Add(new SeedMailbox(Alice).WithGroup("Team")));

        foreach (var realm in new[] { exchange, exchange.GetRealm("other") })
        {
            var client = new ImClient(realm, Alice);
            (await client.GetImItemListAsync()).Should().Contain("Team");

            await client.AddImGroupAsync("Later");
            await realm.ResetAsync();
            (await realm.FindMailboxAsync(Alice))!.UserGroups.Select(group => group.DisplayName).Should().Equal("Team");

            await client.AddImGroupAsync("Later");
            await realm.ResetMailboxAsync(Alice);
            (await realm.FindMailboxAsync(Alice))!.UserGroups.Select(group => group.DisplayName).Should().Equal("Team");
        }
    }

    [Fact]
    public async Task Requests_during_concurrent_resets_see_the_complete_initial_state()
    {
        await using var exchange = await EwsImServer.StartAsync(o =>
        {
            o.IdSeed = 1;
            o.Settings["Realms:ClockAt"] = "1970-01-01T00:00:00Z";
            o.Mailboxes.Add(new SeedMailbox(Alice).WithGroup("Team", "bob@contoso.com"));
        });
        var client = new ImClient(exchange, Alice);
        var initial = await client.GetImItemListAsync();

        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        var resets = Parallel.ForEachAsync(
            Enumerable.Range(0, 40), parallelism, async (_, cancellationToken) => await exchange.ResetAsync(cancellationToken));
        while (!resets.IsCompleted)
            (await client.GetImItemListAsync()).Should().Be(initial);
        await resets;

        (await client.GetImItemListAsync()).Should().Be(initial);
    }

    private static async Task<bool> IsInInitialStateAsync(EwsImRealm realm) =>
        await realm.FindMailboxAsync(Alice) is null
        && (await realm.Journal.GetEntriesAsync()).Count == 0
        && (await new ImClient(realm, "bob@contoso.com").GetImItemListAsync()).Contains("NoError");
}
