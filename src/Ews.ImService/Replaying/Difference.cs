namespace Ews.ImService.Replaying;

/// <summary>A difference between a recorded response and the response of the service.</summary>
/// <param name="Path">The path of the element or attribute, such as <c>AddImGroupResponse/ImGroup/GroupType</c>.</param>
/// <param name="Recorded">The recorded value; <c>null</c> if the recorded response does not contain the path.</param>
/// <param name="Actual">The value of the service; <c>null</c> if its response does not contain the path.</param>
internal sealed record Difference(string Path, string? Recorded, string? Actual)
{
    private const int MaxLength = 160;
    private const int ContextLength = 40;

    /// <summary>Gets a sentence that explains the difference; <c>null</c> if the values do.</summary>
    public string? Note { get; init; }

    /// <summary>Returns the difference as one line. Long values are shortened to the part with the first difference.</summary>
    public override string ToString()
    {
        var start = Math.Max(0, FirstDifference(Recorded ?? "", Actual ?? "") - ContextLength);
        var note = Note is null ? "" : $" ({Note.TrimEnd('.')})";
        return $"{Path}: recorded {Format(Recorded, start)}, actual {Format(Actual, start)}{note}";
    }

    private static int FirstDifference(string first, string second)
    {
        var length = 0;
        while (length < first.Length && length < second.Length && first[length] == second[length])
            length++;
        return length;
    }

    private static string Format(string? value, int start)
    {
        if (value is null)
            return "none";
        var line = value.ReplaceLineEndings(" ");
        if (line.Length <= MaxLength || start >= line.Length)
            return $"'{(line.Length <= MaxLength ? line : "…" + line[^ContextLength..])}'";
        var part = line[start..];
        return $"'{(start > 0 ? "…" : "")}{(part.Length > MaxLength ? part[..MaxLength] + "…" : part)}'";
    }
}
