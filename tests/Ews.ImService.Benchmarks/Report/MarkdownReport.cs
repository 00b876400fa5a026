using System.Globalization;
using System.Text;
using Ews.ImService.Benchmarks.Compare;

namespace Ews.ImService.Benchmarks.Report;

/// <summary>Writes results as Markdown tables.</summary>
internal static class MarkdownReport
{
    /// <summary>Returns a table of the ratios, and a table of the absolute figures of the loads.</summary>
    public static string Write(Results results)
    {
        var text = new StringBuilder();
        AddRow("", "", "median", "rounds", "must", "want", "");
        AddRow([.. Enumerable.Repeat("---", 7)]);
        foreach (var one in results.Measurements)
        {
            AddRow(
                one.Subject,
                one.Quantity,
                $"**{Number(one.Median)}** {one.Unit}".TrimEnd(),
                $"{Number(one.Rounds.Min())}–{Number(one.Rounds.Max())}",
                one.Limits is null ? "" : Limit(one, one.Limits.Must),
                one.Limits is null ? "" : Limit(one, one.Limits.Want),
                Text(one.Verdict));
        }

        if (results.Figures.Count == 0)
            return text.ToString();
        text.Append('\n');
        AddRow("load", "server", "requests per second", "p50, ms", "p99, ms", "CPU per request, µs", "memory, MiB");
        AddRow([.. Enumerable.Repeat("---", 7)]);
        foreach (var server in results.Figures)
        {
            AddRow(
                server.Load,
                server.Server,
                Integer(server.Median(figures => figures.PerSecond)),
                Number(server.Median(figures => figures.MedianMilliseconds)),
                Number(server.Median(figures => figures.Percentile99Milliseconds)),
                Integer(server.Median(figures => figures.CpuMicroseconds)),
                Integer(server.Median(figures => figures.Mebibytes)));
        }

        return text.ToString();

        void AddRow(params string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    /// <summary>Returns the text of a verdict.</summary>
    public static string Text(Verdict verdict) => verdict switch
    {
        Verdict.Want => "want",
        Verdict.Must => "must",
        Verdict.Missed => "missed",
        _ => "",
    };

    private static string Integer(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>Returns a number with two decimals.</summary>
    public static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Limit(Measurement measurement, double limit) =>
        (measurement.IsRate ? "≥ " : "≤ ") + limit.ToString("0.##", CultureInfo.InvariantCulture);
}
