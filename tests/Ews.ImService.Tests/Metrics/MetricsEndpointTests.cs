using System.Net;
using System.Text;
using Ews.ImService.Protocol;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Metrics;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task Requests_are_counted_by_operation_response_code_and_status()
    {
        await using var service = await TestService.StartAsync();

        await service.AddGroupAsync("Team");
        await service.PostAsync(EwsRequest.AddImGroup("Team"));
        await service.PostAsync(EwsRequest.AddImGroup("Team").Replace("AddImGroup", "Unknown", StringComparison.Ordinal));
        await service.PostAsync("no XML");

        (await service.WaitForSampleAsync("ews_server_request_duration_seconds_count", 1, "other", "ErrorSchemaValidation", "500"))
            .Should().BeTrue();
        var counts = (await service.MetricsAsync())["ews_server_request_duration_seconds"].Samples
            .Where(sample => sample.Name.EndsWith("_count", StringComparison.Ordinal))
            .Select(sample => string.Join(' ', sample.Labels.Values) + " " + sample.Value);
        counts.Should().BeEquivalentTo(
            "AddImGroup NoError 200 1",
            "AddImGroup ErrorImGroupDisplayNameAlreadyExists 200 1",
            "other ErrorInvalidRequest 500 1",
            "other ErrorSchemaValidation 500 1");
    }

    [Fact]
    public async Task Rejected_requests_and_injected_faults_are_counted()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(Encoding.UTF8.GetBytes("x"), contentType: "text/html");
        using var added = await service.SendAsync("POST", "/faults", """{ "kind": "serverBusy" }""");

        await service.PostAsync(EwsRequest.AddImGroup("Team"));

        (await service.WaitForSampleAsync("ews_server_rejected_requests_total", 1, "415")).Should().BeTrue();
        (await service.WaitForSampleAsync("ews_faults_injected_total", 1, "serverBusy")).Should().BeTrue();
    }

    [Fact]
    public async Task The_store_its_cache_subscriptions_and_realms_are_measured()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");
        await service.PostAsync(EwsRequest.GetImItemList());
        await service.PostAsync(EwsRequest.GetImItemList());
        await service.PostAsync(EwsRequest.For("Subscribe", """
            <m:StreamingSubscriptionRequest SubscribeToAllFolders="true"><t:EventTypes>
            <t:EventType>CreatedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest>
            """));

        (await service.WaitForSampleAsync("ews_store_commit_duration_seconds_count", 1)).Should().BeTrue();
        var metrics = await service.MetricsAsync();

        Value(metrics, "ews_im_list_cache_requests_total", "miss").Should().Be(1);
        Value(metrics, "ews_im_list_cache_requests_total", "hit").Should().Be(1);
        Value(metrics, "ews_im_list_cache_size_bytes").Should().BePositive();
        Value(metrics, "ews_subscriptions", "streaming").Should().Be(1);
        Value(metrics, "ews_subscriptions", "pull").Should().Be(0);
        Value(metrics, "ews_realms").Should().Be(1);
        Value(metrics, "ews_journal_entries").Should().Be(4);
        Value(metrics, "ews_journal_size_bytes").Should().BePositive();
        Value(metrics, "ews_store_cached_mailboxes").Should().Be(1);
        Value(metrics, "ews_store_queue_length").Should().Be(0);
        Sum(metrics, "ews_store_batch_size_sum").Should().BePositive();
        Value(metrics, "dotnet_process_cpu_time_seconds_total", "user").Should().BePositive();
        Value(metrics, "dotnet_process_memory_working_set_bytes").Should().BePositive();
    }

    [Fact]
    public async Task Two_services_in_a_process_are_measured_separately()
    {
        await using var first = await TestService.StartAsync();
        await using var second = await TestService.StartAsync();

        await first.AddGroupAsync("Team");

        (await first.WaitForSampleAsync("ews_server_request_duration_seconds_count", 1, "AddImGroup", "NoError", "200")).Should().BeTrue();
        (await second.MetricsAsync())["ews_server_request_duration_seconds"].Samples.Should().BeEmpty();
    }

    [Fact]
    public async Task The_endpoint_needs_no_token_appears_in_no_journal_and_can_be_disabled()
    {
        var settings = TestService.InMemory;
        await using var service = await TestService.StartAsync(
            settings with { Control = settings.Control with { Token = "secret-of-the-control-api" } });
        await using var disabled = await TestService.StartAsync(settings with { HasMetrics = false });

        var metrics = await service.MetricsAsync();
        using var missing = await disabled.Client.GetAsync("/metrics");

        Value(metrics, "ews_journal_entries").Should().Be(0);
        missing.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1", true)]
    [InlineData("application/openmetrics-text;q=0.2,text/plain;version=0.0.4;q=0.9", false)]
    public async Task The_format_is_negotiated(string? accept, bool isOpenMetrics)
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(Encoding.UTF8.GetBytes("x"), contentType: "text/html");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await service.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();

        response.Content.Headers.ContentType!.ToString().Should().Be(isOpenMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8");
        text.EndsWith("\n# EOF\n", StringComparison.Ordinal).Should().Be(isOpenMetrics);
        text.Contains("# TYPE ews_server_rejected_requests counter\n", StringComparison.Ordinal).Should().Be(isOpenMetrics);
        text.Contains("# UNIT ews_journal_size_bytes bytes\n", StringComparison.Ordinal).Should().Be(isOpenMetrics);
        text.Should().Contain("ews_server_rejected_requests_total{http_response_status_code=\"415\"} 1\n");
    }

    [PrometheusClientFact]
    public async Task The_client_library_of_Prometheus_reads_both_formats()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");
        var script = """
            import sys, urllib.request
            from prometheus_client import parser
            from prometheus_client.openmetrics import parser as openmetrics
            def read(accept):
                request = urllib.request.Request(sys.argv[1], headers={'Accept': accept})
                return urllib.request.urlopen(request).read().decode()
            plain = {family.name: family for family in parser.text_string_to_metric_families(read('text/plain'))}
            strict = {family.name: family for family in openmetrics.text_string_to_metric_families(read('application/openmetrics-text'))}
            assert plain.keys() == strict.keys(), plain.keys() ^ strict.keys()
            print(strict['ews_store_commit_duration_seconds'].type, strict['ews_faults_injected'].type)
            """;

        var (exitCode, output) = await Python.RunAsync("-c", script, new Uri(service.Client.BaseAddress!, "/metrics").AbsoluteUri);

        exitCode.Should().Be(0, output);
        output.Trim().Should().Be("histogram counter");
    }

    [Fact]
    public async Task A_request_whose_client_disconnects_while_the_response_is_sent_is_measured()
    {
        await using var service = await TestService.StartAsync();
        using var added = await service.SendAsync("POST", "/faults", """{ "kind": "slowBody", "bytesPerSecond": 1 }""");
        using var request = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path);
        request.Content = new StringContent(EwsRequest.AddImGroup("Team"), Encoding.UTF8, "text/xml");
        using (await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
        }

        (await service.WaitForSampleAsync("ews_server_active_requests", 0)).Should().BeTrue();
        (await service.WaitForSampleAsync("ews_server_request_duration_seconds_count", 1, "AddImGroup", "NoError", "200"))
            .Should().BeTrue();
    }

    [Fact]
    public async Task A_request_that_is_rejected_at_the_limit_of_realms_is_counted_once()
    {
        var settings = TestService.InMemory;
        await using var service = await TestService.StartAsync(settings with { Control = settings.Control with { MaxRealms = 1 } });
        using var content = new StringContent(EwsRequest.AddImGroup("Team"), null, "text/xml");
        using var response = await service.Client.PostAsync("/realms/other" + EwsOptions.Path, content);

        (await service.WaitForSampleAsync("ews_server_rejected_requests_total", 1, "503")).Should().BeTrue();
        (await service.WaitForSampleAsync("ews_server_active_requests", 0)).Should().BeTrue();
        (await service.MetricsAsync())["ews_server_request_duration_seconds"].Samples.Should().BeEmpty();
    }

    [Fact]
    public async Task Values_of_the_runtime_that_fall_are_gauges()
    {
        await using var service = await TestService.StartAsync();

        var metrics = await service.MetricsAsync();

        metrics["dotnet_thread_pool_queue_length"].Type.Should().Be("gauge");
        metrics["dotnet_thread_pool_thread_count"].Type.Should().Be("gauge");
        metrics["dotnet_thread_pool_work_item_count_total"].Type.Should().Be("counter");
    }

    private static double Value(Dictionary<string, Family> metrics, string name, params string[] labels) =>
        metrics[name].Samples.Single(sample => sample.Labels.Values.SequenceEqual(labels)).Value;

    private static double Sum(Dictionary<string, Family> metrics, string name) =>
        metrics.Values.SelectMany(family => family.Samples).Single(sample => sample.Name == name).Value;
}
