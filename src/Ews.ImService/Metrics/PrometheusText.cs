using System.Globalization;
using System.Text;

namespace Ews.ImService.Metrics;

/// <summary>Writes metrics in the text formats of Prometheus and OpenMetrics.</summary>
/// <remarks>
/// Prometheus: "Exposition formats", text format 0.0.4. OpenMetrics 1.0. The names derive from those of the instruments as in
/// OpenTelemetry: "Prometheus and OpenMetrics Compatibility".
/// </remarks>
/// <param name="isOpenMetrics"><c>true</c> for OpenMetrics; <c>false</c> for the format of Prometheus.</param>
internal sealed class PrometheusText(bool isOpenMetrics)
{
    /// <summary>The media type of the format of Prometheus.</summary>
    public const string PrometheusType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The media type of OpenMetrics.</summary>
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private const string Total = "_total";

    private readonly StringBuilder _text = new();

    /// <summary>Returns the text of metrics.</summary>
    public string Write(IEnumerable<Metric> metrics)
    {
        foreach (var metric in metrics)
            Write(metric);
        return isOpenMetrics ? _text.Append("# EOF\n").ToString() : _text.ToString();
    }

    /// <summary>Returns the name of the metric of an instrument, without the suffix of counters.</summary>
    public static string NameOf(string instrument, string? unit)
    {
        var name = string.Concat(instrument.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return UnitOf(unit) is { } suffix && !name.EndsWith("_" + suffix, StringComparison.Ordinal) ? $"{name}_{suffix}" : name;
    }

    private static string? UnitOf(string? unit) => unit switch
    {
        "s" => "seconds",
        "By" => "bytes",
        _ => null,
    };

    private void Write(Metric metric)
    {
        var name = NameOf(metric.Instrument.Name, metric.Instrument.Unit);
        var family = metric.Kind == MetricKind.Counter && !isOpenMetrics ? name + Total : name;
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {Escape(metric.Instrument.Description ?? "", isOpenMetrics)}\n");
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {family} {metric.Kind.ToString().ToLowerInvariant()}\n");
        if (isOpenMetrics && UnitOf(metric.Instrument.Unit) is { } unit)
            _text.Append(CultureInfo.InvariantCulture, $"# UNIT {family} {unit}\n");
        foreach (var series in metric.Series.OrderBy(series => Labels(series.Attributes), StringComparer.Ordinal))
            Write(metric.Kind, name, Labels(series.Attributes), series.Read());
    }

    private void Write(MetricKind kind, string name, string labels, MetricValues values)
    {
        if (kind != MetricKind.Histogram)
        {
            WriteSample(kind == MetricKind.Counter ? name + Total : name, labels, Number(values.Sum));
            return;
        }

        foreach (var (boundary, count) in values.Buckets)
            WriteSample(name + "_bucket", Join(labels, $"le=\"{Boundary(boundary)}\""), Number(count));
        WriteSample(name + "_sum", labels, Number(values.Sum));
        WriteSample(name + "_count", labels, Number(values.Count));
    }

    private void WriteSample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value).Append('\n');
    }

    private static string Labels(IReadOnlyList<KeyValuePair<string, object?>> attributes) => string.Join(',', attributes.Select(Label));

    private static string Label(KeyValuePair<string, object?> attribute)
    {
        var value = Convert.ToString(attribute.Value, CultureInfo.InvariantCulture) ?? "";
        return $"{NameOf(attribute.Key, unit: null)}=\"{Escape(value, withQuotes: true)}\"";
    }

    private static string Join(string labels, string label) => labels.Length == 0 ? label : $"{labels},{label}";

    private static string Escape(string text, bool withQuotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return withQuotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    /// <summary>Returns a boundary in the form of OpenMetrics, such as <c>1.0</c>, so that both formats name the same series.</summary>
    private static string Boundary(double value)
    {
        var number = Number(value);
        return double.IsInteger(value) ? number + ".0" : number;
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
