using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>Creates URLs of this service that the client of a request can reach.</summary>
public static class RequestUrl
{
    /// <summary>Headers in which ASP.NET Core stores the Host header and the scheme if those of a proxy have replaced them.</summary>
    private const string OriginalHost = "X-Original-Host";
    private const string OriginalProto = "X-Original-Proto";

    private const string Localhost = "localhost";

    /// <summary>Determines whether the public URL of a request is that of a trusted proxy.</summary>
    /// <param name="request">The HTTP request.</param>
    public static bool IsForwarded(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.ContainsKey(OriginalHost) || request.Headers.ContainsKey(OriginalProto);
    }

    /// <summary>Creates the URL of a path.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <param name="path">The path, without the prefixes of the realm and of the proxy.</param>
    /// <remarks>
    /// Some clients omit the port in the Host header, so the port of the connection is used unless a proxy forwarded the request. A Host
    /// header that is not a valid host is ignored.
    /// </remarks>
    public static Uri Create(HttpContext context, string path)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        var port = request.Host.Port ?? (IsForwarded(request) ? null : context.Connection.LocalPort);
        var host = request.Host.HasValue ? request.Host.Host : Localhost;
        var url = $"{request.Scheme}://{host}{(port is null ? "" : $":{port}")}{request.PathBase}{path}";
        return Uri.TryCreate(url, UriKind.Absolute, out var created)
            ? created
            : new Uri($"{request.Scheme}://{Localhost}:{context.Connection.LocalPort}{request.PathBase}{path}");
    }
}
