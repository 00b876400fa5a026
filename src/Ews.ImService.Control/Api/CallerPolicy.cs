using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Control.Api;

/// <summary>Authorizes clients of the control API: they must send the token, if one is configured. Web pages, which could reach the
/// service through the browser of a developer, are rejected: those of other origins and, without a token, those whose host name resolves
/// to this machine (DNS rebinding).</summary>
/// <param name="token">The token of <c>Control:Token</c>, or <c>null</c> if none is required.</param>
internal sealed class CallerPolicy(string? token)
{
    /// <summary>Returns the response to a client that may not use the control API; otherwise, <c>null</c>.</summary>
    public ProblemHttpResult? Check(HttpContext context)
    {
        var request = context.Request;
        if (RequestOrigin.IsOther(request))
            return Problem.Create(StatusCodes.Status403Forbidden, "Pages of other origins may not use the control API.");
        if (token is null || HasToken(request, token))
            return CheckHost(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Create(
            StatusCodes.Status401Unauthorized,
            request.Headers.ContainsKey(HeaderNames.Authorization)
                ? $"The header {HeaderNames.Authorization} does not contain the value of Control:Token. It must be: Bearer TOKEN."
                : $"The control API requires the header {HeaderNames.Authorization}: Bearer TOKEN, with the value of Control:Token.");
    }

    /// <summary>Returns the response to a request whose host name may have been made to resolve to this machine; otherwise, <c>null</c>.
    /// With a token, every host name is accepted.</summary>
    public ProblemHttpResult? CheckHost(HttpContext context) =>
        token is null && RequestOrigin.HasForeignHost(context)
            ? Problem.Create(
                StatusCodes.Status403Forbidden,
                "The host of the control API must be localhost, a name without a domain or an IP address, "
                    + $"but is '{context.Request.Host}'; other names require Control:Token.")
            : null;

    private static bool HasToken(HttpRequest request, string token) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given)
        && given.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(given.Parameter ?? string.Empty));
}
