using System.Globalization;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>A quantity of the service as a ratio to a baseline, or as an exponent, in every round.</summary>
/// <param name="Subject">The load or the event that was measured.</param>
/// <param name="Quantity">The quantity.</param>
/// <param name="Unit">The unit: <c>× L0</c>, <c>× L1</c>, or empty for an exponent.</param>
/// <param name="Rounds">The value of each round.</param>
/// <param name="Limits">The limits, or <c>null</c>.</param>
/// <param name="IsRate"><c>true</c> if greater is better; otherwise, <c>false</c>.</param>
internal sealed record Measurement(
    string Subject, string Quantity, string Unit, IReadOnlyList<double> Rounds, Limits? Limits = null, bool IsRate = false)
{
    /// <summary>Gets the median of the rounds, with two decimals.</summary>
    public double Median => Math.Round(Statistics.Median(Rounds), 2);

    /// <summary>Gets the verdict.</summary>
    public Verdict Verdict => Limits switch
    {
        null => Verdict.None,
        { Want: var want } when Meets(want) => Verdict.Want,
        { Must: var must } when Meets(must) => Verdict.Must,
        _ => Verdict.Missed,
    };

    private bool Meets(double limit) => IsRate ? Median >= limit : Median <= limit;
}

/// <summary>The limit that a measurement meets.</summary>
internal enum Verdict
{
    /// <summary>There is no limit.</summary>
    None,

    /// <summary>The measurement meets neither limit.</summary>
    Missed,

    /// <summary>The measurement meets the limit that the service must meet.</summary>
    Must,

    /// <summary>The measurement meets the limit that the service should meet.</summary>
    Want,
}

/// <summary>The figures of a server under a load.</summary>
/// <param name="PerSecond">The number of requests per second.</param>
/// <param name="MedianMilliseconds">The median latency.</param>
/// <param name="Percentile99Milliseconds">The 99th percentile of the latency.</param>
/// <param name="CpuMicroseconds">The CPU time per request.</param>
/// <param name="Mebibytes">The resident memory at the end.</param>
internal sealed record LoadFigures(
    double PerSecond, double MedianMilliseconds, double Percentile99Milliseconds, double CpuMicroseconds, double Mebibytes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{PerSecond:0}/s, p50 {MedianMilliseconds:0.00} ms, p99 {Percentile99Milliseconds:0.00} ms, "
        + $"{CpuMicroseconds:0} µs CPU, {Mebibytes:0} MiB");
}

/// <summary>Statistics of rounds.</summary>
internal static class Statistics
{
    /// <summary>Returns the median; of an even number of values, the mean of the middle two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
