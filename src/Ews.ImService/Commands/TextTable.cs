namespace Ews.ImService.Commands;

/// <summary>Aligns rows of texts in columns.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>Returns one line per row, the heading first; no line if there are no rows.</summary>
    public static IEnumerable<string> Lines(string[] heading, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
            return [];
        string[][] all = [heading, .. rows];
        var widths = heading.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        return all.Select(row => string.Join(Gap, row.Select((text, column) => text.PadRight(widths[column]))).TrimEnd());
    }
}
