using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Soap;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol;

/// <summary>Executes EWS requests as a user whom the application has chosen: without sign-in, interceptor and log event.</summary>
public sealed class UserRequests
{
    private readonly SoapService _soap;
    private readonly RequestBodies _bodies;
    private readonly EwsOptions _options;

    internal UserRequests(SoapService soap, RequestBodies bodies, EwsOptions options) =>
        (_soap, _bodies, _options) = (soap, bodies, options);

    /// <summary>Executes the SOAP request in the body of an HTTP request.</summary>
    /// <param name="context">The HTTP request. The response is not sent.</param>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="user">The SMTP address of the user. If it has no mailbox, the response is a SOAP fault.</param>
    /// <returns>The response.</returns>
    /// <exception cref="BadHttpRequestException">The body cannot be received, or its type is not supported.</exception>
    public async Task<EwsResponse> ExecuteAsync(HttpContext context, string realm, string user)
    {
        ArgumentNullException.ThrowIfNull(context);
        var cancellationToken = context.RequestAborted;
        using var content = await RequestContent.ReceiveAsync(context.Request, _bodies, _options.MaxRequestBytes, cancellationToken);
        if (content.Body.Rejection is { } rejection)
            throw new BadHttpRequestException(rejection.Reason, rejection.StatusCode);
        var exchange = await _soap.RespondAsync(
            content.Body.Bytes, content.Charset, realm, user, PassThrough.Instance, cancellationToken);
        return exchange.Response;
    }
}
