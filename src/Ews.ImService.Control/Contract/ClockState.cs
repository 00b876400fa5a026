using System.ComponentModel.DataAnnotations;

#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>The state of the clock of a realm.</summary>
/// <param name="Now">The current time.</param>
/// <param name="IsFrozen"><c>true</c> if the clock is frozen; otherwise, <c>false</c>.</param>
/// <param name="OffsetMilliseconds">The distance of the running clock from the system clock in milliseconds; 0 if it is frozen.</param>
internal sealed record ClockState(DateTimeOffset Now, bool IsFrozen, long OffsetMilliseconds);

/// <summary>A request to freeze the clock of a realm.</summary>
internal sealed record ClockFreeze
{
    /// <summary>Gets the time at which the clock is frozen; the default is its current time.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>A request to move the clock of a realm.</summary>
internal sealed record ClockAdvance
{
    /// <summary>The greatest distance of one request in milliseconds: a hundred years.</summary>
    internal const double MaxMilliseconds = 100d * 365 * 24 * 60 * 60 * 1000;

    /// <summary>Gets the distance in milliseconds; a negative value moves the clock back.</summary>
    [Range(-MaxMilliseconds, MaxMilliseconds)]
    public required long Milliseconds { get; init; }
}
