using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Telemetry;

public sealed class RequestTracingTests
{
    [Fact]
    public async Task A_listener_of_the_process_receives_activities_without_mailboxes()
    {
        var activities = new ConcurrentQueue<Activity>();
        var traceId = ActivityTraceId.CreateRandom();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Instrumentation.ServiceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == traceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = await TestService.StartAsync();
        const string Rule = """{ "kind": "soapFault", "responseCode": "ErrorServerBusy", "nth": 2 }""";
        using var added = await service.SendAsync("POST", "/faults", Rule);

        await PostAsync(service, EwsRequest.AddImGroup("Team"), traceId.ToHexString());
        await PostAsync(service, EwsRequest.AddImGroup("Team 2"), traceId.ToHexString());
        SpinWait.SpinUntil(() => activities.Count >= 4, TimeSpan.FromSeconds(30));

        activities.Should().HaveCount(4).And.OnlyContain(activity => activity.TraceId == traceId);
        var requests = activities.Where(activity => activity.Kind == ActivityKind.Server).ToList();
        requests.Select(request => request.DisplayName).Should().Equal("EWS AddImGroup", "EWS AddImGroup");
        requests.Select(request => request.Status).Should().Equal(ActivityStatusCode.Unset, ActivityStatusCode.Error);
        requests[1].GetTagItem("ews.fault.kind").Should().Be("soapFault");
        requests[1].GetTagItem("ews.response_code").Should().Be("ErrorServerBusy");
        activities.SelectMany(activity => activity.TagObjects).Should().NotContain(tag => $"{tag.Value}".Contains('@'));
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", "0af7651916cd43dd8448eb211c80319c")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", null)]
    [InlineData("nonsense", null)]
    [InlineData(null, null)]
    public async Task A_journal_entry_has_the_trace_of_the_client(string? traceParent, string? expected)
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path);
        request.Content = new StringContent(EwsRequest.AddImGroup("Team"), Encoding.UTF8, "text/xml");
        request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        (await service.Client.SendAsync(request)).Dispose();

        var entry = await service.GetJsonAsync(ControlCalls.Api + "/journal/1");

        (entry.TryGetProperty("traceId", out var traceId) ? traceId.GetString() : null).Should().Be(expected);
    }

    private static async Task PostAsync(TestService service, string body, string traceId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path);
        request.Content = new StringContent(body, Encoding.UTF8, "text/xml");
        request.Headers.Add("traceparent", $"00-{traceId}-b7ad6b7169203331-01");
        (await service.Client.SendAsync(request)).Dispose();
    }
}
