using System.Globalization;
using System.Text;

namespace Ews.ImService.Reliability;

/// <summary>Writes figures as a Markdown table, and to <c>docs/reliability.md</c>.</summary>
internal static class ReliabilityReport
{
    private const string TableStart = "<!-- The table below is written by --update-docs. -->";
    private const string TableEnd = "<!-- The table above is written by --update-docs. -->";
    private const string Header = "| run | quantity | value |\n|---|---|---|\n";

    /// <summary>Returns the table.</summary>
    public static string Write(IEnumerable<Figure> figures)
    {
        var table = new StringBuilder(Header);
        foreach (var figure in figures)
            table.Append(CultureInfo.InvariantCulture, $"| {figure.Run} | {figure.Quantity} | {figure.Value} |\n");
        return table.ToString();
    }

    /// <summary>Writes figures to the page. The figures of other runs remain.</summary>
    /// <param name="repository">The root folder of the repository.</param>
    /// <param name="figures">The figures.</param>
    /// <exception cref="RunException">The page does not contain the table.</exception>
    public static void Update(string repository, IReadOnlyCollection<Figure> figures)
    {
        var page = Path.Combine(repository, "docs", "reliability.md");
        var text = File.ReadAllText(page);
        var start = text.IndexOf(TableStart, StringComparison.Ordinal);
        var end = text.IndexOf(TableEnd, StringComparison.Ordinal);
        if (start < 0 || end < start)
            throw new RunException($"{page} does not contain '{TableStart}' and '{TableEnd}'.");
        start += TableStart.Length;
        var runs = figures.Select(figure => figure.Run).ToHashSet();
        var all = Read(text[start..end]).Where(figure => !runs.Contains(figure.Run)).Concat(figures);
        File.WriteAllText(page, $"{text[..start]}\n\n{Write(all.OrderBy(figure => figure.Run, StringComparer.Ordinal))}\n{text[end..]}");
    }

    private static IEnumerable<Figure> Read(string table) => table
        .Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => new Figure(cells[1], cells[2], cells[3]));
}
