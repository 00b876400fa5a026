using System.Globalization;
using System.Runtime.CompilerServices;
using Ews.ImService.Commands;
using Ews.ImService.Configuration;
using Ews.ImService.Telemetry;

namespace Ews.ImService.Hosting;

/// <summary>The signals that the environment variables of OpenTelemetry select for export. OpenTelemetry applies the other variables.
/// </summary>
/// <param name="ExportsTraces"><c>true</c> to export traces.</param>
/// <param name="ExportsMetrics"><c>true</c> to export metrics.</param>
internal sealed record OtlpSettings(bool ExportsTraces, bool ExportsMetrics)
{
    /// <summary>The settings that export nothing.</summary>
    public static readonly OtlpSettings None = new(ExportsTraces: false, ExportsMetrics: false);

    private const string AllSignals = "OTEL_EXPORTER_OTLP_";
    private const string Endpoint = "ENDPOINT";

    /// <summary>Gets a value that indicates whether anything is exported.</summary>
    public bool IsEnabled => ExportsTraces || ExportsMetrics;

    /// <summary>Starts the export, if anything is exported. Otherwise, its libraries are not loaded.</summary>
    /// <param name="loggers">Creates the logger of failures.</param>
    /// <returns>An object to be disposed when the service has stopped, or <c>null</c>.</returns>
    public IDisposable? Start(ILoggerFactory loggers) => IsEnabled ? StartExport(loggers) : null;

    /// <summary>Reads the environment variables of the process.</summary>
    /// <exception cref="SettingsException">A variable is not valid.</exception>
    public static OtlpSettings Read() => Read(Environment.GetEnvironmentVariable);

    /// <summary>Reads environment variables. Those of an export that is disabled can have any value.</summary>
    /// <param name="get">Returns the value of a variable, or <c>null</c> if it is not set.</param>
    /// <exception cref="SettingsException">A variable is not valid.</exception>
    public static OtlpSettings Read(Func<string, string?> get)
    {
        if (IsEqual(get("OTEL_SDK_DISABLED"), "true"))
            return None;
        var settings = new OtlpSettings(Exports("TRACES"), Exports("METRICS"));
        if (!settings.IsEnabled)
            return None;
        List<string> prefixes = [AllSignals];
        if (settings.ExportsTraces)
            prefixes.Add(PrefixOf("TRACES"));
        if (settings.ExportsMetrics)
            prefixes.Add(PrefixOf("METRICS"));
        var problems = prefixes.SelectMany(prefix => FindProblems(prefix, get)).ToList();
        return problems.Count == 0 ? settings : throw new SettingsException(problems);

        bool Exports(string signal) => (IsSet(AllSignals + Endpoint) || IsSet(PrefixOf(signal) + Endpoint))
            && !IsEqual(get($"OTEL_{signal}_EXPORTER"), "none");

        bool IsSet(string name) => !string.IsNullOrEmpty(get(name));
    }

    private static string PrefixOf(string signal) => $"{AllSignals}{signal}_";

    private static IEnumerable<string> FindProblems(string prefix, Func<string, string?> get)
    {
        return new[]
        {
            Problem(Endpoint, IsHttpUrl, "an absolute URL that begins with http:// or https://"),
            Problem("PROTOCOL", text => text is "grpc" or "http/protobuf", "grpc or http/protobuf"),
            Problem("TIMEOUT", IsMilliseconds, "a number of milliseconds, 1 or more"),
            Problem("HEADERS", AreHeaders, "a list such as key=value,key2=value2", isSecret: true),
        }.OfType<string>();

        string? Problem(string name, Func<string, bool> isValid, string rule, bool isSecret = false)
        {
            if (get(prefix + name) is not { Length: > 0 } text || isValid(text))
                return null;
            return $"{prefix}{name} must be {rule}" + (isSecret ? "." : $", but is '{text}'.");
        }
    }

    private static bool IsHttpUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    private static bool IsMilliseconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0;

    private static bool AreHeaders(string text) => text.Split(',').All(pair => pair.Trim().IndexOf('=', StringComparison.Ordinal) > 0);

    private static bool IsEqual(string? text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);

    // The caller must not refer to the type, whose assembly it would load.
    [MethodImpl(MethodImplOptions.NoInlining)]
#pragma warning disable CA1859
    private IDisposable StartExport(ILoggerFactory loggers) =>
        new OtlpExport(HelpText.Version, ExportsTraces, ExportsMetrics, loggers.CreateLogger<OtlpExport>());
#pragma warning restore CA1859
}
