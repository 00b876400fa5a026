using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Control.Api;

/// <summary>Authorizes clients of the control API: they must send the token, if one is configured. Pages of other origins, which could
/// reach the service through the browser of a developer, are rejected.</summary>
/// <param name="token">The token of <c>Control:Token</c>, or <c>null</c> if none is required.</param>
internal sealed class CallerPolicy(string? token)
{
    /// <summary>Returns the response to a client that may not use the control API; otherwise, <c>null</c>.</summary>
    public ProblemHttpResult? Check(HttpContext context)
    {
        if (IsOfAnotherSite(context.Request))
            return Problem.Create(StatusCodes.Status403Forbidden, "Pages of other origins may not use the control API.");
        if (token is null || HasToken(context.Request, token))
            return null;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Create(
            StatusCodes.Status401Unauthorized,
            $"The control API requires the header {HeaderNames.Authorization}: Bearer TOKEN, with the value of Control:Token.");
    }

    private static bool IsOfAnotherSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [var site] && site is not ("same-origin" or "none"))
            return true;
        return request.Headers.Origin is [{ } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && page.Authority == new Uri($"{page.Scheme}://{request.Host}").Authority);
    }

    private static bool HasToken(HttpRequest request, string token) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given)
        && given.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(given.Parameter ?? string.Empty));
}
