using System.Text;
using System.Text.Json;
using Ews.ImService.Harness;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Telemetry;

public sealed class OtlpExportTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string ClientSpanId = "b7ad6b7169203331";
    private const int Server = 2;
    private const int Internal = 1;

    private readonly TemporaryDirectory _directory = new();
    private readonly OtlpReceiver _receiver = new();

    public void Dispose()
    {
        _receiver.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_request_is_a_span_of_its_client_s_trace_with_spans_of_the_store()
    {
        var (service, client) = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _receiver.Url,
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=secret",
            ["OTEL_SERVICE_NAME"] = "my-exchange",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment=ci",
        });
        await using var _ = service;

        await PostInTraceAsync(client, EwsRequest.AddImGroup("Team"));
        await _receiver.WaitAsync(receiver => receiver.Spans.Any(span => span.Kind == Server));

        var spans = _receiver.Spans.ToList();
        var request = spans.Single(span => span.Kind == Server);
        var store = spans.Single(span => span.Name == "store.request");
        var commit = spans.Single(span => span.Name == "store.commit");
        spans.Should().HaveCount(3).And.OnlyContain(span => span.TraceId == TraceId);
        request.Should().BeEquivalentTo(new { Name = "EWS AddImGroup", ParentId = ClientSpanId, TraceState = "vendor=1" });
        request.Attributes.Should().Contain(new Dictionary<string, string>
        {
            ["http.request.method"] = "POST",
            ["http.response.status_code"] = "200",
            ["url.path"] = "/EWS/Exchange.asmx",
            ["ews.operation"] = "AddImGroup",
            ["ews.response_code"] = "NoError",
            ["ews.realm"] = "test-1",
        });
        request.Resource["service.name"].Should().Be("my-exchange");
        request.Resource["deployment.environment"].Should().Be("ci");
        request.Resource["service.version"].Should().NotBeEmpty();
        store.Should().BeEquivalentTo(new { ParentId = request.Id, Kind = Internal });
        store.Attributes["ews.store.batch.size"].Should().Be("1");
        commit.ParentId.Should().Be(store.Id);
        commit.Nanoseconds.Should().BePositive().And.BeLessThanOrEqualTo(store.Nanoseconds);
        _receiver.Requests.Should().OnlyContain(received => received.Key == "secret");
        service.OutputLines.Should().ContainSingle(line => line.EndsWith($", trace {TraceId}", StringComparison.Ordinal));
        var entries = await client.GetStringAsync($"/realms/test-1{ControlCalls.Api}/journal");
        JsonDocument.Parse(entries).RootElement.GetProperty("entries")[0].GetProperty("traceId").GetString().Should().Be(TraceId);
    }

    [Fact]
    public async Task Metrics_are_exported_and_what_is_left_is_sent_at_the_end()
    {
        var (service, client) = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _receiver.Url,
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "3600000",
        });
        await using var _ = service;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));

        (await service.TerminateAsync()).Should().Be(0);

        var metrics = _receiver.Metrics.GroupBy(metric => metric.Text(1)).ToDictionary(group => group.Key, group => group.Last());
        var duration = metrics["ews.server.request.duration"];
        duration.Text(3).Should().Be("s");
        var point = duration.Messages(9, 1).Single();
        point.Fixed64(4).Should().Be(1);
        point.Attributes(9).Should().Contain("ews.operation", "AddImGroup").And.Contain("http.response.status_code", "200");
        metrics.Should().ContainKeys("ews.store.batch.size", "ews.store.commit.duration", "ews.realms", "dotnet.process.cpu.time");
        service.Output.Should().Contain("exported by OTLP");
    }

    [Fact]
    public async Task The_variables_of_one_signal_select_it_and_its_endpoint()
    {
        var (service, client) = await StartAsync(new() { ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = _receiver.Url + "/mine/v1/traces" });
        await using var _ = service;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));

        (await service.TerminateAsync()).Should().Be(0);

        _receiver.Requests.Select(request => request.Path).Distinct().Should().Equal("/mine/v1/traces");
    }

    [Fact]
    public async Task The_sampler_is_that_of_the_environment()
    {
        var (service, client) = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _receiver.Url,
            ["OTEL_TRACES_SAMPLER"] = "always_off",
        });
        await using var _ = service;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));

        (await service.TerminateAsync()).Should().Be(0);

        _receiver.Spans.Should().BeEmpty();
        _receiver.Metrics.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_receiver_that_is_down_affects_neither_requests_nor_the_stop_and_is_logged_once(string protocol)
    {
        var endpoint = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        var (service, client) = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
            ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = protocol,
        });
        await using var _ = service;

        (await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"))).Should().Contain("NoError");
        (await service.TerminateAsync()).Should().Be(0);

        service.Errors.Should().BeEmpty();
        service.OutputLines.Should().ContainSingle(line => line.Contains(" WRN Traces or metrics could not be exported by OTLP "))
            .Which.Should().Contain(endpoint);
    }

    [Fact]
    public async Task A_receiver_that_rejects_the_export_is_logged()
    {
        _receiver.Status = 404;
        var (service, client) = await StartAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _receiver.Url });
        await using var _ = service;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));

        (await service.TerminateAsync()).Should().Be(0);

        service.Output.Should().Contain(" WRN Traces or metrics could not be exported by OTLP ").And.Contain("404");
    }

    [Fact]
    public async Task An_invalid_variable_fails_the_start()
    {
        var failed = await ServiceProcess.RunAsync(
            _directory, ["--db", ":memory:", "--urls", "http://127.0.0.1:0"], new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "nonsense" });

        failed.ExitCode.Should().Be(2);
        failed.Errors.Should().StartWith("OTEL_EXPORTER_OTLP_ENDPOINT must be an absolute URL ");
    }

    [Theory]
    [InlineData(false, "OTEL_SERVICE_NAME", "my-exchange")]
    [InlineData(false, "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9", "OTEL_SDK_DISABLED", "true")]
    [InlineData(true, "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")]
    public async Task OpenTelemetry_is_loaded_only_if_an_endpoint_is_configured(bool isLoaded, params string[] variables)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var environment = variables.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        var (service, client) = await StartAsync(environment);
        await using var _ = service;
        await PostInTraceAsync(client, EwsRequest.AddImGroup("Team"));
        await client.GetStringAsync("/metrics");

        var loaded = service.MappedFiles();

        loaded.Should().Contain(file => file.EndsWith("/Ews.ImService.Protocol.dll"));
        loaded.Any(file => file.Contains("/OpenTelemetry") || file.EndsWith("/Ews.ImService.Telemetry.dll")).Should().Be(isLoaded);
    }

    private Task<(ServiceProcess Process, HttpClient Client)> StartAsync(Dictionary<string, string> environment)
    {
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        environment["OTEL_BSP_SCHEDULE_DELAY"] = "50";
        return ServiceProcess.StartAsync(_directory, environment, "--db", ":memory:");
    }

    private static async Task PostInTraceAsync(HttpClient client, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/realms/test-1/EWS/Exchange.asmx");
        request.Content = new StringContent(body, Encoding.UTF8, "text/xml");
        request.Headers.Add("traceparent", $"00-{TraceId}-{ClientSpanId}-01");
        request.Headers.Add("tracestate", "vendor=1");
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
