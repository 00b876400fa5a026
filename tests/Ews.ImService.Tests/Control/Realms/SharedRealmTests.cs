using System.Text.Json;
using Ews.ImService.Control;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Tests.Postgres;

namespace Ews.ImService.Tests.Control.Realms;

public sealed class SharedRealmTests
{
    private const string Seed =
        """{ "mailboxes": [{ "smtpAddress": "alice@contoso.com", "groups": [{ "displayName": "Seeded" }] }] }""";

    private static readonly SmtpAddress Alice = SmtpAddress.Parse("alice@contoso.com");

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task The_next_request_at_any_instance_uses_the_clock_that_was_moved(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);
        var time = new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
        await instances.Second.EnterAsync("r");

        await ChangeAsync(instances.First, state => state.Clock.TryFreeze(time));
        (await instances.Second.EnterAsync("r")).Clock.GetUtcNow().Should().Be(time);

        await ChangeAsync(instances.Second, state => state.Clock.TryAdvance(TimeSpan.FromHours(1)));
        (await instances.First.EnterAsync("r")).Clock.GetUtcNow().Should().Be(time.AddHours(1));

        await instances.First.Mailboxes.ResetAsync(await instances.First.EnterAsync("r"), null);
        (await instances.Second.EnterAsync("r")).Clock.FrozenAt.Should().BeNull();
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task A_realm_is_created_by_one_of_the_calls_that_name_it(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);

        var creations = await Task.WhenAll(new[] { instances.First, instances.Second, instances.First, instances.Second }
            .Select(instance => instance.Registry.CreateAsync("r").AsTask()));
        var later = await instances.Second.Registry.CreateAsync("r");

