using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>A time zone under the id that Windows, and so Exchange, has for it; known without help of the operating system.</summary>
internal sealed class WindowsTimeZone
{
    /// <summary>The territory under which a Windows id has its main zone. Unicode CLDR, "windowsZones".</summary>
    private const string Everywhere = "001";

    private static readonly Lazy<Dictionary<string, WindowsTimeZone>> ById = new(Read);

    private readonly DateTimeZone _zone;

    private WindowsTimeZone(string id, DateTimeZone zone) => (Id, _zone) = (id, zone);

    /// <summary>The Windows id.</summary>
    public string Id { get; }

    /// <summary>All of them, from west to east.</summary>
    public static IEnumerable<WindowsTimeZone> All => ById.Value.Values;

    /// <summary>The zone with an id, in any letter case, or null.</summary>
    public static WindowsTimeZone? Find(string id) => ById.Value.GetValueOrDefault(id);

    /// <summary>The offset of its standard time, and a city in it.</summary>
    public string NameIn(int year)
    {
        var offset = RulesOf(year).StandardOffset;
        var city = _zone.Id[(_zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
        return string.Create(CultureInfo.InvariantCulture, $"(UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}) {city}");
    }

    /// <summary>The rules of one year; a zone that changes its clocks otherwise than twice counts as one that does not.</summary>
    public TimeZoneRules RulesOf(int year)
    {
        var begin = Instant.FromUtc(year, 1, 1, 0, 0);
        var intervals = _zone.GetZoneIntervals(begin, Instant.FromUtc(year + 1, 1, 1, 0, 0)).ToList();
        var standard = intervals.Min(interval => interval.WallOffset).ToTimeSpan();
        if (intervals.Count != 3 || intervals[0].WallOffset != intervals[2].WallOffset)
            return new TimeZoneRules(Id, intervals[0].WallOffset.ToTimeSpan(), null);

        var changes = intervals.Skip(1).Select((interval, i) => ChangeAt(interval.Start, intervals[i].WallOffset)).ToList();
        var isNorthern = intervals[1].WallOffset > intervals[0].WallOffset;
        var daylight = intervals.Max(interval => interval.WallOffset).ToTimeSpan();
        return new TimeZoneRules(Id, standard, isNorthern ? new SummerTime(daylight, changes[0], changes[1]) : new SummerTime(daylight, changes[1], changes[0]));
    }

    /// <summary>When the clocks change, by the clock that was in force until then.</summary>
    private static ClockChange ChangeAt(Instant instant, Offset before)
    {
        var local = instant.WithOffset(before).LocalDateTime;
        var isLast = local.Day + 7 > CalendarSystem.Iso.GetDaysInMonth(local.Year, local.Month);
        return new ClockChange(TimeSpan.FromTicks(local.TickOfDay), local.Month, (DayOfWeek)((int)local.DayOfWeek % 7), isLast ? -1 : (local.Day - 1) / 7 + 1);
    }

    private static Dictionary<string, WindowsTimeZone> Read()
    {
        var source = TzdbDateTimeZoneSource.Default;
        var now = source.WindowsMapping.MapZones.Where(map => map.Territory == Everywhere)
            .Select(map => new WindowsTimeZone(map.WindowsId, source.ForId(source.CanonicalIdMap[map.TzdbIds[0]])));
        return now.OrderBy(zone => zone._zone.MaxOffset).ThenBy(zone => zone.Id, StringComparer.Ordinal).ToDictionary(zone => zone.Id, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>One year's rules of a time zone.</summary>
/// <param name="Id">The zone.</param>
/// <param name="StandardOffset">What its standard time is ahead of UTC.</param>
/// <param name="Summer">Its summer time, or null.</param>
internal sealed record TimeZoneRules(string Id, TimeSpan StandardOffset, SummerTime? Summer);

/// <summary>Summer time.</summary>
/// <param name="Offset">What it is ahead of UTC.</param>
/// <param name="Begin">When it begins.</param>
/// <param name="End">When it ends.</param>
internal sealed record SummerTime(TimeSpan Offset, ClockChange Begin, ClockChange End);

/// <summary>When clocks change, as a rule that holds every year.</summary>
/// <param name="TimeOfDay">The time, by the clock until then.</param>
/// <param name="Month">The month, from 1.</param>
/// <param name="DayOfWeek">The weekday.</param>
/// <param name="Occurrence">Which of these weekdays in the month; -1 for the last.</param>
internal sealed record ClockChange(TimeSpan TimeOfDay, int Month, DayOfWeek DayOfWeek, int Occurrence);
