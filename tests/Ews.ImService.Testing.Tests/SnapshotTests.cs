namespace Ews.ImService.Testing.Tests;

public sealed class SnapshotTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task An_exported_and_imported_seed_gives_identical_responses()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.IdSeed = 1);
        var client = await SeedAsync(exchange);
        var before = await client.GetImItemListAsync();
        var seed = await exchange.ExportSeedAsync();

        await exchange.ResetAsync();
        (await client.GetImItemListAsync()).Should().NotContain("Later");
        await exchange.ImportSeedAsync(seed, replaceAll: true);

        (await client.GetImItemListAsync()).Should().Be(before);
        (await exchange.ExportSeedAsync()).Should().Be(seed);
    }

    [Fact]
    public async Task Contacts_created_after_an_import_have_unique_ids()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.IdSeed = 1);
        var client = await SeedAsync(exchange);
        await exchange.ImportSeedAsync(await exchange.ExportSeedAsync(), replaceAll: true);

        await client.AddNewImContactToGroupAsync("erin@contoso.com");
        await client.AddNewImContactToGroupAsync("frank@contoso.com");

        var alice = (await exchange.FindMailboxAsync(Alice))!;
        alice.ImContacts!.SelectMany(contact => new[] { contact.Id, contact.PersonaId }).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_restored_snapshot_gives_identical_responses()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.IdSeed = 1);
        var client = await SeedAsync(exchange);
        var before = await client.GetImItemListAsync();
        await exchange.TakeSnapshotAsync("before");

        await client.AddNewImContactToGroupAsync("erin@contoso.com");
        await exchange.RestoreSnapshotAsync("before");

        (await client.GetImItemListAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Snapshots_are_listed_with_their_times_and_numbers_of_mailboxes()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var at = await exchange.Clock.FreezeAsync(new DateTimeOffset(2030, 5, 17, 12, 0, 0, TimeSpan.Zero));
        await exchange.TakeSnapshotAsync("empty");
        await exchange.SeedAsync(new SeedMailbox(Alice));
        await exchange.TakeSnapshotAsync("alice");

        (await exchange.GetSnapshotsAsync()).Should().Equal(new SnapshotSummary("alice", at, 1), new SnapshotSummary("empty", at, 0));
        await exchange.DeleteSnapshotAsync("alice");
        (await exchange.GetSnapshotsAsync()).Should().ContainSingle().Which.Name.Should().Be("empty");
    }

    [Fact]
    public async Task A_deleted_snapshot_cannot_be_restored()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.TakeSnapshotAsync("before");

        await exchange.DeleteSnapshotAsync("before");

        await exchange.Invoking(it => it.RestoreSnapshotAsync("before"))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*'before'*");
        await exchange.Invoking(it => it.DeleteSnapshotAsync("before"))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*'before'*");
    }

    [Fact]
    public async Task IdSeed_gives_the_same_ids_on_each_run_and_after_a_reset()
    {
        var responses = new List<string>();
        foreach (var seed in new[] { 1, 1, 2 })
        {
            await using var exchange = await EwsImServer.StartAsync(o => o.IdSeed = seed);
            responses.Add(await CreateContactAsync(exchange));
            await exchange.ResetAsync();
            responses.Add(await CreateContactAsync(exchange));
            responses.Add(await CreateContactAsync(exchange.GetRealm("other")));
        }

        responses[1].Should().Be(responses[0]);
        responses[3].Should().Be(responses[0]);
        responses[5].Should().Be(responses[2]);
        responses[6].Should().NotBe(responses[0]);
        responses[2].Should().NotBe(responses[0]);

        static async Task<string> CreateContactAsync(EwsImRealm realm)
        {
            await realm.Clock.FreezeAsync(DateTimeOffset.UnixEpoch);
            var client = new ImClient(realm, Alice);
            await client.AddImGroupAsync("Team");
            await client.AddNewImContactToGroupAsync("bob@contoso.com");
            return await client.GetImItemListAsync();
        }
    }

    /// <summary>Creates groups and contacts of every kind, two of which have the same address text.</summary>
    private static async Task<ImClient> SeedAsync(EwsImRealm realm)
    {
        await realm.SeedAsync(new SeedMailbox(Alice)
            .WithImContact("bob@contoso.com", "Bob \u00E9 \"&<>\U0001F600")
            .WithImContact("dave@contoso.com")
            .WithGroup("Team", "bob@contoso.com")
            .WithGroup("Friends", "bob@contoso.com")
            .WithDistributionGroup("all@contoso.com"));
        var client = new ImClient(realm, Alice);
        await client.AddImGroupAsync("Later");
        await client.SendAsync(
            "AddNewTelUriContactToGroup",
            """
            <m:TelUriAddress>tel:5625550100</m:TelUriAddress>
            <m:ImContactSipUriAddress>sip:john@contoso.com</m:ImContactSipUriAddress>
            <m:ImTelephoneNumber>5625550100</m:ImTelephoneNumber>
            """);
        await client.AddNewImContactToGroupAsync("tel:5625550100");
        return client;
    }
}
