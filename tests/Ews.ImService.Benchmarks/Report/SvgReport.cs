using System.Globalization;
using System.Security;
using System.Text;
using Ews.ImService.Benchmarks.Compare;

namespace Ews.ImService.Benchmarks.Report;

/// <summary>Draws the measurements that have limits, as bars.</summary>
/// <remarks>
/// The scale is logarithmic: half and twice a limit are equally far from it. A bar begins at 1, the value of the baseline; to the right is
/// better, so that the bar of a duration is drawn by its reciprocal.
/// </remarks>
internal static class SvgReport
{
    private const int Width = 960;
    private const int RowHeight = 26;
    private const int Top = 64;
    private const int LabelWidth = 500;
    private const int PlotWidth = 360;
    private const double MinRatio = 1 / 16d;
    private const double MaxRatio = 4;
    private const string Black = "#1f2328";
    private const string Gray = "#57606a";
    private const string LightGray = "#8c959f";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Returns the picture.</summary>
    public static string Write(Results results)
    {
        var rows = results.Measurements.Where(one => one is { Limits: not null, Unit.Length: > 0 }).ToList();
        var bottom = Top + (rows.Count * RowHeight);
        var svg = new StringBuilder();
        svg.Append(
            Invariant,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {bottom + 30}\" width=\"{Width}\" height=\"{bottom + 30}\" ");
        svg.Append("font-family=\"system-ui, sans-serif\" font-size=\"12\">\n");
        AddRectangle(svg, 0, 0, Width, bottom + 30, "#ffffff");
        AddText(svg, 16, 24, "start", Black, "Ews.ImService compared with its baselines");
        AddText(svg, 16, 44, "start", Gray, "To the right is better. 1 is the baseline.");
        AddRectangle(svg, 520, 14, 3, 14, Black);
        AddText(svg, 528, 25, "start", Black, "must");
        AddRectangle(svg, 580, 14, 3, 14, LightGray);
        AddText(svg, 588, 25, "start", Black, "want");
        for (var ratio = MinRatio; ratio <= MaxRatio; ratio *= 2)
        {
            AddRectangle(svg, Position(ratio), Top - 6, 1, bottom - Top + 6, ratio == 1 ? Gray : "#d8dee4");
            AddText(svg, Position(ratio), bottom + 16, "middle", Gray, ratio < 1 ? $"1/{1 / ratio:0}" : $"{ratio:0}");
        }

        for (var i = 0; i < rows.Count; i++)
            AddRow(svg, rows[i], Top + (i * RowHeight));
        return svg.Append("</svg>\n").ToString();
    }

    private static void AddRow(StringBuilder svg, Measurement row, int y)
    {
        var (start, end) = (Position(1), Position(Score(row, row.Median)));
        var color = row.Verdict switch
        {
            Verdict.Want => "#1a7f37",
            Verdict.Must => "#4ac26b",
            _ => "#cf222e",
        };
        AddText(svg, LabelWidth - 8, y + 16, "end", Black, $"{row.Subject}: {row.Quantity}");
        AddRectangle(svg, Math.Min(start, end), y + 5, Math.Max(Math.Abs(end - start), 1), 15, color);
        AddRectangle(svg, Position(Score(row, row.Limits!.Must)) - 1.5, y + 2, 3, 21, Black);
        AddRectangle(svg, Position(Score(row, row.Limits.Want)) - 1.5, y + 2, 3, 21, LightGray);
        AddText(svg, Width - 12, y + 16, "end", Black, $"{MarkdownReport.Number(row.Median)} {row.Unit}");
    }

    private static void AddRectangle(StringBuilder svg, double x, int y, double width, int height, string color) => svg.Append(
        Invariant, $"<rect x=\"{x:0.0}\" y=\"{y}\" width=\"{width:0.0}\" height=\"{height}\" fill=\"{color}\"/>\n");

    private static void AddText(StringBuilder svg, double x, int y, string anchor, string color, string text) => svg.Append(
        Invariant,
        $"<text x=\"{x:0.0}\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"{color}\">{SecurityElement.Escape(text)}</text>\n");

    /// <summary>Returns a ratio that is greater if the service is better.</summary>
    private static double Score(Measurement row, double value) => row.IsRate ? value : 1 / value;

    private static double Position(double ratio)
    {
        var share = Math.Log(Math.Clamp(ratio, MinRatio, MaxRatio) / MinRatio) / Math.Log(MaxRatio / MinRatio);
        return LabelWidth + (share * PlotWidth);
    }
}
