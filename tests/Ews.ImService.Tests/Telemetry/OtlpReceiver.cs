using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ews.ImService.Tests.Telemetry;

/// <summary>Receives OTLP over HTTP with Protocol Buffers, as a collector does.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private const string TracesPath = "/v1/traces";
    private const string MetricsPath = "/v1/metrics";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly WebApplication _application;
    private readonly ConcurrentQueue<OtlpRequest> _requests = new();

    public OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(options => options.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(ReceiveAsync);
        _application.Start();
    }

    public string Url => _application.Urls.Single();

    /// <summary>Gets or sets the status of the responses.</summary>
    public int Status { get; set; } = 200;

    public IEnumerable<OtlpRequest> Requests => _requests;

    /// <summary>Gets the spans, oldest first.</summary>
    public IEnumerable<OtlpSpan> Spans =>
        from request in _requests
        where request.Path.EndsWith(TracesPath, StringComparison.Ordinal)
        from resource in request.Body.Messages(1)
        from span in resource.Messages(2, 2)
        select new OtlpSpan(
            span.Hex(1),
            span.Hex(2),
            span.Text(3),
            span.Hex(4),
            span.Text(5),
            (int)span.Varint(6),
            span.Fixed64(8) - span.Fixed64(7),
            span.Attributes(9),
            resource.Messages(1).Single().Attributes(1));

    /// <summary>Gets the metrics as messages, oldest first.</summary>
    public IEnumerable<ProtobufMessage> Metrics => _requests
        .Where(request => request.Path.EndsWith(MetricsPath, StringComparison.Ordinal))
        .SelectMany(request => request.Body.Messages(1, 2, 2));

    /// <summary>Waits until a condition is met.</summary>
    public async Task WaitAsync(Func<OtlpReceiver, bool> condition)
    {
        for (var started = Stopwatch.GetTimestamp(); !condition(this); await Task.Delay(20))
        {
            if (Stopwatch.GetElapsedTime(started) > Timeout)
                throw new TimeoutException($"The receiver got {_requests.Count} requests, but not the expected one.");
        }
    }

    public void Dispose() => ((IDisposable)_application).Dispose();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _requests.Enqueue(new OtlpRequest(context.Request.Path, context.Request.Headers["x-key"], new ProtobufMessage(body.ToArray())));
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/x-protobuf";
    }
}

/// <summary>A request to a receiver.</summary>
internal sealed record OtlpRequest(string Path, string? Key, ProtobufMessage Body);

/// <summary>A span that a receiver got.</summary>
internal sealed record OtlpSpan(
    string TraceId,
    string Id,
    string TraceState,
    string ParentId,
    string Name,
    int Kind,
    ulong Nanoseconds,
    Dictionary<string, string> Attributes,
    Dictionary<string, string> Resource);
