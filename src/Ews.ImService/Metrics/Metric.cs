using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Ews.ImService.Metrics;

/// <summary>The kinds of metrics.</summary>
internal enum MetricKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A value that grows and shrinks.</summary>
    Gauge,

    /// <summary>The distribution of values.</summary>
    Histogram,
}

/// <summary>The measurements of one instrument, by their attributes.</summary>
/// <param name="instrument">The instrument.</param>
/// <param name="kind">The kind.</param>
/// <param name="boundaries">The boundaries of the buckets of a histogram; otherwise, empty.</param>
internal sealed class Metric(Instrument instrument, MetricKind kind, IReadOnlyList<double> boundaries)
{
    /// <summary>The counters of the .NET runtime whose values also fall, which no counter of Prometheus does.</summary>
    private static readonly string[] FallingCounters = ["dotnet.thread_pool.queue.length", "dotnet.thread_pool.thread.count"];

    private readonly ConcurrentDictionary<AttributeValues, MetricSeries> _series = new();

    /// <summary>Gets the instrument.</summary>
    public Instrument Instrument => instrument;

    /// <summary>Gets the kind.</summary>
    public MetricKind Kind => kind;

    /// <summary>Gets the series, in no particular order.</summary>
    public IEnumerable<MetricSeries> Series => _series.Select(series => series.Value);

    /// <summary>Creates the metric of an instrument.</summary>
    public static Metric Create(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        if (type == typeof(Histogram<>))
            return new Metric(instrument, MetricKind.Histogram, BoundariesOf(instrument));
        var isCounter = (type == typeof(Counter<>) || type == typeof(ObservableCounter<>)) && !FallingCounters.Contains(instrument.Name);
        return new Metric(instrument, isCounter ? MetricKind.Counter : MetricKind.Gauge, []);
    }

    /// <summary>Forgets the values of an observable instrument, which are about to be observed again.</summary>
    public void BeginObservation()
    {
        if (instrument.IsObservable)
            _series.Clear();
    }

    /// <summary>Adds a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> attributes)
    {
        var key = new AttributeValues(attributes);
        if (!_series.TryGetValue(key, out var series))
            series = _series.GetOrAdd(key, new MetricSeries(attributes.ToArray(), boundaries));
        series.Add(value);
    }

    private static IReadOnlyList<double> BoundariesOf(Instrument instrument) =>
        instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } boundaries }
            ? boundaries
            : throw new NotSupportedException($"The histogram {instrument.Name} has no boundaries.");

    /// <summary>The values of the attributes of a measurement. An instrument always gives them in the same order, and has at most three.
    /// </summary>
    /// <remarks>A class, because the runtime compiles dictionaries with other keys when the service starts.</remarks>
    private sealed record AttributeValues(object? First, object? Second, object? Third)
    {
        public AttributeValues(ReadOnlySpan<KeyValuePair<string, object?>> attributes)
            : this(
                attributes.Length > 0 ? attributes[0].Value : null,
                attributes.Length > 1 ? attributes[1].Value : null,
                attributes.Length > 2 ? attributes[2].Value : null)
        {
        }
    }
}
