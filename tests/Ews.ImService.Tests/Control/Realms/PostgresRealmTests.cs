using Ews.ImService.Control;
using Ews.ImService.Control.Realms;
using Ews.ImService.Tests.Postgres;

namespace Ews.ImService.Tests.Control.Realms;

public sealed class PostgresRealmTests
{
    [PostgresFact]
    public async Task Lost_connections_are_replaced()
    {
        await using var instances = RealmInstances.Start(RealmDatabase.Postgres);
        for (var round = 1; round <= 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => instances.First.EnterAsync("r")));
            instances.Database!.CutConnections();

            var realm = await instances.First.EnterAsync("r");
            await realm.ChangeAsync(state => state.Clock.TryFreeze(), default);
            instances.Database.CutConnections();
            (await instances.Second.EnterAsync("r")).Clock.FrozenAt.Should().Be(realm.Clock.FrozenAt);
        }
    }

    [PostgresFact]
    public async Task An_operation_waits_for_one_whose_instance_ended_until_its_lease_expires()
    {
        await using var instances = RealmInstances.Start(RealmDatabase.Postgres);
        var realm = await instances.First.EnterAsync("r");
        instances.Database!.Execute(
            """UPDATE "Realms" SET "LeaseId" = gen_random_uuid(), "LeaseUntil" = clock_timestamp() + interval '300 milliseconds'""");

        await realm.RunExclusiveAsync(async token =>
        {
            token.IsCancellationRequested.Should().BeFalse();
            await Task.Yield();
            instances.Database.Execute("""SELECT count(*) FROM "Realms" WHERE "LeaseUntil" > clock_timestamp()""").Should().Be("1");
        });

        instances.Database.Execute("""SELECT count(*) FROM "Realms" WHERE "LeaseId" IS NULL""").Should().Be("1", "the lease was released");
    }

    [PostgresFact]
    public async Task An_operation_that_loses_its_lease_is_canceled()
    {
        await using var instances = RealmInstances.Start(RealmDatabase.Postgres);
        var realm = await instances.First.EnterAsync("r");

        var operation = realm.RunExclusiveAsync(async token =>
        {
            instances.Database!.Execute("""UPDATE "Realms" SET "LeaseId" = gen_random_uuid()""");
            await Task.Delay(TimeSpan.FromMinutes(1), token);
        });

        await operation.Invoking(it => it).Should().ThrowAsync<IOException>();
    }

    [PostgresFact]
    public async Task The_list_of_realms_changes_for_an_instance_that_confirms_any_realm()
    {
        await using var instances = RealmInstances.Start(RealmDatabase.Postgres);
        await instances.First.EnterAsync("r"); // It creates the realm, which the next request observes.
        await instances.First.EnterAsync("r");
        var version = instances.First.Registry.Version;

        await instances.First.EnterAsync("r");
        instances.First.Registry.Version.Should().Be(version);

        await instances.Second.EnterAsync("other");
        await instances.First.EnterAsync("r");
        instances.First.Registry.Version.Should().NotBe(version);
    }

    [PostgresFact]
    public async Task A_change_that_leaves_the_state_equal_is_not_stored()
    {
        const string SelectVersion = """SELECT "Version" FROM "Realms" WHERE "Name" = 'r'""";
        await using var instances = RealmInstances.Start(RealmDatabase.Postgres);
        var realm = await instances.First.EnterAsync("r");
        (await realm.ChangeAsync(state => state.Clock.TryFreeze(), default)).Should().BeTrue();
        var version = instances.Database!.Execute(SelectVersion);

        (await realm.ChangeAsync(state => state.Clock.TryFreeze(state.Clock.FrozenAt), default)).Should().BeTrue();
        await realm.ChangeAsync(
            state =>
            {
                state.Faults.Clear();
                return true;
            },
            default);

        instances.Database.Execute(SelectVersion).Should().Be(version);
        (await realm.ChangeAsync(state => state.Clock.TryAdvance(TimeSpan.FromSeconds(1)), default)).Should().BeTrue();
        (await instances.Second.EnterAsync("r")).Clock.FrozenAt.Should().Be(realm.Clock.FrozenAt);
    }

    [PostgresFact]
    public async Task The_state_of_realms_survives_a_restart()
    {
        await using var instances = RealmInstances.Start(RealmDatabase.Postgres);
        var realm = await instances.First.EnterAsync("r");
        await realm.ChangeAsync(state => state.Clock.TryFreeze(), default);
        await using var restarted = RealmInstance.Create(instances.Database, new ControlOptions(), "restarted");

        (await restarted.FindAsync("r"))!.Clock.FrozenAt.Should().Be(realm.Clock.FrozenAt);
    }
}
