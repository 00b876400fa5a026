using System.Diagnostics;
using System.Net.Mime;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Protocol.Soap;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Protocol;

/// <summary>HTTP in and out: what may be posted, how much of it, and one log event for each request.</summary>
internal sealed partial class EwsEndpoint(SoapService soap, SignInGate gate, EwsOptions options, ILogger<EwsEndpoint> logger)
{
    private const string Unknown = "-";
    private const string ClientRequestId = "client-request-id";

    private const string Page = """
        This is an Exchange Web Services endpoint. Point an EWS client at this URL, or POST a SOAP 1.1 request to it
        with the content type text/xml; charset=utf-8.

        """;

    /// <summary>Answers somebody who looks in with a browser.</summary>
    public static Task GetAsync(HttpContext context)
    {
        context.Response.ContentType = PlainText.ContentType;
        return context.Response.WriteAsync(Page);
    }

    /// <summary>Answers a method that EWS does not have, or tells whoever asks for OPTIONS which it has.</summary>
    public static Task RefuseMethodAsync(HttpContext context)
    {
        context.Response.StatusCode = HttpMethods.IsOptions(context.Request.Method) ? StatusCodes.Status204NoContent : StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD, OPTIONS, POST";
        return Task.CompletedTask;
    }

    /// <summary>Responds to a request, and writes one log event.</summary>
    public async Task PostAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        var interceptor = context.Features.Get<IEwsInterceptor>() ?? PassThrough.Instance;
        EwsResponse? response = null;
        try
        {
            response = await AnswerAsync(context, interceptor, started);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            var milliseconds = Elapsed(started);
            Log.Abandoned(logger, e.Message, milliseconds, context.TraceIdentifier);
            if (e is BadHttpRequestException bad && !context.Response.HasStarted)
                context.Response.StatusCode = bad.StatusCode;
        }

        // The log event precedes the response, so that it exists even if the response cannot be delivered.
        if (response is not null)
            await SendAsync(context, interceptor, response);
    }

    private static async Task SendAsync(HttpContext context, IEwsInterceptor interceptor, EwsResponse response)
    {
        try
        {
            await interceptor.SendAsync(context, response);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected before the response was sent.
        }
    }

    /// <summary>Refuses what is no request, or runs it and prepares its answer.</summary>
    /// <returns>The answer to write, or null where that has been done.</returns>
    private async Task<EwsResponse?> AnswerAsync(HttpContext context, IEwsInterceptor interceptor, long started)
    {
        context.Response.Headers["request-id"] = context.TraceIdentifier;
        EchoClientRequestId(context);
        if (!gate.Admit(context, out var user, out var refusal))
        {
            await AskToSignInAsync(context, started, refusal);
            return null;
        }

        if (CheckContentType(context.Request, out var charset) is { } unsupported)
        {
            await RefuseAsync(context, started, StatusCodes.Status415UnsupportedMediaType, unsupported);
            return null;
        }

        byte[]? body;
        try
        {
            body = await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            await RefuseAsync(context, started, StatusCodes.Status400BadRequest, "The compressed body is damaged.");
            return null;
        }

        if (body is null)
        {
            await RefuseAsync(context, started, StatusCodes.Status413PayloadTooLarge, $"The request is larger than {options.MaxRequestBytes} bytes.");
            return null;
        }

        interceptor.OnReceived(body);
        var (request, response) = await soap.RespondAsync(body, charset, RequestRealm.Get(context), user, interceptor, context.RequestAborted);
        var milliseconds = Elapsed(started);
        var mailbox = request.Mailbox?.ToString() ?? Unknown;
        Log.Answered(logger, request.Operation ?? Unknown, mailbox, response.ResponseCode ?? Unknown, milliseconds, context.TraceIdentifier);
        return response;
    }

    /// <summary>Any XML is taken, and a request that does not say what it is.</summary>
    /// <returns>Null, or why the body cannot be read.</returns>
    private static string? CheckContentType(HttpRequest request, out string? charset)
    {
        charset = null;
        if (request.Headers.ContentEncoding is [var encoding, ..] && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
            return $"A body with the content encoding '{encoding}' is not supported.";
        if (string.IsNullOrWhiteSpace(request.ContentType))
            return null;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsXml(type))
            return $"The content type '{request.ContentType}' is not supported; send '{EwsResponse.SoapContentType}'.";

        charset = type.Charset.HasValue ? HeaderUtilities.RemoveQuotes(type.Charset).Value : null;
        return null;
    }

    /// <summary>SOAP 1.2's own media type is no SOAP 1.1.</summary>
    private static bool IsXml(MediaTypeHeaderValue type) =>
        type.MediaType.Equals(MediaTypeNames.Text.Xml, StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals(MediaTypeNames.Application.Xml, StringComparison.OrdinalIgnoreCase)
        || (type.Suffix.Equals("xml", StringComparison.OrdinalIgnoreCase) && !type.MediaType.Equals(MediaTypeNames.Application.Soap, StringComparison.OrdinalIgnoreCase));

    /// <summary>Only what a header may hold: requests may bring more than answers can take back.</summary>
    private static void EchoClientRequestId(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers[ClientRequestId] is [{ Length: > 0 and <= 128 } id] && !id.AsSpan().ContainsAnyExceptInRange(' ', '~') && string.Equals(headers["return-client-request-id"], "true", StringComparison.OrdinalIgnoreCase))
            context.Response.Headers[ClientRequestId] = id;
    }

    private static double Elapsed(long started) => Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2);

    private Task AskToSignInAsync(HttpContext context, long started, string? refusal)
    {
        var milliseconds = Elapsed(started);
        if (refusal is null)
            Log.AskedToSignIn(logger, context.TraceIdentifier);
        else
            Log.Refused(logger, StatusCodes.Status401Unauthorized, refusal, milliseconds, context.TraceIdentifier);
        return PlainText.WriteAsync(context, StatusCodes.Status401Unauthorized, "Sign in.");
    }

    private Task RefuseAsync(HttpContext context, long started, int statusCode, string why)
    {
        var milliseconds = Elapsed(started);
        var reason = why.TrimEnd('.');
        Log.Refused(logger, statusCode, reason, milliseconds, context.TraceIdentifier);
        return PlainText.WriteAsync(context, statusCode, why);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Operation} for {Mailbox}: {ResponseCode} in {Milliseconds} ms, request {RequestId}")]
        public static partial void Answered(ILogger logger, string operation, string mailbox, string responseCode, double milliseconds, string requestId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Abandoned by the client, or by the end of the service: {Reason} In {Milliseconds} ms, request {RequestId}")]
        public static partial void Abandoned(ILogger logger, string reason, double milliseconds, string requestId);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Asked to sign in, request {RequestId}")]
        public static partial void AskedToSignIn(ILogger logger, string requestId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Refused with HTTP {StatusCode}: {Reason}. In {Milliseconds} ms, request {RequestId}")]
        public static partial void Refused(ILogger logger, int statusCode, string reason, double milliseconds, string requestId);
    }
}
