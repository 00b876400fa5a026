using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>The cookie that leads the requests for a group of subscriptions to one server. Here, there is only one.</summary>
/// <remarks>
/// Learn: "Maintain affinity between a group of subscriptions and the Mailbox server in Exchange". Clients read the cookie from the
/// response
/// to their first Subscribe, and return it as a cookie, or as a header of the same name.
/// </remarks>
internal static class ServerAffinity
{
    private const string Cookie = "X-BackEndOverrideCookie";

    /// <summary>The value of the cookie, which is the name of a server on Exchange. It is not documented further.</summary>
    private const string Server = "localhost~1";

    /// <summary>Adds the cookie to the response if the client requests it and does not have it yet.</summary>
    public static void AddCookie(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers["X-PreferServerAffinity"] is not [{ } preference]
            || !preference.Trim().Equals("true", StringComparison.OrdinalIgnoreCase)
            || request.Headers.ContainsKey(Cookie)
            || request.Cookies.ContainsKey(Cookie))
        {
            return;
        }

        context.Response.Headers.SetCookie = $"{Cookie}={Server}; path=/; HttpOnly{(request.IsHttps ? "; secure" : "")}";
    }
}
