using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ews.ImService.Mailbox;

/// <summary>The meter and the activity source of one service, which its parts share.</summary>
/// <remarks>Measurements and activities cost next to nothing until a listener is interested in them.</remarks>
public sealed class Instrumentation : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string ServiceName = "Ews.ImService";

    /// <summary>The name of an instance that no listener is interested in.</summary>
    public const string UnobservedName = ServiceName + ".Unobserved";

    /// <summary>The boundaries of the buckets of a duration, in seconds.</summary>
    private static readonly double[] DurationBoundaries =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Initializes an instance.</summary>
    /// <param name="name">The name of the meter and of the activity source.</param>
    public Instrumentation(string name = ServiceName) =>
        (Meter, ActivitySource) = (new Meter(name), new ActivitySource(name));

    /// <summary>Gets the meter.</summary>
    public Meter Meter { get; }

    /// <summary>Gets the activity source.</summary>
    public ActivitySource ActivitySource { get; }

    /// <summary>Creates a histogram of durations in seconds.</summary>
    /// <param name="name">The name of the instrument.</param>
    /// <param name="description">The description of the instrument.</param>
    public Histogram<double> CreateDuration(string name, string description) => Meter.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBoundaries });

    /// <inheritdoc/>
    public void Dispose()
    {
        Meter.Dispose();
        ActivitySource.Dispose();
    }
}
