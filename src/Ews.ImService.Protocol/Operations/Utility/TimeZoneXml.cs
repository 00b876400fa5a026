using System.Globalization;
using System.Xml;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>Writes the rules of <c>t:TimeZoneDefinitionType</c>.</summary>
/// <remarks>Learn: "TimeZoneDefinition", "Periods", "TransitionsGroups".</remarks>
internal static class TimeZoneXml
{
    private const string StandardId = "Std";
    private const string DaylightId = "Dlt";
    private const string OnlyGroup = "0";

    /// <summary>Writes the standard period and, if there is daylight saving time, the daylight period, with their transitions.</summary>
    public static void WriteRules(EwsXmlWriter xml, TimeZoneRules rules)
    {
        xml.StartType("Periods");
        WritePeriod(xml, "Standard", StandardId, rules.StandardOffset);
        if (rules.Daylight is not null)
            WritePeriod(xml, "Daylight", DaylightId, rules.Daylight.Offset);
        xml.End();

        xml.StartType("TransitionsGroups");
        xml.StartType("TransitionsGroup");
        xml.Attribute("Id", OnlyGroup);
        if (rules.Daylight is { } daylight)
        {
            (ClockChange Change, string Period)[] transitions = [(daylight.Start, DaylightId), (daylight.End, StandardId)];
            foreach (var (change, period) in transitions.OrderBy(transition => transition.Change.Month))
                WriteRecurring(xml, change, period);
        }
        else
        {
            WriteTransition(xml, "Period", StandardId);
        }

        xml.End();
        xml.End();

        xml.StartType("Transitions");
        WriteTransition(xml, "Group", OnlyGroup);
        xml.End();
    }

    /// <summary>Writes a period. The bias is the difference between UTC and local time.</summary>
    private static void WritePeriod(EwsXmlWriter xml, string name, string id, TimeSpan offset)
    {
        xml.StartType("Period");
        xml.Attribute("Bias", XmlConvert.ToString(-offset));
        xml.Attribute("Name", name);
        xml.Attribute("Id", id);
        xml.End();
    }

    private static void WriteTransition(EwsXmlWriter xml, string kind, string target)
    {
        xml.StartType("Transition");
        WriteTarget(xml, kind, target);
        xml.End();
    }

    private static void WriteRecurring(EwsXmlWriter xml, ClockChange change, string period)
    {
        xml.StartType("RecurringDayTransition");
        WriteTarget(xml, "Period", period);
        xml.Type("TimeOffset", XmlConvert.ToString(change.TimeOfDay));
        xml.Type("Month", change.Month.ToString(CultureInfo.InvariantCulture));
        xml.Type("DayOfWeek", change.DayOfWeek.ToString());
        xml.Type("Occurrence", change.Occurrence.ToString(CultureInfo.InvariantCulture));
        xml.End();
    }

    private static void WriteTarget(EwsXmlWriter xml, string kind, string target)
    {
        xml.StartType("To");
        xml.Attribute("Kind", kind);
        xml.Text(target);
        xml.End();
    }
}
