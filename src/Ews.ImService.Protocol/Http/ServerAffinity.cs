using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>The cookie that leads the requests for a group of subscriptions to the server that has the subscriptions.</summary>
/// <remarks>
/// Learn: "Maintain affinity between a group of subscriptions and the Mailbox server in Exchange". Clients read the cookie from the
/// response to their first Subscribe, and return it as a cookie, or as a header of the same name. A load balancer selects the server by it.
/// </remarks>
internal static class ServerAffinity
{
    private const string Cookie = "X-BackEndOverrideCookie";

    /// <summary>Adds the cookie to the response if the client requests it and does not have that of this server yet.</summary>
    /// <param name="context">The request.</param>
    /// <param name="server">The name of this server. The form on Exchange is not documented.</param>
    public static void AddCookie(HttpContext context, string server)
    {
        var request = context.Request;
        if (request.Headers["X-PreferServerAffinity"] is not [{ } preference]
            || !preference.Trim().Equals("true", StringComparison.OrdinalIgnoreCase)
            || request.Cookies[Cookie] == server
            || request.Headers[Cookie] is [{ } sent] && (sent == server || sent.EndsWith("=" + server, StringComparison.Ordinal)))
        {
            return;
        }

        context.Response.Headers.SetCookie = $"{Cookie}={server}; path=/; HttpOnly{(request.IsHttps ? "; secure" : "")}";
    }
}
