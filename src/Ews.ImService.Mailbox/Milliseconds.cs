using System.Globalization;

namespace Ews.ImService.Mailbox;

/// <summary>Times with a resolution of one millisecond, as mailboxes contain them.</summary>
public static class Milliseconds
{
    /// <summary>Gets the current time in UTC, without fractions of a millisecond.</summary>
    /// <param name="clock">The clock.</param>
    public static DateTime Now(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
    }

    /// <summary>Formats a time as an <c>xs:dateTime</c>, such as <c>2026-11-21T08:30:00.250Z</c>.</summary>
    /// <param name="utc">The time in UTC.</param>
    public static string Format(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
