using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Time;

namespace Ews.ImService.Tests.Control.Faults;

public sealed class FaultRulesTests
{
    private static readonly FaultRule Drop = new() { Kind = FaultKind.Drop };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_fault_is_registered(FaultKind kind)
    {
        var rule = new FaultRule { Kind = kind, ResponseCode = "ErrorItemNotFound", Milliseconds = 1, Status = 503 };

        FaultKinds.Read(rule, new DocumentProblems())!.GetType().Name.Should().StartWith(kind.ToString());
    }

    [Fact]
    public void A_snapshot_does_not_change_when_its_rule_is_triggered()
    {
        var rules = new FaultRules(new RealmClock(TimeProvider.System), maxRules: 10);
        var added = rules.Add(Drop with { Times = 1 }, new DropFault())!;
        var before = rules.Snapshot().Single();

        rules.Match("AddImGroup", null).RuleId.Should().Be(added.Id);
        rules.Match("AddImGroup", null).RuleId.Should().BeNull();

        (added.Matched, added.Triggered).Should().Be((0, 0));
        before.Should().Be(added);
        rules.Snapshot().Should().Equal(added with { Matched = 2, Triggered = 1 });
    }

    [Fact]
    public void Concurrent_requests_trigger_a_rule_as_often_as_specified()
    {
        var rules = new FaultRules(new RealmClock(TimeProvider.System), maxRules: 10);
        rules.Add(Drop with { Nth = 11, Times = 100 }, new DropFault());

        var triggered = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (rules.Match("AddImGroup", "anna@contoso.com").Fault is not null)
                Interlocked.Increment(ref triggered);
        });

        triggered.Should().Be(100);
        rules.Snapshot().Should().ContainSingle().Which.Matched.Should().Be(1000);
    }

    [Fact]
    public void Ids_start_again_after_a_reset_and_continue_after_a_removal()
    {
        var rules = new FaultRules(new RealmClock(TimeProvider.System), maxRules: 10);
        rules.Add(Drop, new DropFault())!.Id.Should().Be("fault-1");
        rules.Remove("fault-1").Should().BeTrue();
        rules.Remove("fault-1").Should().BeFalse();
        rules.Add(Drop, new DropFault())!.Id.Should().Be("fault-2");

        rules.Reset();

        rules.Snapshot().Should().BeEmpty();
        rules.Add(Drop, new DropFault())!.Id.Should().Be("fault-1");
    }

    [Fact]
    public void Rules_that_were_removed_and_back_offs_that_ended_cost_requests_no_lock()
    {
        var clock = new RealmClock(TimeProvider.System);
        var rules = new FaultRules(clock, maxRules: 10);
        var backOff = TimeSpan.FromHours(1);
        rules.IsInUse.Should().BeFalse();

        rules.Add(new FaultRule { Kind = FaultKind.ServerBusy, Id = "busy" }, new ServerBusyFault(backOff));
        rules.Match("AddImGroup", "anna@contoso.com");
        rules.Remove("busy");
        rules.IsInUse.Should().BeTrue();
        rules.Match("AddImGroup", "anna@contoso.com").EarlyBy.Should().BeGreaterThan(TimeSpan.Zero);
        clock.TryAdvance(backOff).Should().BeTrue();
        rules.Match("AddImGroup", "anna@contoso.com").EarlyBy.Should().BeNull();
        rules.IsInUse.Should().BeFalse();

        rules.Add(Drop with { Id = "drop" }, new DropFault());
        rules.IsInUse.Should().BeTrue();
        rules.Remove("drop");
        rules.IsInUse.Should().BeFalse();
    }

    [Fact]
    public void Back_offs_that_ended_are_removed_even_if_their_mailboxes_send_no_further_request()
    {
        var clock = new RealmClock(TimeProvider.System);
        var rules = new FaultRules(clock, maxRules: 10);
        var backOff = TimeSpan.FromHours(1);
        rules.BackOff("anna@contoso.com", backOff);
        rules.Match("AddImGroup", "other@contoso.com");
        rules.IsInUse.Should().BeTrue();

        clock.TryAdvance(backOff).Should().BeTrue();
        rules.Match("AddImGroup", "other@contoso.com");

        rules.IsInUse.Should().BeFalse();
    }

    public static TheoryData<FaultKind> Kinds() => new(Enum.GetValues<FaultKind>());
}
