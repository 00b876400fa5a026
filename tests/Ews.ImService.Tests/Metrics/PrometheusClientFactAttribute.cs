namespace Ews.ImService.Tests.Metrics;

/// <summary>A test with the Python client library of Prometheus. Without it, the test is reported as skipped.</summary>
internal sealed class PrometheusClientFactAttribute : FactAttribute
{
    public PrometheusClientFactAttribute() =>
        Skip = Python.Run("-c", "import prometheus_client") == 0 ? null : "python3-prometheus-client is not installed.";
}
