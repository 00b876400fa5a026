namespace Ews.ImService.Mailbox;

/// <summary>Times as answers tell them.</summary>
public static class WholeSeconds
{
    /// <summary>What time it is, UTC, without the part of a second.</summary>
    public static DateTime Now(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc);
    }
}
