using Ews.ImService.Mailbox;
using Ews.ImService.Metrics;
using Ews.ImService.Settings;

namespace Ews.ImService.Hosting;

/// <summary>The instruments of a service, and what reads them: the endpoint for Prometheus, and the export by OTLP.</summary>
internal sealed class ServiceObservation : IAsyncDisposable
{
    private readonly Task<MetricsCollector>? _metrics;
    private readonly IDisposable? _export;

    /// <summary>Starts to read the instruments.</summary>
    /// <param name="settings">The settings of the service.</param>
    /// <param name="loggers">Creates the logger of an export that fails.</param>
    public ServiceObservation(ServiceSettings settings, ILoggerFactory loggers)
    {
        // Starting to listen takes a few milliseconds, in which the service does other work.
        _metrics = settings.HasMetrics ? Task.Run(() => new MetricsCollector(Instrumentation.Meter)) : null;
        _export = settings.Export.Start(loggers);
    }

    /// <summary>Gets the meter and the activity source.</summary>
    public Instrumentation Instrumentation { get; } = new();

    /// <summary>Gets a value that indicates whether traces or metrics are exported.</summary>
    public bool IsExporting => _export is not null;

    /// <summary>Waits until measurements are collected, so that none is missed.</summary>
    public Task WaitUntilReadyAsync() => _metrics ?? Task.CompletedTask;

    /// <summary>Maps the endpoint for Prometheus, if it is enabled.</summary>
    public void MapMetrics(IEndpointRouteBuilder endpoints)
    {
        if (_metrics is not null)
            endpoints.MapMetrics(_metrics.Result);
    }

    /// <summary>Exports what is not exported yet.</summary>
    public async ValueTask DisposeAsync()
    {
        _export?.Dispose();
        if (_metrics is not null)
            (await _metrics).Dispose();
        Instrumentation.Dispose();
    }
}
