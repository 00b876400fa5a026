using System.Text;
using System.Xml.Linq;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.SignIn;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol.Autodiscover;

/// <summary>The Autodiscover endpoint, which returns the EWS URL for an SMTP address.</summary>
internal sealed partial class AutodiscoverEndpoint(
    PoxAutodiscover pox, SoapAutodiscover soap, SignInGate gate, RequestBodies bodies, IServer server, ILogger<AutodiscoverEndpoint> logger)
{
    /// <summary>The path of the plain-XML form; case-insensitive.</summary>
    public const string PoxPath = "/autodiscover/autodiscover.xml";

    /// <summary>The path of the SOAP form; case-insensitive.</summary>
    public const string SoapPath = "/autodiscover/autodiscover.svc";

    /// <summary>Responds to a POST in plain XML.</summary>
    public Task PostPoxAsync(HttpContext context) =>
        PostAsync(context, body => WriteAsync(context, pox.Respond(body, RequestUrl.Create(context, EwsOptions.Path))));

    /// <summary>Redirects a client to HTTPS if it is available.</summary>
    public async Task GetPoxAsync(HttpContext context)
    {
        if (!context.Request.IsHttps && HttpsPort() is { } port)
        {
            var url = new UriBuilder(RequestUrl.Create(context, PoxPath)) { Scheme = Uri.UriSchemeHttps, Port = port }.Uri;
            context.Response.Redirect(url.ToString());
            Log.Redirected(logger, port, context.TraceIdentifier);
        }
        else if (SignIn(context))
        {
            await WriteAsync(context, pox.Respond([], RequestUrl.Create(context, EwsOptions.Path)));
        }
    }

    /// <summary>Responds to a POST in SOAP.</summary>
    public Task PostSoapAsync(HttpContext context) => PostAsync(context, body =>
    {
        var response = soap.Respond(body, RequestUrl.Create(context, EwsOptions.Path));
        context.Response.StatusCode = response.StatusCode;
        return WriteAsync(context, response.Envelope);
    });

    private async Task PostAsync(HttpContext context, Func<byte[]?, Task> respond)
    {
        if (!SignIn(context))
            return;
        try
        {
            using var body = await bodies.ReceiveAsync(context.Request, AutodiscoverRequest.MaxBytes, context.RequestAborted);
            if (body.Rejection is { StatusCode: not StatusCodes.Status413PayloadTooLarge } rejection)
            {
                Log.Aborted(logger, rejection.Reason, context.TraceIdentifier);
                await rejection.WriteAsync(context);
                return;
            }

            if (body.Rejection is null)
                context.Features.Get<IEwsInterceptor>()?.OnReceived(body.Bytes);
            await respond(body.Rejection is null ? body.Bytes : null);
        }
        catch (Exception e) when (UnreadableRequest.Is(e))
        {
            Log.Aborted(logger, e.Message, context.TraceIdentifier);
            await UnreadableRequest.RejectAsync(context, e);
        }
    }

    private int? HttpsPort() => server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Where(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        .Select(address => (int?)BindingAddress.Parse(address).Port)
        .FirstOrDefault();

    /// <summary>Authenticates a request, and announces the SOAP form in a header.</summary>
    private bool SignIn(HttpContext context)
    {
        context.Response.Headers["X-SOAP-Enabled"] = "True";
        var outcome = gate.SignIn(context);
        if (outcome is SignInOutcome.Rejected { Reason: var reason })
            Log.Rejected(logger, reason, context.TraceIdentifier);
        return outcome is SignInOutcome.SignedIn or SignInOutcome.Anonymous;
    }

    private Task WriteAsync(HttpContext context, XElement response)
    {
        string path = context.Request.Path;
        Log.Responded(logger, path, context.TraceIdentifier);
        var text = """<?xml version="1.0" encoding="utf-8"?>""" + response.ToString(SaveOptions.DisableFormatting);
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = "text/xml; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Autodiscover request to {Path}, request {RequestId}")]
        public static partial void Responded(ILogger logger, string path, string requestId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Autodiscover request aborted, request {RequestId}: {Reason}")]
        public static partial void Aborted(ILogger logger, string reason, string requestId);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Autodiscover request rejected with status 401: {Reason}, request {RequestId}")]
        public static partial void Rejected(ILogger logger, string reason, string requestId);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Autodiscover request redirected to HTTPS port {Port}, request {RequestId}")]
        public static partial void Redirected(ILogger logger, int port, string requestId);
    }
}
