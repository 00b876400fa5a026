using System.Globalization;

namespace Ews.ImService.Mailbox;

/// <summary>Times with a resolution of one second, as most responses contain them.</summary>
public static class WholeSeconds
{
    /// <summary>Formats a time as an <c>xs:dateTime</c>, such as <c>2026-11-21T08:30:00Z</c>.</summary>
    /// <param name="utc">The time in UTC.</param>
    public static string Format(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
