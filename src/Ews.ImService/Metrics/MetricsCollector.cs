using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Ews.ImService.Metrics;

/// <summary>Collects the measurements of one service and, from the first read on, of the .NET runtime.</summary>
/// <remarks>A process can contain several services, so the meter is compared by reference, not by name.</remarks>
internal sealed class MetricsCollector : IDisposable
{
    private const string RuntimeMeter = "System.Runtime";

    private readonly Lock _reading = new();
    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();
    private readonly MeterListener _service;
    private readonly Lazy<MeterListener> _runtime;

    /// <summary>Starts to collect the measurements of a meter, whose instruments may be created later.</summary>
    /// <param name="meter">The meter of the service.</param>
    public MetricsCollector(Meter meter)
    {
        _service = Listen(instrument => instrument.Meter == meter);

        // Its values are those since the start of the process, except those of instruments that are not observable.
        _runtime = new Lazy<MeterListener>(() => Listen(instrument => instrument is { Meter.Name: RuntimeMeter, IsObservable: true }));
    }

    /// <summary>Returns all metrics with their present values, ordered by name.</summary>
    /// <param name="read">Reads the metrics. They do not change in the meantime, except those that requests record.</param>
    public T Read<T>(Func<IEnumerable<Metric>, T> read)
    {
        lock (_reading)
        {
            foreach (var metric in _metrics.Values)
                metric.BeginObservation();
            _service.RecordObservableInstruments();
            _runtime.Value.RecordObservableInstruments();
            return read(_metrics.Values.OrderBy(metric => metric.Instrument.Name, StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _service.Dispose();
        if (_runtime.IsValueCreated)
            _runtime.Value.Dispose();
    }

    private MeterListener Listen(Func<Instrument, bool> isWanted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (isWanted(instrument))
                    listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument, Metric.Create));
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        listener.Start();
        return listener;
    }
}
