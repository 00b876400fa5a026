using Ews.ImService.Control.Contract;

namespace Ews.ImService.Control.Faults;

/// <summary>The fault rules of a realm in a database.</summary>
/// <param name="LastId">The number of the last id that was assigned to a rule.</param>
/// <param name="Rules">The rules in the order in which they are matched.</param>
/// <param name="BackOffs">The ends of the back-offs, in system time, by mailbox.</param>
internal sealed record StoredFaults(
    int LastId, IReadOnlyList<StoredFaultRule> Rules, IReadOnlyDictionary<string, DateTimeOffset> BackOffs);

/// <summary>A fault rule in a database.</summary>
/// <param name="Rule">The rule with its counters.</param>
/// <param name="Draws">The number of random numbers that it used.</param>
internal sealed record StoredFaultRule(FaultRule Rule, long Draws);
