using Ews.ImService.Control.Contract;

namespace Ews.ImService.Control.Faults;

/// <summary>The result of matching a request with the fault rules.</summary>
/// <param name="RuleId">The id of the rule that was triggered, or <c>null</c>.</param>
/// <param name="Kind">The kind of that rule, or <c>null</c>.</param>
/// <param name="Fault">The effect of that rule, or <c>null</c>.</param>
/// <param name="EarlyBy">The remaining back-off time, or <c>null</c> if there was no back-off.</param>
internal readonly record struct FaultMatch(string? RuleId, FaultKind? Kind, Fault? Fault, TimeSpan? EarlyBy);
