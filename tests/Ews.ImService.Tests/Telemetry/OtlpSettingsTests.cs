using Ews.ImService.Hosting;

namespace Ews.ImService.Tests.Telemetry;

public sealed class OtlpSettingsTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, false, "OTEL_EXPORTER_OTLP_ENDPOINT=")]
    [InlineData(true, true, "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317")]
    [InlineData(true, false, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:4317")]
    [InlineData(false, true, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://localhost:4317")]
    [InlineData(false, true, "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317", "OTEL_TRACES_EXPORTER=none")]
    [InlineData(true, false, "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317", "OTEL_METRICS_EXPORTER=None")]
    [InlineData(true, true, "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317", "OTEL_METRICS_EXPORTER=otlp")]
    [InlineData(false, false, "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317", "OTEL_SDK_DISABLED=TRUE")]
    [InlineData(true, true, "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317", "OTEL_SDK_DISABLED=no")]
    public void The_environment_selects_the_signals(bool traces, bool metrics, params string[] variables)
    {
        var environment = variables.Select(variable => variable.Split('=')).ToDictionary(parts => parts[0], parts => parts[1]);

        OtlpSettings.Read(environment.GetValueOrDefault).Should().Be(new OtlpSettings(traces, metrics));
    }
}
