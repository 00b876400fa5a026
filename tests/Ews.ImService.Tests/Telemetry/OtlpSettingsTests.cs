using Ews.ImService.Configuration;
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
    public void The_environment_selects_the_signals(bool traces, bool metrics, params string[] variables) =>
        Read(variables).Should().Be(new OtlpSettings(traces, metrics));

    [Theory]
    [InlineData("ENDPOINT", "not a url", "an absolute URL that begins with http:// or https://, but is 'not a url'")]
    [InlineData("ENDPOINT", "localhost:4317", "an absolute URL that begins with http:// or https://, but is 'localhost:4317'")]
    [InlineData("TRACES_ENDPOINT", "/v1/traces", "an absolute URL that begins with http:// or https://, but is '/v1/traces'")]
    [InlineData("PROTOCOL", "http/json", "grpc or http/protobuf, but is 'http/json'")]
    [InlineData("METRICS_PROTOCOL", "bogus", "grpc or http/protobuf, but is 'bogus'")]
    [InlineData("TIMEOUT", "0", "a number of milliseconds, 1 or more, but is '0'")]
    [InlineData("TRACES_TIMEOUT", "10s", "a number of milliseconds, 1 or more, but is '10s'")]
    [InlineData("HEADERS", "Bearer secret", "a list such as key=value,key2=value2")]
    public void An_invalid_variable_is_an_invalid_setting(string name, string value, string rule)
    {
        string[] others = name == "ENDPOINT" ? [] : ["OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317"];

        var read = () => Read([.. others, $"OTEL_EXPORTER_OTLP_{name}={value}"]);

        read.Should().Throw<SettingsException>().Which.Problems.Should().Equal($"OTEL_EXPORTER_OTLP_{name} must be {rule}.");
    }

    [Fact]
    public void All_invalid_variables_are_reported()
    {
        var read = () => Read("OTEL_EXPORTER_OTLP_ENDPOINT=x", "OTEL_EXPORTER_OTLP_PROTOCOL=x", "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT=x");

        read.Should().Throw<SettingsException>().Which.Problems.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=bogus")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=x", "OTEL_SDK_DISABLED=true")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=x", "OTEL_TRACES_EXPORTER=none")]
    public void Variables_of_a_disabled_export_are_not_verified(params string[] variables) =>
        Read(variables).Should().Be(OtlpSettings.None);

    private static OtlpSettings Read(params string[] variables)
    {
        var environment = variables.Select(variable => variable.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        return OtlpSettings.Read(environment.GetValueOrDefault);
    }
}
