using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Protocol.Http;

/// <summary>The origin of requests that web pages send through the browser of a user, who may not know of them.</summary>
/// <remarks>RFC 6454 7; W3C, "Fetch Metadata Request Headers".</remarks>
public static class RequestOrigin
{
    private const string SecFetchSite = "Sec-Fetch-Site";

    private static readonly (string Scheme, string DefaultPort)[] Schemes = [("http://", ":80"), ("https://", ":443")];

    /// <summary>Determines whether a request comes from a page of another origin.</summary>
    /// <param name="request">The request.</param>
    /// <returns>
    /// <c>true</c> if the headers of the browser name anything other than the origin of the service; <c>false</c> if they name it, or if
    /// there are none, as in requests of EWS clients.
    /// </returns>
    public static bool IsOther(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (request.Headers.TryGetValue(SecFetchSite, out var site) && site is not ["same-origin" or "none"])
            || (request.Headers.TryGetValue(HeaderNames.Origin, out var origin)
                && !(origin is [{ } page] && IsOrigin(page, request.Host.Value)));
    }

    /// <summary>
    /// Determines whether a request comes from a page whose owner may have made its host name resolve to this machine (DNS rebinding), so
    /// that the page has the origin of the service.
    /// </summary>
    /// <param name="context">The HTTP request.</param>
    /// <returns><c>true</c> if a browser sent the request, and <see cref="HasForeignHost"/>; otherwise, <c>false</c>.</returns>
    public static bool MayBeRebound(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Headers.ContainsKey(HeaderNames.Origin) && HasForeignHost(context);
    }

    /// <summary>Determines whether a request to a loopback address names a host that <see cref="IsLocalName"/> does not accept.</summary>
    /// <param name="context">The HTTP request.</param>
    public static bool HasForeignHost(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local) && !IsLocalName(context.Request.Host);
    }

    /// <summary>Determines whether a host name cannot be made to resolve to this machine by its owner (DNS rebinding).</summary>
    /// <param name="host">The Host header.</param>
    /// <returns><c>true</c> for <c>localhost</c>, names without a domain, and IP addresses; otherwise, <c>false</c>.</returns>
    public static bool IsLocalName(HostString host)
    {
        var name = host.HasValue ? host.Host : string.Empty;
        return IPAddress.TryParse(name, out _) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
    }

    /// <summary>Compares the text, because a proxy may have replaced the scheme, and a Host header is not necessarily valid.</summary>
    private static bool IsOrigin(string page, string? host)
    {
        foreach (var (scheme, port) in Schemes)
        {
            if (!page.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                continue;
            var authority = WithoutPort(page[scheme.Length..], port);
            return authority.Length > 0 && authority.Equals(WithoutPort(host ?? string.Empty, port), StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }

    private static string WithoutPort(string authority, string port) =>
        authority.EndsWith(port, StringComparison.Ordinal) ? authority[..^port.Length] : authority;
}
