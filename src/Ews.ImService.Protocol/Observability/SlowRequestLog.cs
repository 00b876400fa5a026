using System.Diagnostics;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol.Observability;

/// <summary>Logs the requests that took long, with the times of their steps.</summary>
/// <remarks>Streams, and requests with an injected fault, take as long as they are meant to take.</remarks>
internal sealed class SlowRequestLog(EwsOptions options, IMailboxStore store, ILogger<SlowRequestLog> logger)
{
    private const string Unknown = "-";

    /// <summary>Logs a request whose response was sent, if it took long.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <param name="interceptor">The interceptor of the request.</param>
    /// <param name="executed">The request.</param>
    /// <param name="started">The timestamp of the arrival.</param>
    public void WriteIfSlow(HttpContext context, IEwsInterceptor interceptor, in ExecutedRequest executed, long started)
    {
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (elapsed < options.SlowRequest || options.SlowRequest == TimeSpan.Zero)
            return;
        if (executed.Response.Body.IsStream || interceptor.InjectsFault || !logger.IsEnabled(LogLevel.Warning))
            return;
        var mailbox = executed.Request.Mailbox;
        var inStore = mailbox is { } key ? store.FindTimesOfSlowRequest(key, elapsed).GetValueOrDefault() : default;
        ProtocolLog.SlowRequest(
            logger,
            executed.Request.Operation ?? Unknown,
            mailbox?.ToString() ?? Unknown,
            Milliseconds(elapsed),
            Milliseconds(Stopwatch.GetElapsedTime(started, executed.ReceivedAt)),
            Milliseconds(Stopwatch.GetElapsedTime(executed.ReceivedAt, executed.RespondedAt)),
            Milliseconds(inStore.Queue),
            Milliseconds(inStore.Commit),
            Milliseconds(Stopwatch.GetElapsedTime(executed.RespondedAt)),
            context.TraceIdentifier);
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);
}
