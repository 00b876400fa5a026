using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>The content of a <c>t:Duration</c>.</summary>
/// <param name="Start">The start in UTC.</param>
/// <param name="End">The end in UTC.</param>
/// <remarks>Learn: "Duration (UserOofSettings)", "TimeWindow".</remarks>
internal sealed record TimeWindow(DateTime Start, DateTime End)
{
    /// <summary>Gets the length, which is negative if the end precedes the start.</summary>
    public TimeSpan Length => End - Start;

    /// <summary>Reads a duration. Times without an offset are UTC.</summary>
    /// <returns>The duration, or ErrorInvalidTimeInterval if a time cannot be represented.</returns>
    public static EwsResult<TimeWindow> Read(XElement duration) =>
        ReadTime(duration.Elements().First()) is { } start && ReadTime(duration.Elements().Last()) is { } end
            ? new TimeWindow(start, end)
            : EwsError.InvalidTimeInterval;

    private static DateTime? ReadTime(XElement time) =>
        DateTimeOffset.TryParse(time.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? value.UtcDateTime
            : null;
}
