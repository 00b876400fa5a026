using Ews.ImService.Mailbox;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ews.ImService.Telemetry;

/// <summary>Exports traces and metrics by OTLP. The environment variables of OpenTelemetry configure the export.</summary>
/// <remarks>OpenTelemetry: "OpenTelemetry Protocol Exporter", "Environment Variable Specification".</remarks>
public sealed class OtlpExport : IDisposable
{
    private const string DefaultServiceName = "ews-imservice";
    private const string RuntimeMeter = "System.Runtime";

    /// <summary>The maximum time in milliseconds to send what is not sent yet: a receiver that is down must not delay the stop.</summary>
    private const int FlushTimeout = 1500;

    private readonly ExportFailures _failures;
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    /// <summary>Starts the export of a service.</summary>
    /// <param name="version">The version of the service.</param>
    /// <param name="exportsTraces"><c>true</c> to export traces.</param>
    /// <param name="exportsMetrics"><c>true</c> to export metrics.</param>
    /// <param name="logger">The logger of failures.</param>
    public OtlpExport(string version, bool exportsTraces, bool exportsMetrics, ILogger logger)
    {
        _failures = new ExportFailures(logger);

        // The last detector wins, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES replace the defaults.
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(DefaultServiceName, serviceVersion: version)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        if (exportsTraces)
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(Instrumentation.ServiceName)
                .AddOtlpExporter(options => SignalVariables.Apply(options, "TRACES"))
                .Build();
        }

        if (exportsMetrics)
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(Instrumentation.ServiceName, RuntimeMeter)
                .AddOtlpExporter(options => SignalVariables.Apply(options, "METRICS"))
                .Build();
        }
    }

    /// <summary>Sends what is not sent yet, and ends the export.</summary>
    public void Dispose()
    {
        _traces?.Shutdown(FlushTimeout);
        _metrics?.Shutdown(FlushTimeout);
        _traces?.Dispose();
        _metrics?.Dispose();
        _failures.Dispose();
    }
}
