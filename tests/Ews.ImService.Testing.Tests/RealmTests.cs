namespace Ews.ImService.Testing.Tests;

public sealed class RealmTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task Two_hundred_tests_side_by_side_in_one_server_do_not_meet()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (number, _) =>
        {
            var realm = exchange.Realm($"test-{number}");
            var at = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(number);
            await realm.Clock.FreezeAsync(at, CancellationToken.None);
            await realm.Mailbox(Alice).WithGroup($"Seed {number}").SeedAsync(CancellationToken.None);
            await realm.Faults.AddAsync(Fault.ResponseCode("ErrorItemNotFound", $"Fault {number}").OnOperation("GetImItemList").Once(), CancellationToken.None);
            var client = new ImClient(realm, Alice);

            (await client.GetImItemListAsync()).Should().Contain($"Fault {number}<");
            await client.AddNewImContactToGroupAsync($"contact{number}@contoso.com");
            if (number % 2 == 0)
                await realm.ResetAsync(Alice, CancellationToken.None);

            var alice = await realm.ReadMailboxAsync(Alice, CancellationToken.None);
            if (number % 2 == 0)
            {
                alice.Should().BeNull();
            }
            else
            {
                alice!.UserGroups.Single().DisplayName.Should().Be($"Seed {number}");
                alice.Contacts.Single().Should().Match<ImMailboxContact>(contact => contact.ImAddress == $"contact{number}@contoso.com" && contact.CreationTime == at);
            }

            (await realm.Journal.ReadAsync(CancellationToken.None)).Select(request => request.Operation).Should().Equal("GetImItemList", "AddNewImContactToGroup");
        });

        (await exchange.Journal.ReadAsync()).Should().BeEmpty();
        (await exchange.ReadMailboxAsync(Alice)).Should().BeNull();
    }

    [Fact]
    public async Task A_realm_is_named_by_a_header_as_well_as_by_the_path_and_by_no_nonsense()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateHttpClient();
        http.DefaultRequestHeaders.Add("X-Ews-Realm", "one");
        await new ImClient(http, exchange.Url, Alice).AddImGroupAsync("By header");

        (await exchange.Realm("one").ReadMailboxAsync(Alice))!.Group("By header").Should().NotBeNull();
        (await exchange.Realm("ONE").ReadMailboxAsync(Alice)).Should().BeNull();
        using var both = await new ImClient(http, exchange.Realm("two").Url, Alice).PostAsync();
        both.StatusCode.Should().Be(System.Net.HttpStatusCode.BadRequest);
        foreach (var name in new[] { "no name", "..", "", "ü" })
            exchange.Invoking(it => it.Realm(name)).Should().Throw<ArgumentException>().WithMessage("*no name of a realm*");
    }

    [Fact]
    public async Task Reset_sets_one_realm_back_to_its_beginning_and_ResetAll_all()
    {
        await using var exchange = await EwsImServer.StartAsync();
        EwsImRealm[] realms = [exchange, exchange.Realm("a"), exchange.Realm("b")];
        foreach (var realm in realms)
        {
            await realm.Mailbox(Alice).WithGroup("Team").SeedAsync();
            await realm.Faults.AddAsync(Fault.Http(503));
            await new ImClient(realm, Alice).GetImItemListAsync();
        }

        await exchange.Realm("a").ResetAsync();

        (await Task.WhenAll(realms.Select(IsNewAsync))).Should().Equal(false, true, false);

        await exchange.ResetAllAsync();

        (await Task.WhenAll(realms.Select(IsNewAsync))).Should().Equal(true, true, true);
    }

    [Fact]
    public async Task What_the_options_say_is_what_every_realm_begins_with_and_a_reset_brings_back()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Mailbox(Alice).WithGroup("Team"));

        foreach (var realm in new[] { exchange, exchange.Realm("other") })
        {
            var client = new ImClient(realm, Alice);
            (await client.GetImItemListAsync()).Should().Contain("Team");
            await client.AddImGroupAsync("Later");
            await realm.ResetAsync();
            (await realm.ReadMailboxAsync(Alice))!.UserGroups.Select(group => group.DisplayName).Should().Equal("Team");
            await client.AddImGroupAsync("Later");
            await realm.ResetAsync(Alice);
            (await realm.ReadMailboxAsync(Alice))!.UserGroups.Select(group => group.DisplayName).Should().Equal("Team");
        }
    }

    [Fact]
    public async Task Resets_at_one_time_and_requests_between_them_always_see_the_beginning_whole_and_the_same()
    {
        await using var exchange = await EwsImServer.StartAsync(o =>
        {
            o.IdSeed = 1;
            o.Settings["Realms:ClockAt"] = "1970-01-01T00:00:00Z";
            o.Mailbox(Alice).WithGroup("Team", team => team.WithContact("bob@contoso.com"));
        });
        var client = new ImClient(exchange, Alice);
        var before = await client.GetImItemListAsync();

        var resets = Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => await exchange.ResetAsync(CancellationToken.None));
        while (!resets.IsCompleted)
            (await client.GetImItemListAsync()).Should().Be(before);
        await resets;

        (await client.GetImItemListAsync()).Should().Be(before);
    }

    [Fact]
    public async Task The_clock_stands_moves_and_runs_again()
    {
        var start = new DateTimeOffset(2030, 5, 17, 12, 0, 0, TimeSpan.Zero);
        await using var exchange = await EwsImServer.StartAsync();

        await exchange.Clock.FreezeAsync(start);
        await new ImClient(exchange, Alice).AddNewImContactToGroupAsync("first@contoso.com");
        await exchange.Clock.AdvanceAsync(TimeSpan.FromHours(1));
        await new ImClient(exchange, Alice).AddNewImContactToGroupAsync("second@contoso.com");
        var alice = (await exchange.ReadMailboxAsync(Alice))!;
        await exchange.Clock.ReleaseAsync();

        alice.Contacts.Select(contact => contact.CreationTime).Should().Equal(start, start.AddHours(1));
        (await exchange.Clock.ReadAsync()).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_clock_of_the_test_s_own_is_followed()
    {
        var clock = new StoppedClock(new DateTimeOffset(1999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        await using var exchange = await EwsImServer.StartAsync(o => o.Clock = clock);

        await new ImClient(exchange, Alice).AddNewImContactToGroupAsync("bob@contoso.com");

        (await exchange.ReadMailboxAsync(Alice))!.Contact("bob@contoso.com").CreationTime.Should().Be(clock.GetUtcNow());
    }

    [Fact]
    public async Task Export_reset_and_load_give_the_very_same_answers_and_so_does_a_snapshot()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.IdSeed = 1);
        await exchange.Mailbox(Alice).WithGroup("Team", team => team.WithContact("bob@contoso.com", "Bob \u00E9 \"&<>\U0001F600"))
            .WithGroup("Friends", friends => friends.WithContact("bob@contoso.com")).WithDistributionGroup("all@contoso.com").WithContact("dave@contoso.com").SeedAsync();
        var client = new ImClient(exchange, Alice);
        await client.AddImGroupAsync("Later");
        await client.SendAsync("AddNewTelUriContactToGroup", "<m:TelUriAddress>tel:5625550100</m:TelUriAddress><m:ImContactSipUriAddress>sip:john@contoso.com</m:ImContactSipUriAddress><m:ImTelephoneNumber>5625550100</m:ImTelephoneNumber>");
        await client.AddNewImContactToGroupAsync("tel:5625550100"); // The same text, and another contact.
        var before = await client.GetImItemListAsync();
        var seed = await exchange.ExportSeedAsync();
        await exchange.TakeSnapshotAsync("before");

        await exchange.ResetAsync();
        (await client.GetImItemListAsync()).Should().NotContain("Later");
        await exchange.LoadSeedAsync(seed, replaceAll: true);
        (await client.GetImItemListAsync()).Should().Be(before);
        (await exchange.ExportSeedAsync()).Should().Be(seed);

        // What comes later has ids of its own.
        await client.AddNewImContactToGroupAsync("erin@contoso.com");
        await client.AddNewImContactToGroupAsync("frank@contoso.com");
        var alice = (await exchange.ReadMailboxAsync(Alice))!;
        alice.Contacts.Select(contact => contact.PersonaId).Concat(alice.Contacts.Select(contact => contact.Id)).Should().OnlyHaveUniqueItems();
        await exchange.RestoreSnapshotAsync("before");
        (await client.GetImItemListAsync()).Should().Be(before);
        await exchange.Invoking(it => it.RestoreSnapshotAsync("after")).Should().ThrowAsync<EwsImServerException>().WithMessage("*no snapshot 'after'*");
    }

    [Fact]
    public async Task Ids_made_of_a_number_are_the_same_on_every_run_and_after_a_reset()
    {
        var answers = new List<string>();
        foreach (var seed in new[] { 1, 1, 2 })
        {
            await using var exchange = await EwsImServer.StartAsync(o => o.IdSeed = seed);
            answers.Add(await TellAsync(exchange));
            await exchange.ResetAsync();
            answers.Add(await TellAsync(exchange));
            answers.Add(await TellAsync(exchange.Realm("other")));
        }

        answers[1].Should().Be(answers[0]);
        answers[3].Should().Be(answers[0]);
        answers[5].Should().Be(answers[2]);
        answers[6].Should().NotBe(answers[0]);
        answers[2].Should().NotBe(answers[0]);

        static async Task<string> TellAsync(EwsImRealm realm)
        {
            await realm.Clock.FreezeAsync(DateTimeOffset.UnixEpoch);
            var client = new ImClient(realm, Alice);
            await client.AddImGroupAsync("Team");
            await client.AddNewImContactToGroupAsync("bob@contoso.com");
            return await client.GetImItemListAsync();
        }
    }

    private static async Task<bool> IsNewAsync(EwsImRealm realm) =>
        await realm.ReadMailboxAsync(Alice) is null && (await realm.Journal.ReadAsync()).Count == 0 && (await new ImClient(realm, "bob@contoso.com").GetImItemListAsync()).Contains("NoError");

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
