using Ews.ImService.Mailbox;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol.Observability;

/// <summary>The events of this project in the log.</summary>
/// <remarks>One class, because the generator writes several in a random order, and the same source must yield the same assembly.</remarks>
internal static partial class ProtocolLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Operation} for {Mailbox}: {ResponseCode} in {Milliseconds} ms, request {RequestId}")]
    public static partial void Responded(
        ILogger logger, string operation, string mailbox, string responseCode, double milliseconds, string requestId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Operation} for {Mailbox}: {ResponseCode} in {Milliseconds} ms, request {RequestId}, trace {TraceId}")]
    public static partial void RespondedInTrace(
        ILogger logger, string operation, string mailbox, string responseCode, double milliseconds, string requestId, string traceId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Request aborted after {Milliseconds} ms, request {RequestId}: {Reason}")]
    public static partial void Aborted(ILogger logger, string reason, double milliseconds, string requestId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Request aborted after {Milliseconds} ms, request {RequestId}, trace {TraceId}: {Reason}")]
    public static partial void AbortedInTrace(ILogger logger, string reason, double milliseconds, string requestId, string traceId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Credentials requested, request {RequestId}")]
    public static partial void CredentialsRequested(ILogger logger, string requestId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Request rejected with status {StatusCode}: {Reason}, in {Milliseconds} ms, request {RequestId}")]
    public static partial void Rejected(ILogger logger, int statusCode, string reason, double milliseconds, string requestId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Request rejected with status {StatusCode}: {Reason}, in {Milliseconds} ms, request {RequestId}, trace {TraceId}")]
    public static partial void RejectedInTrace(
        ILogger logger, int statusCode, string reason, double milliseconds, string requestId, string traceId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Autodiscover request to {Path}, request {RequestId}")]
    public static partial void AutodiscoverResponded(ILogger logger, string path, string requestId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Autodiscover request aborted, request {RequestId}: {Reason}")]
    public static partial void AutodiscoverAborted(ILogger logger, string reason, string requestId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Autodiscover request rejected with status 401: {Reason}, request {RequestId}")]
    public static partial void AutodiscoverRejected(ILogger logger, string reason, string requestId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Autodiscover request redirected to HTTPS port {Port}, request {RequestId}")]
    public static partial void AutodiscoverRedirected(ILogger logger, int port, string requestId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Photo request: status {StatusCode}, request {RequestId}")]
    public static partial void PhotoResponded(ILogger logger, int statusCode, string requestId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Photo request rejected with status 401: {Reason}, request {RequestId}")]
    public static partial void PhotoRejected(ILogger logger, string reason, string requestId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Notification to {Url} for {Mailbox} failed: {Reason}")]
    public static partial void NotificationFailed(ILogger logger, Uri url, MailboxKey mailbox, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Push notifications for {Mailbox} failed; the subscription ends")]
    public static partial void DeliveryFailed(ILogger logger, MailboxKey mailbox, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Operation} for {Mailbox} was slow: {Milliseconds} ms, of which {ReceiveMilliseconds} ms to receive it, "
            + "{ExecuteMilliseconds} ms to execute it ({QueueMilliseconds} ms in the queue of the store, {CommitMilliseconds} ms to "
            + "commit), {SendMilliseconds} ms to send the response, request {RequestId}")]
    public static partial void SlowRequest(
        ILogger logger,
        string operation,
        string mailbox,
        double milliseconds,
        double receiveMilliseconds,
        double executeMilliseconds,
        double queueMilliseconds,
        double commitMilliseconds,
        double sendMilliseconds,
        string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Operation} for {Mailbox} failed")]
    public static partial void RequestFailed(ILogger logger, string? operation, MailboxKey? mailbox, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Operation} for {Mailbox} failed: {Reason}")]
    public static partial void StorageFailed(ILogger logger, string? operation, MailboxKey? mailbox, string reason);
}
