using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>Where a caller reaches this service, as far as the request tells.</summary>
internal static class RequestUrl
{
    /// <summary>Where ASP.NET Core keeps the Host header and the scheme that a proxy's have replaced.</summary>
    private const string OriginalHost = "X-Original-Host";
    private const string OriginalProto = "X-Original-Proto";

    private const string Localhost = "localhost";

    /// <summary>The URL of a path here.</summary>
    /// <remarks>Some clients leave the port out of Host, so where nobody forwarded the request, the connection's own port counts; a Host that is no host does not.</remarks>
    public static Uri Create(HttpContext context, string path)
    {
        var request = context.Request;
        var isForwarded = request.Headers.ContainsKey(OriginalHost) || request.Headers.ContainsKey(OriginalProto);
        var port = request.Host.Port ?? (isForwarded ? null : context.Connection.LocalPort);
        var host = request.Host.HasValue ? request.Host.Host : Localhost;
        return Uri.TryCreate($"{request.Scheme}://{host}{(port is null ? "" : $":{port}")}{request.PathBase}{path}", UriKind.Absolute, out var address)
            ? address
            : new Uri($"{request.Scheme}://{Localhost}:{context.Connection.LocalPort}{request.PathBase}{path}");
    }
}
