using System.Diagnostics.Metrics;
using Ews.ImService.Metrics;

namespace Ews.ImService.Tests.Metrics;

public sealed class PrometheusTextTests
{
    private static readonly double[] Boundaries = [0.5, 1];

    [Fact]
    public void Labels_and_descriptions_are_escaped()
    {
        using var meter = new Meter("test");
        using var collector = new MetricsCollector(meter);
        var counter = meter.CreateCounter<long>("a.count", "{x}", "Back\\slash and\nline, \"quoted\".");

        counter.Add(2, new KeyValuePair<string, object?>("a.key", "\"\\\n"));

        Write(collector, "a_count", isOpenMetrics: false).Should().Equal(
            "# HELP a_count_total Back\\\\slash and\\nline, \"quoted\".",
            "# TYPE a_count_total counter",
            "a_count_total{a_key=\"\\\"\\\\\\n\"} 2");
        Write(collector, "a_count", isOpenMetrics: true)[0].Should().EndWith("\\\"quoted\\\".");
    }

    [Fact]
    public void A_histogram_has_cumulative_buckets_a_sum_and_a_count()
    {
        using var meter = new Meter("test");
        using var collector = new MetricsCollector(meter);
        var histogram = meter.CreateHistogram(
            "a.size", "By", "A size.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Boundaries });

        foreach (var value in new[] { 0.5, 0.75, 3 })
            histogram.Record(value);

        Write(collector, "a_size", isOpenMetrics: false).Should().Equal(
            "# HELP a_size_bytes A size.",
            "# TYPE a_size_bytes histogram",
            "a_size_bytes_bucket{le=\"0.5\"} 1",
            "a_size_bytes_bucket{le=\"1.0\"} 2",
            "a_size_bytes_bucket{le=\"+Inf\"} 3",
            "a_size_bytes_sum 4.25",
            "a_size_bytes_count 3");
    }

    [Fact]
    public void An_observable_instrument_has_its_last_values_only()
    {
        using var meter = new Meter("test");
        using var collector = new MetricsCollector(meter);
        var kind = "first";
        meter.CreateObservableGauge("a.now", () => new Measurement<long>(7, new KeyValuePair<string, object?>("kind", kind)), "s", "Now.");

        Write(collector, "a_now", isOpenMetrics: false)[^1].Should().Be("a_now_seconds{kind=\"first\"} 7");
        kind = "second";

        Write(collector, "a_now", isOpenMetrics: false).Should().Equal(
            "# HELP a_now_seconds Now.", "# TYPE a_now_seconds gauge", "a_now_seconds{kind=\"second\"} 7");
    }

    /// <summary>Returns the lines that contain a name.</summary>
    private static string[] Write(MetricsCollector collector, string name, bool isOpenMetrics)
    {
        var lines = collector.Read(new PrometheusText(isOpenMetrics).Write).Split('\n');
        return [.. lines.Where(line => line.Contains(name, StringComparison.Ordinal))];
    }
}
