namespace Ews.ImService.Control.Time;

/// <summary>The clock of a realm in a database.</summary>
/// <param name="FrozenAt">The time at which it is frozen, or <c>null</c> if it runs.</param>
/// <param name="Offset">The distance of the running clock from its source.</param>
/// <param name="Advanced">The total distance by which it was moved.</param>
internal sealed record StoredClock(DateTimeOffset? FrozenAt, TimeSpan Offset, TimeSpan Advanced);