        creations.Append(later).Should().OnlyContain(creation => creation.Realm != null);
        creations.Append(later).Count(creation => creation.IsNew).Should().Be(1);
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task A_timer_elapses_when_another_instance_moves_the_clock(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);
        var elapsed = new TaskCompletionSource();
        using var timer = (await instances.First.EnterAsync("r")).Clock.CreateTimer(
            _ => elapsed.SetResult(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        await ChangeAsync(instances.Second, state => state.Clock.TryAdvance(TimeSpan.FromHours(2)));

        await elapsed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task A_realm_that_another_instance_created_exists_until_any_instance_deletes_it(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);
        (await instances.Second.FindAsync("r")).Should().BeNull();
        var created = await instances.First.EnterAsync("r");
        await ChangeAsync(instances.First, state => state.Clock.TryFreeze());
        var found = await instances.Second.FindAsync("r");
        found!.Clock.FrozenAt.Should().Be(created.Clock.FrozenAt);
        (await instances.Second.Mailboxes.FindRealmsAsync(default)).Should().Equal("r");

        await instances.Second.Mailboxes.DeleteAsync(found);

        (await instances.First.FindAsync("r")).Should().BeNull();
        created.IsDeleted.Should().BeTrue("event streams and waiting calls of the realm end");
        (await instances.First.Mailboxes.FindRealmsAsync(default)).Should().BeEmpty();
        (await instances.First.EnterAsync("r")).Clock.FrozenAt.Should().BeNull("it is another realm");
        (await instances.Second.EnterAsync("r")).Clock.FrozenAt.Should().BeNull();
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task The_default_realm_exists_before_its_first_request(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);
        var realm = await instances.First.FindAsync(MailboxKey.DefaultRealm);

        (await instances.First.FindAsync(MailboxKey.DefaultRealm)).Should().BeSameAs(realm);
        realm!.IsDeleted.Should().BeFalse();
        (await instances.Second.FindAsync(MailboxKey.DefaultRealm)).Should().NotBeNull();
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task Concurrent_first_requests_seed_a_realm_once(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database, seed: Seed);

        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(number => new[]
        {
            RequestAsync(instances.First, $"r{number}", "First"),
            RequestAsync(instances.Second, $"r{number}", "Second"),
        }));

        for (var number = 0; number < 20; number++)
        {
            var mailbox = (await instances.Store.FindAsync(new MailboxKey($"r{number}", Alice), default))!;
            mailbox.Groups.Values.Select(group => group.DisplayName).Should().Contain(["Seeded", "First", "Second"]);
        }

        async Task RequestAsync(RealmInstance instance, string name, string group)
        {
            await instance.Mailboxes.EnsureSeededAsync(await instance.EnterAsync(name));
            (await instances.Store.ChangeAsync(new MailboxKey(name, Alice), edit => edit.AddImGroup(group), default))
                .Succeeded.Should().BeTrue();
        }
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task The_limit_of_realms_holds_across_instances(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database, new ControlOptions { MaxRealms = 10 });

        var created = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(() =>
            (number % 2 == 0 ? instances.First : instances.Second).TryEnterAsync($"r{number / 2}"))));

        created.OfType<Realm>().Select(realm => realm.Name).Distinct().Should().HaveCount(10);
        (await instances.First.EnterAsync(MailboxKey.DefaultRealm)).Should().NotBeNull("the limit does not apply to the default realm");
        var deleted = created.OfType<Realm>().First().Name;
        await instances.First.Mailboxes.DeleteAsync(await instances.First.EnterAsync(deleted));
        (await instances.Second.TryEnterAsync("another")).Should().BeNull("the default realm counts");
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task Operations_on_all_mailboxes_of_a_realm_exclude_each_other(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);
        var (running, overlaps) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            var instance = number % 2 == 0 ? instances.First : instances.Second;
            await (await instance.EnterAsync("r")).RunExclusiveAsync(async _ =>
            {
                if (Interlocked.Increment(ref running) > 1)
                    overlaps++;
                await Task.Yield();
                Interlocked.Decrement(ref running);
            });
        }));

        overlaps.Should().Be(0);
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task Ids_of_change_logs_are_generated_once(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database, new ControlOptions { IdSeed = 1 });
        var key = new MailboxKey("r", Alice);
        var single = new GuidSource(1);
        await instances.First.EnterAsync("r");
        await instances.Second.EnterAsync("r");

        for (var count = 1; count <= 6; count++)
        {
            var instance = count % 3 == 0 ? instances.First : instances.Second;
            instance.Registry.NewLogId(key).Should().Be(single.CreateLogId(key, count));
            instance.Registry.NewSubscriptionGuid(key).Should().Be(single.CreateSubscriptionGuid(key, count));
        }
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task A_snapshot_is_restored_by_another_instance(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database, new ControlOptions { MaxSnapshots = 1 }, Seed);
        await instances.First.Mailboxes.EnsureSeededAsync(await instances.First.EnterAsync("r"));
        var before = await ContentAsync(instances);
        (await instances.First.Mailboxes.TakeSnapshotAsync(await instances.First.EnterAsync("r"), "one")).Should().BeTrue();
        (await instances.Second.Mailboxes.TakeSnapshotAsync(await instances.Second.EnterAsync("r"), "two")).Should().BeFalse();
        await instances.Store.ChangeAsync(new MailboxKey("r", Alice), edit => edit.AddImGroup("Added"), default);

        (await instances.Second.Mailboxes.RestoreAsync(await instances.Second.EnterAsync("r"), "one")).Should().BeTrue();
        (await ContentAsync(instances)).Should().Be(before);

        (await instances.Second.Mailboxes.TakeSnapshotAsync(await instances.Second.EnterAsync("r"), "one")).Should().BeTrue();
        (await instances.First.EnterAsync("r")).Snapshots.All.Should().ContainSingle().Which.MailboxCount.Should().Be(1);
        (await ChangeAsync(instances.First, state => state.Snapshots.Remove("one"))).Should().BeTrue();
        (await instances.Second.Mailboxes.RestoreAsync(await instances.Second.EnterAsync("r"), "one")).Should().BeFalse();
        instances.Database?.Execute("""SELECT count(*) FROM "SnapshotMailboxes" """).Should().Be("0", "the copies are deleted");
    }

    private static async Task<T> ChangeAsync<T>(RealmInstance instance, Func<RealmState, T> change) =>
        await (await instance.EnterAsync("r")).ChangeAsync(change, default);

    private static async Task<string> ContentAsync(RealmInstances instances) => JsonSerializer.Serialize(
        SeedWriter.Write(await instances.Store.ReadAllAsync("r", default)), ContractJson.Default.SeedDocument);
}
