using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Telemetry;

/// <summary>Logs the first export that fails. The exporter reports failures only to listeners of its event source.</summary>
internal sealed partial class ExportFailures : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private readonly ILogger _logger;
    private int _isLogged;

    /// <summary>Starts to listen.</summary>
    public ExportFailures(ILogger logger)
    {
        _logger = logger;

        // The base class reports the sources that exist before the constructor has stored the logger.
        EventSourceCreated += (_, e) => Listen(e.EventSource!);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource.Name != Exporter || Interlocked.Exchange(ref _isLogged, 1) != 0)
            return;
        var text = string.Format(CultureInfo.InvariantCulture, eventData.Message ?? "{0}", [.. eventData.Payload ?? []]);
        LogFailed(_logger, text.Split('\n')[0].Trim().TrimEnd('.'));
    }

    private void Listen(EventSource source)
    {
        if (source.Name == Exporter)
            EnableEvents(source, EventLevel.Error);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Traces or metrics could not be exported by OTLP and are lost; further failures are not logged: {Reason:l}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
