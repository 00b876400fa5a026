using System.Globalization;
using OpenTelemetry.Exporter;

namespace Ews.ImService.Telemetry;

/// <summary>The environment variables of one signal, which precede those of all signals. The exporter reads only the latter.</summary>
/// <remarks>OpenTelemetry: "OpenTelemetry Protocol Exporter", "Configuration Options".</remarks>
internal static class SignalVariables
{
    /// <summary>Applies the variables of a signal, which are valid, to the options of its exporter.</summary>
    /// <param name="options">The options.</param>
    /// <param name="signal">The part of the names that stands for the signal, such as <c>TRACES</c>.</param>
    public static void Apply(OtlpExporterOptions options, string signal)
    {
        if (Get("PROTOCOL") is { } protocol)
            options.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        if (Uri.TryCreate(Get("ENDPOINT"), UriKind.Absolute, out var endpoint))
            options.Endpoint = endpoint;
        if (Get("HEADERS") is { } headers)
            options.Headers = headers;
        if (int.TryParse(Get("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            options.TimeoutMilliseconds = milliseconds;

        string? Get(string name) => Environment.GetEnvironmentVariable($"OTEL_EXPORTER_OTLP_{signal}_{name}") is { Length: > 0 } value
            ? value
            : null;
    }
}
