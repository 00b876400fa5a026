namespace Ews.ImService.Metrics;

/// <summary>The measurements of an instrument with the same attributes.</summary>
/// <param name="attributes">The attributes.</param>
/// <param name="boundaries">The inclusive upper boundaries of the buckets, in ascending order; empty if there are none.</param>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] attributes, IReadOnlyList<double> boundaries)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[boundaries.Count + 1];
    private double _sum;

    /// <summary>Gets the attributes.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Attributes => attributes;

    /// <summary>Adds a measurement.</summary>
    public void Add(double value)
    {
        var bucket = 0;
        while (bucket < boundaries.Count && value > boundaries[bucket])
            bucket++;
        lock (_lock)
        {
            _counts[bucket]++;
            _sum += value;
        }
    }

    /// <summary>Returns the values at one point in time.</summary>
    public MetricValues Read()
    {
        var buckets = new List<(double Boundary, long Count)>(_counts.Length);
        lock (_lock)
        {
            long count = 0;
            for (var i = 0; i < _counts.Length; i++)
                buckets.Add((i < boundaries.Count ? boundaries[i] : double.PositiveInfinity, count += _counts[i]));
            return new MetricValues(_sum, count, buckets);
        }
    }
}

/// <summary>The values of a series.</summary>
/// <param name="Sum">The sum of the measurements.</param>
/// <param name="Count">The number of measurements.</param>
/// <param name="Buckets">The number of measurements up to each boundary. The last one is infinity.</param>
internal sealed record MetricValues(double Sum, long Count, IReadOnlyList<(double Boundary, long Count)> Buckets);
