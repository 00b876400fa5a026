using System.Globalization;

namespace Ews.ImService.Mailbox;

/// <summary>Reads the dates of queries, which are days or periods.</summary>
/// <param name="now">The current time in UTC.</param>
internal sealed class QueryDates(DateTime now)
{
    private const int DaysPerWeek = 7;
    private const int MonthsPerYear = 12;
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private static readonly CultureInfo English = CultureInfo.InvariantCulture;
    private static readonly string[] Formats = ["M/d/yyyy", "yyyy-MM-dd"];
    private static readonly string[] Periods = ["week", "month", "year"];

    /// <summary>Determines whether a word is a period, such as in <c>this week</c>.</summary>
    public static bool IsPeriod(string word) => Periods.Contains(word, StringComparer.OrdinalIgnoreCase);

    /// <summary>Determines whether a time matches a date, a comparison with one, or a range of dates.</summary>
    /// <param name="time">The time in UTC.</param>
    /// <param name="text">The date, such as <c>today</c>, <c>&gt;1/31/2026</c> or <c>1/1/2026..1/31/2026</c>.</param>
    /// <returns><c>true</c> if the time matches; <c>false</c> if it does not, or if the text is not a date.</returns>
    public bool Matches(DateTime time, string text)
    {
        if (text.IndexOf("..", StringComparison.Ordinal) is >= 0 and var dots)
            return Find(text[..dots]) is var (start, _) && Find(text[(dots + 2)..]) is var (_, end) && time >= start && time < end;
        if (text.StartsWith(">=", StringComparison.Ordinal))
            return Find(text[2..]) is var (from, _) && time >= from;
        if (text.StartsWith("<=", StringComparison.Ordinal))
            return Find(text[2..]) is var (_, to) && time < to;
        if (text.StartsWith('>'))
            return Find(text[1..]) is var (_, after) && time >= after;
        if (text.StartsWith('<'))
            return Find(text[1..]) is var (before, _) && time < before;
        if (IndexOf(English.DateTimeFormat.MonthNames, text) is >= 0 and var month)
            return time.Month == month + 1;
        if (IndexOf(English.DateTimeFormat.DayNames, text) is >= 0 and var day)
            return (int)time.DayOfWeek == day;
        return Find(text) is var (first, last) && time >= first && time < last;
    }

    private static int IndexOf(string[] names, string text) =>
        text.Length == 0 ? -1 : Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the start and the end of a period; <c>null</c> if the text is not one.</summary>
    private (DateTime Start, DateTime End)? Find(string text)
    {
        var today = now.Date;
        var week = AddDays(today, -(int)today.DayOfWeek);
        var month = today.AddDays(1 - today.Day);
        var year = new DateTime(today.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return text.ToUpperInvariant() switch
        {
            "TODAY" => (today, AddDays(today, 1)),
            "YESTERDAY" => (AddDays(today, -1), today),
            "THIS WEEK" => (week, AddDays(week, DaysPerWeek)),
            "LAST WEEK" => (AddDays(week, -DaysPerWeek), week),
            "THIS MONTH" => (month, AddMonths(month, 1)),
            "LAST MONTH" => (AddMonths(month, -1), month),
            "THIS YEAR" => (year, AddMonths(year, MonthsPerYear)),
            "LAST YEAR" => (AddMonths(year, -MonthsPerYear), year),
            _ => DateTime.TryParseExact(text, Formats, English, Utc, out var day) ? (day, AddDays(day, 1)) : null,
        };
    }

    /// <summary>Adds days to a time. The result is at least the first time and at most the last time of the calendar.</summary>
    private static DateTime AddDays(DateTime time, int days) => new(
        Math.Clamp(time.Ticks + (days * TimeSpan.TicksPerDay), DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    /// <summary>Adds months to the start of a month, with the same limits.</summary>
    private static DateTime AddMonths(DateTime month, int months) =>
        (month.Month - 1 + months) switch
        {
            < 0 when month.Year == DateTime.MinValue.Year => DateTime.MinValue,
            >= MonthsPerYear when month.Year == DateTime.MaxValue.Year => DateTime.MaxValue,
            _ => month.AddMonths(months),
        };
}
