using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;

namespace Ews.ImService.Control.Faults;

/// <summary>A fault rule with its counters, which the lock of the rules guards.</summary>
/// <param name="rule">The rule.</param>
/// <param name="fault">The effect of the rule.</param>
/// <param name="random">The random numbers of the rule.</param>
internal sealed class FaultRuleEntry(FaultRule rule, Fault fault, RandomSequence random)
{
    /// <summary>Creates a rule that was not matched yet.</summary>
    public FaultRuleEntry(FaultRule rule, Fault fault)
        : this(rule, fault, new RandomSequence(SeedOf(rule)))
    {
    }

    /// <summary>Gets the rule without its counters.</summary>
    public FaultRule Rule { get; } = rule with { Matched = null, Triggered = null };

    /// <summary>Gets the effect.</summary>
    public Fault Fault => fault;

    /// <summary>Gets or sets the number of requests that the rule matched.</summary>
    public int MatchedCount { get; set; }

    /// <summary>Gets or sets the number of requests that triggered the rule.</summary>
    public int TriggeredCount { get; set; }

    /// <summary>Gets the number of random numbers that the rule used.</summary>
    public long Draws { get; private set; }

    /// <summary>Returns a stored rule.</summary>
    /// <param name="stored">The stored rule.</param>
    /// <param name="known">A rule with the same id, whose effect and random numbers are shared if they are the same.</param>
    public static FaultRuleEntry Restore(StoredFaultRule stored, FaultRuleEntry? known)
    {
        var rule = stored.Rule with { Matched = null, Triggered = null };
        return new FaultRuleEntry(
            rule,
            known?.Rule == rule ? known.Fault : FaultKinds.Read(rule, new DocumentProblems())!,
            known is not null && SeedOf(known.Rule) == SeedOf(rule) ? known.Random : new RandomSequence(SeedOf(rule)))
        {
            MatchedCount = stored.Rule.Matched ?? 0,
            TriggeredCount = stored.Rule.Triggered ?? 0,
            Draws = stored.Draws,
        };
    }

    /// <summary>Returns the rule with its counters.</summary>
    public FaultRule Snapshot() => Rule with { Matched = MatchedCount, Triggered = TriggeredCount };

    /// <summary>Returns <c>true</c> if the rule matches a request; otherwise, <c>false</c>.</summary>
    public bool Matches(string? operation, string? mailbox) =>
        (Rule.Operation is null || Rule.Operation == operation)
        && (Rule.Mailbox is null || string.Equals(Rule.Mailbox, mailbox, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns <c>true</c> if a request that was counted triggers the rule; otherwise, <c>false</c>.</summary>
    public bool ShouldTrigger() => MatchedCount >= (Rule.Nth ?? 1) && !(TriggeredCount >= Rule.Times) && IsDrawn();

    private RandomSequence Random => random;

    private static int SeedOf(FaultRule rule) => rule.Seed ?? 0;

    private bool IsDrawn() => !(Rule.Probability < 1) || random.At(Draws++) < Rule.Probability;
}
