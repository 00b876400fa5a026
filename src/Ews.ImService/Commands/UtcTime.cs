using System.Globalization;

namespace Ews.ImService.Commands;

/// <summary>Formats times for people, in UTC as the log and the journal do.</summary>
internal static class UtcTime
{
    /// <summary>Returns the date and the time with milliseconds.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
