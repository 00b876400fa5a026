using Ews.ImService.Control;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Time;
using Ews.ImService.Tests.Postgres;

namespace Ews.ImService.Tests.Control.Realms;

public sealed class SharedFaultTests
{
    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task Nth_and_times_are_counted_across_instances(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);
        await AddAsync(instances.First, new FaultRule { Kind = FaultKind.Drop, Nth = 3, Times = 2 });

        var triggered = new List<bool>();
        for (var request = 0; request < 6; request++)
            triggered.Add((await Instance(instances, request).MatchAsync("r")).Fault is not null);

        triggered.Should().Equal(false, false, true, true, false, false);
        foreach (var instance in new[] { instances.First, instances.Second })
        {
            var rule = (await instance.EnterAsync("r")).Faults.Snapshot().Should().ContainSingle().Subject;
            (rule.Id, rule.Matched, rule.Triggered).Should().Be(("fault-1", 6, 2));
        }
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task A_rule_that_triggers_a_number_of_times_does_so_for_concurrent_requests_of_all_instances(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);
        await AddAsync(instances.First, new FaultRule { Kind = FaultKind.Drop, Times = 10 });

        var matches = await Task.WhenAll(Enumerable.Range(0, 200).Select(request => Instance(instances, request).MatchAsync("r")));

        matches.Count(match => match.Fault is not null).Should().Be(10);
        (await instances.Second.EnterAsync("r")).Faults.Snapshot().Single().Matched.Should().Be(200);
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task Random_numbers_are_those_of_one_instance(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);
        var rule = new FaultRule { Kind = FaultKind.Drop, Probability = 0.5, Seed = 7 };
        var single = new FaultRules(new RealmClock(TimeProvider.System), maxRules: 1);
        single.Add(rule, FaultKinds.Read(rule, new DocumentProblems())!);
        await AddAsync(instances.First, rule);

        for (var request = 0; request < 40; request++)
        {
            var triggered = (await Instance(instances, request / 3).MatchAsync("r")).RuleId;
            triggered.Should().Be(single.Match("GetImItemList", "alice@contoso.com").RuleId, $"request {request} draws the same number");
        }
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task A_back_off_that_one_instance_requested_is_observed_by_the_other(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database);
        await AddAsync(
            instances.First,
            new FaultRule { Kind = FaultKind.ServerBusy, Times = 1, BackOffMilliseconds = 60_000, Mailbox = "bob@contoso.com" });
        (await instances.First.MatchAsync("r", mailbox: "BOB@contoso.com")).RuleId.Should().Be("fault-1");

        var early = (await instances.Second.MatchAsync("r", mailbox: "bob@contoso.com")).EarlyBy;
        early.Should().BeCloseTo(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30));
        (await instances.Second.MatchAsync("r")).EarlyBy.Should().BeNull("it is the back-off of another mailbox");

        await (await instances.Second.EnterAsync("r")).ChangeAsync(state => state.Clock.TryAdvance(TimeSpan.FromMinutes(1)), default);
        (await instances.First.MatchAsync("r", mailbox: "bob@contoso.com")).EarlyBy.Should().BeNull("the clock was advanced");
    }

    [Theory]
    [InlineData(RealmDatabase.InProcess)]
    [PostgresData(RealmDatabase.Postgres)]
    public async Task Rules_are_replaced_deleted_and_cleared_for_all_instances(RealmDatabase database)
    {
        await using var instances = RealmInstances.Start(database, new ControlOptions { MaxFaultRules = 2 });
        await AddAsync(instances.First, new FaultRule { Kind = FaultKind.Drop });
        await AddAsync(
            instances.Second,
            new FaultRule { Kind = FaultKind.Http, Status = 503, Headers = Header("Retry-After", "5"), Body = "a\0b" });
        (await AddAsync(instances.First, new FaultRule { Kind = FaultKind.Drop })).Should().BeNull("two rules are the limit");
        await AddAsync(instances.First, new FaultRule { Id = "fault-1", Kind = FaultKind.Malformed });

        var rules = (await instances.Second.EnterAsync("r")).Faults.Snapshot();
        rules.Select(rule => (rule.Id, rule.Kind)).Should().Equal(("fault-2", FaultKind.Http), ("fault-1", FaultKind.Malformed));
        rules[0].Body.Should().Be("a\0b");
        rules[0].Headers!["Retry-After"].Should().Equal("5");
        (await instances.Second.MatchAsync("r")).Kind.Should().Be(FaultKind.Http);

        (await RemoveAsync(instances.Second, "fault-2")).Should().BeTrue();
        (await RemoveAsync(instances.First, "fault-2")).Should().BeFalse();
        (await instances.First.MatchAsync("r")).Kind.Should().Be(FaultKind.Malformed);

        await instances.Second.Mailboxes.ResetAsync(await instances.Second.EnterAsync("r"), null);
        (await instances.First.MatchAsync("r")).Fault.Should().BeNull();
        (await AddAsync(instances.First, new FaultRule { Kind = FaultKind.Drop }))!.Id
            .Should().Be("fault-1", "ids start again after a reset");
    }

    private static RealmInstance Instance(RealmInstances instances, int request) =>
        request % 2 == 0 ? instances.First : instances.Second;

    private static async Task<FaultRule?> AddAsync(RealmInstance instance, FaultRule rule)
    {
        var fault = FaultKinds.Read(rule, new DocumentProblems())!;
        return await (await instance.EnterAsync("r")).ChangeAsync(state => state.Faults.Add(rule, fault), default);
    }

    private static async Task<bool> RemoveAsync(RealmInstance instance, string id) =>
        await (await instance.EnterAsync("r")).ChangeAsync(state => state.Faults.Remove(id), default);

    private static Dictionary<string, IReadOnlyList<string>?> Header(string name, string value) => new() { [name] = [value] };
}
