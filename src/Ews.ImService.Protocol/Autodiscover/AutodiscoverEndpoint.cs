using System.Text;
using System.Xml.Linq;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.SignIn;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol.Autodiscover;

/// <summary>Tells clients that know an e-mail address alone where EWS is: here.</summary>
internal sealed partial class AutodiscoverEndpoint(PoxAutodiscover pox, SoapAutodiscover soap, SignInGate gate, IServer server, ILogger<AutodiscoverEndpoint> logger)
{
    /// <summary>The plain-XML form; matched without regard to case.</summary>
    public const string PoxPath = "/autodiscover/autodiscover.xml";

    /// <summary>The SOAP form; matched without regard to case.</summary>
    public const string SoapPath = "/autodiscover/autodiscover.svc";

    /// <summary>Answers a POST in plain XML.</summary>
    public Task PostPoxAsync(HttpContext context) => PostAsync(context, body => WriteAsync(context, pox.Answer(body, RequestUrl.Create(context, EwsOptions.Path))));

    /// <summary>Answers somebody who looks where to go: to HTTPS where there is any, else nowhere else.</summary>
    public async Task GetPoxAsync(HttpContext context)
    {
        if (!context.Request.IsHttps && HttpsPort() is { } port)
        {
            context.Response.Redirect(new UriBuilder(RequestUrl.Create(context, PoxPath)) { Scheme = Uri.UriSchemeHttps, Port = port }.Uri.ToString());
            Log.Redirected(logger, port, context.TraceIdentifier);
        }
        else if (Admit(context))
        {
            await WriteAsync(context, pox.Answer([], RequestUrl.Create(context, EwsOptions.Path)));
        }
    }

    /// <summary>Answers a POST in SOAP.</summary>
    public Task PostSoapAsync(HttpContext context) => PostAsync(context, body =>
    {
        var answer = soap.Answer(body, RequestUrl.Create(context, EwsOptions.Path), out var isFault);
        if (isFault)
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return WriteAsync(context, answer);
    });

    private async Task PostAsync(HttpContext context, Func<byte[]?, Task> answer)
    {
        if (!Admit(context))
            return;
        try
        {
            await answer(await RequestBody.ReadAsync(context.Request, AutodiscoverRequest.MaxBytes, context.RequestAborted));
        }
        catch (InvalidDataException e)
        {
            Log.Abandoned(logger, e.Message, context.TraceIdentifier);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            Log.Abandoned(logger, e.Message, context.TraceIdentifier);
            if (e is BadHttpRequestException bad && !context.Response.HasStarted)
                context.Response.StatusCode = bad.StatusCode;
        }
    }

    private int? HttpsPort() => server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Where(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)).Select(address => (int?)BindingAddress.Parse(address).Port).FirstOrDefault();

    /// <summary>A client learns from the header that there is the SOAP form too.</summary>
    private bool Admit(HttpContext context)
    {
        context.Response.Headers["X-SOAP-Enabled"] = "True";
        var isAdmitted = gate.Admit(context, out _, out var refusal);
        if (refusal is not null)
            Log.Refused(logger, refusal, context.TraceIdentifier);
        return isAdmitted;
    }

    private Task WriteAsync(HttpContext context, XElement answer)
    {
        string path = context.Request.Path;
        Log.Answered(logger, path, context.TraceIdentifier);
        var bytes = Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="utf-8"?>""" + answer.ToString(SaveOptions.DisableFormatting));
        context.Response.ContentType = "text/xml; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Autodiscover at {Path}, request {RequestId}")]
        public static partial void Answered(ILogger logger, string path, string requestId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Autodiscover abandoned: {Reason} Request {RequestId}")]
        public static partial void Abandoned(ILogger logger, string reason, string requestId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Autodiscover refused with HTTP 401: {Reason}. Request {RequestId}")]
        public static partial void Refused(ILogger logger, string reason, string requestId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Autodiscover redirected to HTTPS at port {Port}, request {RequestId}")]
        public static partial void Redirected(ILogger logger, int port, string requestId);
    }
}
