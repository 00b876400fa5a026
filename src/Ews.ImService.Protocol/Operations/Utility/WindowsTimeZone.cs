using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>A time zone with its Windows id, which Exchange uses. The data do not depend on the operating system.</summary>
internal sealed class WindowsTimeZone
{
    /// <summary>The territory with the primary time zone of a Windows id.</summary>
    /// <remarks>Unicode CLDR, "windowsZones".</remarks>
    private const string World = "001";

    private static readonly Lazy<Dictionary<string, WindowsTimeZone>> ById = new(Read);

    private readonly DateTimeZone _zone;

    private WindowsTimeZone(string id, DateTimeZone zone) => (Id, _zone) = (id, zone);

    /// <summary>Gets the Windows id.</summary>
    public string Id { get; }

    /// <summary>Gets all time zones, from west to east.</summary>
    public static IEnumerable<WindowsTimeZone> All => ById.Value.Values;

    /// <summary>Finds a time zone by its id, without regard to case.</summary>
    public static WindowsTimeZone? Find(string id) => ById.Value.GetValueOrDefault(id);

    /// <summary>Finds a time zone by its Windows id, or by its id in the time zone database of IANA.</summary>
    public static WindowsTimeZone? FindAny(string id) =>
        Find(id) ?? (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone ? new WindowsTimeZone(id, zone) : null);

    /// <summary>
    /// Returns a local time in UTC. Of an ambiguous time, the earlier one is meant; a skipped time follows the transition by as much.
    /// </summary>
    public DateTime ToUtc(DateTime local) => _zone.AtLeniently(LocalDateTime.FromDateTime(local)).ToDateTimeUtc();

    /// <summary>Returns the display name in a year: the offset of standard time, and a city.</summary>
    public string NameIn(int year)
    {
        var offset = RulesOf(year).StandardOffset;
        var city = _zone.Id[(_zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
        return string.Create(CultureInfo.InvariantCulture, $"(UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}) {city}");
    }

    /// <summary>Returns the rules of a year. A time zone with other than two transitions in the year has only standard time.</summary>
    public TimeZoneRules RulesOf(int year)
    {
        var start = Instant.FromUtc(year, 1, 1, 0, 0);
        var intervals = _zone.GetZoneIntervals(start, Instant.FromUtc(year + 1, 1, 1, 0, 0)).ToList();
        var standard = intervals.Min(interval => interval.WallOffset).ToTimeSpan();
        if (intervals.Count != 3 || intervals[0].WallOffset != intervals[2].WallOffset)
            return new TimeZoneRules(Id, intervals[0].WallOffset.ToTimeSpan(), null);

        var changes = intervals.Skip(1).Select((interval, i) => ChangeAt(interval.Start, intervals[i].WallOffset)).ToList();
        var isNorthern = intervals[1].WallOffset > intervals[0].WallOffset;
        var daylight = intervals.Max(interval => interval.WallOffset).ToTimeSpan();
        var (first, last) = isNorthern ? (changes[0], changes[1]) : (changes[1], changes[0]);
        return new TimeZoneRules(Id, standard, new DaylightTime(daylight, first, last));
    }

    /// <summary>Returns a transition in the local time that was in effect before it.</summary>
    private static ClockChange ChangeAt(Instant instant, Offset before)
    {
        var local = instant.WithOffset(before).LocalDateTime;
        var isLast = local.Day + 7 > CalendarSystem.Iso.GetDaysInMonth(local.Year, local.Month);
        var occurrence = isLast ? -1 : (local.Day - 1) / 7 + 1;
        return new ClockChange(TimeSpan.FromTicks(local.TickOfDay), local.Month, (DayOfWeek)((int)local.DayOfWeek % 7), occurrence);
    }

    private static Dictionary<string, WindowsTimeZone> Read()
    {
        var source = TzdbDateTimeZoneSource.Default;
        var zones = source.WindowsMapping.MapZones.Where(map => map.Territory == World)
            .Select(map => new WindowsTimeZone(map.WindowsId, source.ForId(source.CanonicalIdMap[map.TzdbIds[0]])));
        return zones.OrderBy(zone => zone._zone.MaxOffset).ThenBy(zone => zone.Id, StringComparer.Ordinal)
            .ToDictionary(zone => zone.Id, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>The rules of a time zone in a year.</summary>
/// <param name="Id">The Windows id of the time zone.</param>
/// <param name="StandardOffset">The offset of standard time from UTC.</param>
/// <param name="Daylight">The daylight saving time; <c>null</c> if there is none.</param>
internal sealed record TimeZoneRules(string Id, TimeSpan StandardOffset, DaylightTime? Daylight);

/// <summary>Daylight saving time.</summary>
/// <param name="Offset">The offset from UTC.</param>
/// <param name="Start">The transition to daylight saving time.</param>
/// <param name="End">The transition to standard time.</param>
internal sealed record DaylightTime(TimeSpan Offset, ClockChange Start, ClockChange End);

/// <summary>A transition as a yearly rule.</summary>
/// <param name="TimeOfDay">The local time before the transition.</param>
/// <param name="Month">The month, from 1 to 12.</param>
/// <param name="DayOfWeek">The day of the week.</param>
/// <param name="Occurrence">The occurrence of the day in the month, from 1; -1 for the last.</param>
internal sealed record ClockChange(TimeSpan TimeOfDay, int Month, DayOfWeek DayOfWeek, int Occurrence);
