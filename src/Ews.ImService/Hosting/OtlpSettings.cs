using System.Runtime.CompilerServices;
using Ews.ImService.Commands;
using Ews.ImService.Telemetry;

namespace Ews.ImService.Hosting;

/// <summary>The signals that the environment variables of OpenTelemetry select for export. OpenTelemetry reads all other variables.</summary>
/// <param name="ExportsTraces"><c>true</c> to export traces.</param>
/// <param name="ExportsMetrics"><c>true</c> to export metrics.</param>
internal sealed record OtlpSettings(bool ExportsTraces, bool ExportsMetrics)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Gets a value that indicates whether anything is exported.</summary>
    public bool IsEnabled => ExportsTraces || ExportsMetrics;

    /// <summary>Starts the export, if anything is exported. Otherwise, its libraries are not loaded.</summary>
    /// <returns>An object to be disposed when the service has stopped, or <c>null</c>.</returns>
    public IDisposable? Start() => IsEnabled ? StartExport() : null;

    /// <summary>Reads the environment variables of the process.</summary>
    public static OtlpSettings Read() => Read(Environment.GetEnvironmentVariable);

    /// <summary>Reads environment variables.</summary>
    /// <param name="get">Returns the value of a variable, or <c>null</c> if it is not set.</param>
    public static OtlpSettings Read(Func<string, string?> get)
    {
        var isDisabled = string.Equals(get("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        return new OtlpSettings(Exports("TRACES"), Exports("METRICS"));

        bool Exports(string signal) => !isDisabled
            && (IsSet(Endpoint) || IsSet($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"))
            && !string.Equals(get($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase);

        bool IsSet(string name) => !string.IsNullOrEmpty(get(name));
    }

    // The caller must not refer to the type, whose assembly it would load.
    [MethodImpl(MethodImplOptions.NoInlining)]
#pragma warning disable CA1859
    private IDisposable StartExport() => new OtlpExport(HelpText.Version, ExportsTraces, ExportsMetrics);
#pragma warning restore CA1859
}
