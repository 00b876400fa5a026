using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Clock;

/// <summary>Describes the clock of a realm.</summary>
internal static class ClockText
{
    /// <summary>Returns one line with the time and the state.</summary>
    public static IEnumerable<string> Lines(ClockState clock) => [$"{UtcTime.Format(clock.Now)}, {State(clock)}"];

    private static string State(ClockState clock) => clock switch
    {
        { IsFrozen: true } => "frozen",
        { OffsetMilliseconds: 0 } => "running",
        { OffsetMilliseconds: > 0 and var ahead } => $"running, {Duration.Format(ahead)} ahead of the system clock",
        { OffsetMilliseconds: var behind } => $"running, {Duration.Format(-behind)} behind the system clock",
    };
}
