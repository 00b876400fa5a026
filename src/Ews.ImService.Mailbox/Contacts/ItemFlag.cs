using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>The flag of an item, which marks it for follow-up. Dates are in UTC.</summary>
/// <param name="Status">NotFlagged, Flagged or Complete.</param>
/// <param name="StartDate">The start date, or an empty text.</param>
/// <param name="DueDate">The due date, or an empty text.</param>
/// <param name="CompleteDate">The date on which the item was completed, or an empty text.</param>
/// <remarks>Learn: "Flag". [MS-OXWSCDATA] 2.2.4.37.</remarks>
public sealed record ItemFlag(string Status, string StartDate, string DueDate, string CompleteDate)
{
    /// <summary>The status of an item without a flag.</summary>
    public const string NotFlagged = "NotFlagged";

    /// <summary>The status of an item that is marked.</summary>
    public const string Flagged = "Flagged";

    /// <summary>The status of an item that was marked and is done.</summary>
    public const string Complete = "Complete";

    /// <summary>Reads the values of a property.</summary>
    /// <param name="values">The status, optionally followed by the dates.</param>
    /// <returns>
    /// The flag, or <c>null</c> if a date is not valid or not allowed: a flagged item has both a start and a due date or none, a completed
    /// one has at most a completion date, and other items have none.
    /// </returns>
    public static ItemFlag? Read(ImmutableArray<string> values)
    {
        var dates = values.Skip(1).Select(date => date.Length == 0 ? date : ContactValueRule.Time.Normalize([date])?[0]).ToList();
        if (values.Length is 0 or > 4 || dates.Contains(null))
            return null;
        var flag = new ItemFlag(
            values[0], dates.ElementAtOrDefault(0) ?? string.Empty, dates.ElementAtOrDefault(1) ?? string.Empty,
            dates.ElementAtOrDefault(2) ?? string.Empty);
        var (hasStart, hasDue, isComplete) = (flag.StartDate.Length > 0, flag.DueDate.Length > 0, flag.CompleteDate.Length > 0);
        var isValid = flag.Status switch
        {
            NotFlagged => !hasStart && !hasDue && !isComplete,
            Flagged => hasStart == hasDue && !isComplete,
            Complete => !hasStart && !hasDue,
            _ => false,
        };
        return isValid ? flag : null;
    }

    /// <summary>Returns the values of the property; none for an item without a flag, which is the default.</summary>
    public ImmutableArray<string> ToValues() => [Status, StartDate, DueDate, CompleteDate];
}
