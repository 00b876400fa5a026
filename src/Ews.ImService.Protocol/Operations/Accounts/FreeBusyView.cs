using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>The free/busy information of a user with an empty calendar.</summary>
/// <param name="Type">The type of the view: the information that it contains.</param>
/// <param name="Slots">The number of intervals in the merged information.</param>
/// <remarks>Learn: "FreeBusyViewOptions", "RequestedView", "FreeBusyView".</remarks>
internal sealed record FreeBusyView(string Type, int Slots)
{
    /// <summary>The maximum length of the time window. Learn: "ResponseCode", which states the number without a unit.</summary>
    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(42);

    /// <summary>The type of a view without RequestedView, which Learn does not state.</summary>
    private const string DefaultType = "FreeBusyMerged";

    /// <summary>Learn: "MergedFreeBusyIntervalInMinutes".</summary>
    private const int DefaultInterval = 30;
    private const int MinInterval = 5;
    private const int MaxInterval = 24 * 60;

    /// <summary>The value of an interval without appointments.</summary>
    private const char Free = '0';

    private const string MergedOnly = "MergedOnly";
    private const string WorkDays = "Monday Tuesday Wednesday Thursday Friday";
    private const int WorkStart = 8 * 60;
    private const int WorkEnd = 17 * 60;

    /// <summary>Reads a <c>t:FreeBusyViewOptions</c>.</summary>
    /// <returns>
    /// The view, or ErrorInvalidFreeBusyViewType, ErrorInvalidMergedFreeBusyInterval, ErrorInvalidTimeInterval or
    /// ErrorTimeIntervalTooBig.
    /// </returns>
    public static EwsResult<FreeBusyView> Read(XElement options)
    {
        var type = Text(options, "RequestedView")?.Trim() ?? DefaultType;
        if (type == "None" || type.Contains(' ', StringComparison.Ordinal) || type.Length == 0)
            return EwsError.InvalidFreeBusyViewType;
        var interval = Text(options, "MergedFreeBusyIntervalInMinutes") is { } text
            ? int.Parse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : DefaultInterval;
        if (interval is < MinInterval or > MaxInterval)
            return EwsError.InvalidMergedFreeBusyInterval;
        return TimeWindow.Read(options.Elements().First()).Then<FreeBusyView>(window => window.Length switch
        {
            var length when length < TimeSpan.Zero => EwsError.InvalidTimeInterval,
            var length when length > MaxWindow => EwsError.TimeIntervalTooBig,
            var length => new FreeBusyView(type, (int)Math.Ceiling(length.TotalMinutes / interval)),
        });
    }

    /// <summary>Writes an <c>m:FreeBusyView</c>.</summary>
    public void Write(EwsXmlWriter xml)
    {
        xml.StartMessage("FreeBusyView");
        xml.Type("FreeBusyViewType", Type);
        if (Type is MergedOnly or "FreeBusyMerged" or "DetailedMerged")
            xml.Type("MergedFreeBusy", new string(Free, Slots));
        if (Type != MergedOnly)
            WriteWorkingHours(xml);
        xml.End();
    }

    private static string? Text(XElement options, string name) =>
        options.Elements().FirstOrDefault(option => option.Name.LocalName == name)?.Value;

    private static void WriteWorkingHours(EwsXmlWriter xml)
    {
        xml.StartType("WorkingHours");
        WriteUtc(xml);
        xml.StartType("WorkingPeriodArray");
        xml.StartType("WorkingPeriod");
        xml.Type("DayOfWeek", WorkDays);
        xml.Type("StartTimeInMinutes", WorkStart.ToString(CultureInfo.InvariantCulture));
        xml.Type("EndTimeInMinutes", WorkEnd.ToString(CultureInfo.InvariantCulture));
        xml.End();
        xml.End();
        xml.End();
    }

    /// <summary>Writes UTC, which has no transitions, as a time zone.</summary>
    private static void WriteUtc(EwsXmlWriter xml)
    {
        xml.StartType("TimeZone");
        xml.Type("Bias", "0");
        foreach (var period in new[] { "StandardTime", "DaylightTime" })
        {
            xml.StartType(period);
            xml.Type("Bias", "0");
            xml.Type("Time", "00:00:00");
            xml.Type("DayOrder", "0");
            xml.Type("Month", "0");
            xml.Type("DayOfWeek", "Sunday");
            xml.End();
        }

        xml.End();
    }
}
