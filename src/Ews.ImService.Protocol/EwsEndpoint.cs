using System.Diagnostics;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Observability;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Protocol.Soap;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol;

/// <summary>The EWS endpoint: receives requests over HTTP, sends responses, and writes one log event for each request.</summary>
internal sealed class EwsEndpoint(
    SoapService soap,
    SignInGate gate,
    RequestBodies bodies,
    EwsOptions options,
    RequestMetrics metrics,
    RequestTracing tracing,
    SlowRequestLog slowRequests,
    ILogger<EwsEndpoint> logger)
{
    private const string Unknown = "-";
    private const string RequestId = "request-id";
    private const string ClientRequestId = "client-request-id";
    private const int MaxClientRequestIdLength = 128;

    private const string Page = """
        This is an Exchange Web Services endpoint. Point an EWS client at this URL, or POST a SOAP 1.1 request to it
        with the content type text/xml; charset=utf-8.

        """;

    /// <summary>Responds to a browser.</summary>
    public static Task GetAsync(HttpContext context)
    {
        context.Response.ContentType = PlainText.ContentType;
        return context.Response.WriteAsync(Page);
    }

    /// <summary>Rejects unsupported methods; OPTIONS returns the supported ones.</summary>
    public static Task RejectMethodAsync(HttpContext context)
    {
        context.Response.StatusCode = HttpMethods.IsOptions(context.Request.Method)
            ? StatusCodes.Status204NoContent
            : StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD, OPTIONS, POST";
        return Task.CompletedTask;
    }

    /// <summary>Responds to a request.</summary>
    public async Task PostAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        metrics.Begin();
        try
        {
            var interceptor = context.Features.Get<IEwsInterceptor>() ?? PassThrough.Instance;
            if (await RespondAsync(context, interceptor, started) is not { } executed)
                return;
            await SendAndMeasureAsync(context, interceptor, executed, started);
            slowRequests.WriteIfSlow(context, interceptor, executed, started);
        }
        finally
        {
            metrics.End();
        }
    }

    /// <summary>Sends a response and measures its request, unless the request is counted as rejected.</summary>
    private async Task SendAndMeasureAsync(HttpContext context, IEwsInterceptor interceptor, ExecutedRequest executed, long started)
    {
        var response = executed.Response;
        try
        {
            await SendAsync(context, interceptor, response);
        }
        finally
        {
            if (response.RejectionReason is null)
                metrics.OnSent(started, executed.Request.Operation, response.ResponseCode, response.StatusCode);
        }
    }

    /// <summary>Authenticates, receives and executes a request, and writes its log event.</summary>
    /// <returns>The request and the response to send, or <c>null</c> if the request was rejected or aborted.</returns>
    private async Task<ExecutedRequest?> RespondAsync(HttpContext context, IEwsInterceptor interceptor, long started)
    {
        AddRequestIds(context);
        ServerAffinity.AddCookie(context, options.ServerName);
        try
        {
            switch (gate.SignIn(context))
            {
                case SignInOutcome.SignedIn signedIn:
                    return await ExecuteAsync(context, signedIn.User, interceptor, started);
                case SignInOutcome.Anonymous:
                    return await ExecuteAsync(context, user: null, interceptor, started);
                case SignInOutcome.Challenge:
                    ProtocolLog.CredentialsRequested(logger, context.TraceIdentifier);
                    break;
                case SignInOutcome.Rejected rejected:
                    LogRejection(context, StatusCodes.Status401Unauthorized, rejected.Reason, started);
                    break;
                case SignInOutcome.Forbidden forbidden:
                    LogRejection(context, StatusCodes.Status403Forbidden, forbidden.Reason, started);
                    await PlainText.WriteAsync(context, StatusCodes.Status403Forbidden, forbidden.Reason);
                    return null;
            }

            await PlainText.WriteAsync(context, StatusCodes.Status401Unauthorized, "Sign in.");
            return null;
        }
        catch (Exception e) when (UnreadableRequest.Is(e))
        {
            if (await UnreadableRequest.RejectAsync(context, e) is { } statusCode)
            {
                LogRejection(context, statusCode, e.Message, started);
                return null;
            }

            var milliseconds = Elapsed(started);
            metrics.OnAborted();
            if (TraceContext.FindId(context) is { } traceId)
                ProtocolLog.AbortedInTrace(logger, e.Message, milliseconds, context.TraceIdentifier, traceId);
            else
                ProtocolLog.Aborted(logger, e.Message, milliseconds, context.TraceIdentifier);
            return null;
        }
    }

    private async Task<ExecutedRequest?> ExecuteAsync(HttpContext context, string? user, IEwsInterceptor interceptor, long started)
    {
        using var content = await RequestContent.ReceiveAsync(context.Request, bodies, options.MaxRequestBytes, context.RequestAborted);
        if (content.Body.Rejection is { } rejection)
        {
            LogRejection(context, rejection.StatusCode, rejection.Reason, started);
            await rejection.WriteAsync(context);
            return null;
        }

        var received = Stopwatch.GetTimestamp();
        var body = content.Body.Bytes;
        interceptor.OnReceived(body);
        var (request, response) = await soap.RespondAsync(
            body, content.Charset, RequestRealm.Get(context), user, interceptor, context.RequestAborted);
        tracing.OnResponded(request, response);
        if (response.RejectionReason is { } reason)
            LogRejection(context, response.StatusCode, reason, started);
        else
            LogResponse(context, request, response, started);
        return new ExecutedRequest(request, response, received, Stopwatch.GetTimestamp());
    }

    private void LogResponse(HttpContext context, IEwsRequest request, EwsResponse response, long started)
    {
        var operation = request.Operation ?? Unknown;
        var mailbox = request.Mailbox?.ToString() ?? Unknown;
        var responseCode = response.ResponseCode ?? Unknown;
        var milliseconds = Elapsed(started);
        if (TraceContext.FindId(context) is { } traceId)
            ProtocolLog.RespondedInTrace(logger, operation, mailbox, responseCode, milliseconds, context.TraceIdentifier, traceId);
        else
            ProtocolLog.Responded(logger, operation, mailbox, responseCode, milliseconds, context.TraceIdentifier);
    }

    /// <summary>Sends a response, after its log event, which exists even if the response cannot be delivered.</summary>
    private static async Task SendAsync(HttpContext context, IEwsInterceptor interceptor, EwsResponse response)
    {
        try
        {
            await interceptor.SendAsync(context, response);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected before the response was sent; the journal shows it.
        }
    }

    /// <summary>
    /// Adds the request id, and returns the id of the client if it is valid in a response: request headers can contain more characters.
    /// </summary>
    private static void AddRequestIds(HttpContext context)
    {
        var headers = context.Request.Headers;
        context.Response.Headers[RequestId] = context.TraceIdentifier;
        if (headers[ClientRequestId] is [{ Length: > 0 and <= MaxClientRequestIdLength } id]
            && !id.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && string.Equals(headers["return-client-request-id"], "true", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers[ClientRequestId] = id;
        }
    }

    private static double Elapsed(long started) => Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2);

    private void LogRejection(HttpContext context, int statusCode, string reason, long started)
    {
        var milliseconds = Elapsed(started);
        var text = reason.TrimEnd('.');
        metrics.OnRejected(statusCode);
        if (TraceContext.FindId(context) is { } traceId)
            ProtocolLog.RejectedInTrace(logger, statusCode, text, milliseconds, context.TraceIdentifier, traceId);
        else
            ProtocolLog.Rejected(logger, statusCode, text, milliseconds, context.TraceIdentifier);
    }
}
