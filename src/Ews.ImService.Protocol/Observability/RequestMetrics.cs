using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.ImList;
using Ews.ImService.Protocol.Operations.Notifications;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Observability;

/// <summary>The instruments of the EWS endpoint.</summary>
/// <remarks>The number of time series is limited: attributes contain names of Exchange only, no mailboxes, realms and texts of clients.
/// </remarks>
internal sealed class RequestMetrics
{
    /// <summary>The operation of requests that name none of Exchange's operations.</summary>
    public const string Other = "other";

    private const string StatusCode = "http.response.status_code";
    private const string NoResponseCode = "none";

    private static readonly object Status200 = StatusCodes.Status200OK;
    private static readonly object Status500 = StatusCodes.Status500InternalServerError;

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _aborted;
    private long _active;

    /// <summary>Creates the instruments.</summary>
    /// <param name="instrumentation">The meter.</param>
    /// <param name="lists">The encoded responses to GetImItemList.</param>
    /// <param name="subscriptions">The subscriptions.</param>
    public RequestMetrics(Instrumentation instrumentation, ImItemListCache lists, Subscriptions subscriptions)
    {
        var meter = instrumentation.Meter;
        _duration = instrumentation.CreateDuration(
            "ews.server.request.duration", "The duration of EWS requests that were not rejected, until their responses were sent.");
        _rejected = meter.CreateCounter<long>(
            "ews.server.rejected_requests", "{request}", "EWS requests that were rejected with an HTTP status.");
        _aborted = meter.CreateCounter<long>(
            "ews.server.aborted_requests", "{request}", "EWS requests whose clients disconnected before the operation was executed.");
        meter.CreateObservableUpDownCounter(
            "ews.server.active_requests",
            () => Interlocked.Read(ref _active),
            "{request}",
            "EWS requests that are being received, executed or sent.");
        meter.CreateObservableCounter(
            "ews.im_list_cache.requests",
            () => new[] { CacheRequests("hit", lists.Hits), CacheRequests("miss", lists.Misses) },
            "{request}",
            "GetImItemList requests, by whether their encoded response was kept.");
        meter.CreateObservableUpDownCounter(
            "ews.im_list_cache.size", () => lists.Bytes, "By", "The approximate memory of the responses to GetImItemList that are kept.");
        meter.CreateObservableUpDownCounter(
            "ews.subscriptions", () => Enum.GetValues<SubscriptionKind>().Select(Count), "{subscription}", "Subscriptions.");
        meter.CreateObservableUpDownCounter<long>(
            "ews.streaming_connections", () => subscriptions.ConnectionCount, "{connection}", "Open streaming connections.");

        Measurement<long> Count(SubscriptionKind kind) => new(
            subscriptions.Count(kind),
            new KeyValuePair<string, object?>("ews.subscription.kind", kind.ToString().ToLowerInvariant()));
    }

    /// <summary>Observes that a request arrived.</summary>
    public void Begin() => Interlocked.Increment(ref _active);

    /// <summary>Observes that a request ended, with or without a response.</summary>
    public void End() => Interlocked.Decrement(ref _active);

    /// <summary>Observes that the response to a request was sent.</summary>
    /// <param name="started">The timestamp of the arrival.</param>
    /// <param name="operation">The operation, or <c>null</c> if it is unknown.</param>
    /// <param name="responseCode">The response code, or <c>null</c> if the response is not an EWS response.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public void OnSent(long started, string? operation, string? responseCode, int statusCode)
    {
        if (!_duration.Enabled)
            return;
        _duration.Record(
            Stopwatch.GetElapsedTime(started).TotalSeconds,
            new KeyValuePair<string, object?>("ews.operation", KnownOperation(operation)),
            new KeyValuePair<string, object?>("ews.response_code", responseCode ?? NoResponseCode),
            new KeyValuePair<string, object?>(StatusCode, StatusValue(statusCode)));
    }

    /// <summary>Observes that a request was rejected before its operation was known.</summary>
    /// <param name="statusCode">The HTTP status.</param>
    public void OnRejected(int statusCode) =>
        _rejected.Add(1, new KeyValuePair<string, object?>(StatusCode, StatusValue(statusCode)));

    /// <summary>Observes that a client disconnected before its request was executed.</summary>
    public void OnAborted() => _aborted.Add(1);

    /// <summary>Returns a name of Exchange's operations, or <see cref="Other"/>.</summary>
    public static string KnownOperation(string? operation) =>
        operation is not null && EwsNames.IsOperation(operation) ? operation : Other;

    /// <summary>Returns a status as an object, which is not created for the frequent ones.</summary>
    private static object StatusValue(int statusCode) => statusCode switch
    {
        StatusCodes.Status200OK => Status200,
        StatusCodes.Status500InternalServerError => Status500,
        _ => statusCode,
    };

    private static Measurement<long> CacheRequests(string result, long count) =>
        new(count, new KeyValuePair<string, object?>("ews.cache.result", result));
}
