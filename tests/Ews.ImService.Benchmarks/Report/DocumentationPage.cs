using System.Globalization;
using Ews.ImService.Benchmarks.Compare;

namespace Ews.ImService.Benchmarks.Report;

/// <summary>Writes results to <c>docs/performance.md</c> and its picture.</summary>
internal static class DocumentationPage
{
    private const string TableStart = "<!-- The tables below are written by --update-docs. -->";

    /// <summary>Replaces the tables at the end of the page, and the picture.</summary>
    /// <param name="repository">The root folder of the repository.</param>
    /// <param name="results">The results.</param>
    public static void Update(string repository, Results results)
    {
        var page = Path.Combine(repository, "docs", "performance.md");
        var text = File.ReadAllText(page);
        var start = text.IndexOf(TableStart, StringComparison.Ordinal);
        if (start < 0)
            throw new RunException($"{page} does not contain '{TableStart}'.");
        var rounds = results.Measurements.Max(one => one.Rounds.Count);
        var day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var machine = $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, up to {rounds} rounds, {day}.";
        File.WriteAllText(page, $"{text[..start]}{TableStart}\n\n{machine}\n\n{MarkdownReport.Write(results)}");
        File.WriteAllText(Path.Combine(repository, "docs", "images", "performance.svg"), SvgReport.Write(results));
    }
}
