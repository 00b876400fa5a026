using System.Globalization;
using System.Xml;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes the rules of <c>t:TimeZoneDefinitionType</c>. Learn: "TimeZoneDefinition", "Periods", "TransitionsGroups".</summary>
internal static class TimeZoneXml
{
    private const string StandardId = "Std";
    private const string DaylightId = "Dlt";
    private const string OnlyGroup = "0";

    /// <summary>One year's rules: a period, or one of summer besides, and when each begins.</summary>
    public static void WriteRules(EwsXmlWriter xml, TimeZoneInfo zone, int year)
    {
        var rule = RuleOf(zone, year);
        var standard = rule is null ? OffsetAt(zone, year, month: 1) : zone.BaseUtcOffset + rule.BaseUtcOffsetDelta;
        xml.StartType("Periods");
        WritePeriod(xml, zone.StandardName, StandardId, standard);
        if (rule is not null)
            WritePeriod(xml, zone.DaylightName, DaylightId, standard + rule.DaylightDelta);
        xml.End();

        xml.StartType("TransitionsGroups");
        xml.StartType("TransitionsGroup");
        xml.Attribute("Id", OnlyGroup);
        if (rule is null)
        {
            xml.StartType("Transition");
            WriteTarget(xml, "Period", StandardId);
            xml.End();
        }
        else
        {
            foreach (var (transition, target) in new[] { (rule.DaylightTransitionStart, DaylightId), (rule.DaylightTransitionEnd, StandardId) }.OrderBy(change => change.Item1.Month))
                WriteTransition(xml, transition, target);
        }

        xml.End();
        xml.End();

        xml.StartType("Transitions");
        xml.StartType("Transition");
        WriteTarget(xml, "Group", OnlyGroup);
        xml.End();
        xml.End();
    }

    /// <summary>The rule in force, if there is summer time; a rule that only some systems make, for one change of one year, is none.</summary>
    private static TimeZoneInfo.AdjustmentRule? RuleOf(TimeZoneInfo zone, int year) => Array.Find(
        zone.GetAdjustmentRules(),
        rule => rule.DateStart.Year <= year && rule.DateEnd.Year >= year && rule.DaylightDelta != TimeSpan.Zero
            && !rule.DaylightTransitionStart.IsFixedDateRule && !rule.DaylightTransitionEnd.IsFixedDateRule);

    private static TimeSpan OffsetAt(TimeZoneInfo zone, int year, int month) => zone.GetUtcOffset(new DateTime(year, month, 15, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>A bias is what has to be added to local time to get UTC.</summary>
    private static void WritePeriod(EwsXmlWriter xml, string name, string id, TimeSpan offset)
    {
        xml.StartType("Period");
        xml.Attribute("Bias", XmlConvert.ToString(-offset));
        xml.Attribute("Name", name);
        xml.Attribute("Id", id);
        xml.End();
    }

    private static void WriteTransition(EwsXmlWriter xml, TimeZoneInfo.TransitionTime transition, string target)
    {
        xml.StartType("RecurringDayTransition");
        WriteTarget(xml, "Period", target);
        xml.Type("TimeOffset", XmlConvert.ToString(transition.TimeOfDay.TimeOfDay));
        xml.Type("Month", transition.Month.ToString(CultureInfo.InvariantCulture));
        xml.Type("DayOfWeek", transition.DayOfWeek.ToString());
        xml.Type("Occurrence", transition.Week == 5 ? "-1" : transition.Week.ToString(CultureInfo.InvariantCulture));
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
