using System.Text;
using System.Xml.Linq;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Observability;
using Ews.ImService.Protocol.SignIn;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol.Autodiscover;

/// <summary>The Autodiscover endpoint, which returns the EWS URL for an SMTP address.</summary>
internal sealed class AutodiscoverEndpoint(
    PoxAutodiscover pox, SoapAutodiscover soap, SignInGate gate, RequestBodies bodies, IServer server, ILogger<AutodiscoverEndpoint> logger)
{
    /// <summary>The path of the plain-XML form; case-insensitive.</summary>
    public const string PoxPath = "/autodiscover/autodiscover.xml";

    /// <summary>The path of the SOAP form; case-insensitive.</summary>
    public const string SoapPath = "/autodiscover/autodiscover.svc";

    /// <summary>Responds to a POST in plain XML.</summary>
    public Task PostPoxAsync(HttpContext context) =>
        PostAsync(context, body => WriteAsync(context, pox.Respond(body, RequestUrl.Create(context, EwsOptions.Path))));

    /// <summary>Redirects a client to HTTPS if it is available. A proxy does this by itself.</summary>
    public async Task GetPoxAsync(HttpContext context)
    {
        if (!context.Request.IsHttps && !RequestUrl.IsForwarded(context.Request) && HttpsPort() is { } port)
        {
            var url = new UriBuilder(RequestUrl.Create(context, PoxPath)) { Scheme = Uri.UriSchemeHttps, Port = port }.Uri;
            context.Response.Redirect(url.ToString());
            ProtocolLog.AutodiscoverRedirected(logger, port, context.TraceIdentifier);
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
                ProtocolLog.AutodiscoverAborted(logger, rejection.Reason, context.TraceIdentifier);
                await rejection.WriteAsync(context);
                return;
            }

            if (body.Rejection is null)
                context.Features.Get<IEwsInterceptor>()?.OnReceived(body.Bytes);
            await respond(body.Rejection is null ? body.Bytes : null);
        }
        catch (Exception e) when (UnreadableRequest.Is(e))
        {
            ProtocolLog.AutodiscoverAborted(logger, e.Message, context.TraceIdentifier);
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
            ProtocolLog.AutodiscoverRejected(logger, reason, context.TraceIdentifier);
        return outcome is SignInOutcome.SignedIn or SignInOutcome.Anonymous;
    }

    private Task WriteAsync(HttpContext context, XElement response)
    {
        string path = context.Request.Path;
        ProtocolLog.AutodiscoverResponded(logger, path, context.TraceIdentifier);
        var text = """<?xml version="1.0" encoding="utf-8"?>""" + response.ToString(SaveOptions.DisableFormatting);
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = "text/xml; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
