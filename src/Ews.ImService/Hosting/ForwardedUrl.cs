using System.Globalization;
using Microsoft.AspNetCore.HttpOverrides;

namespace Ews.ImService.Hosting;

/// <summary>Derives the public URL of a request from the headers of a proxy.</summary>
internal static class ForwardedUrl
{
    private const string Port = "X-Forwarded-Port";

    /// <summary>Trusts X-Forwarded-Host, X-Forwarded-Proto, X-Forwarded-Port and X-Forwarded-Prefix of any proxy, because its address in a
    /// test environment varies.</summary>
    public static void UseForwardedUrl(this IApplicationBuilder application)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        application.UseForwardedHeaders(options);
        application.Use((context, next) =>
        {
            ApplyPort(context.Request);
            return next(context);
        });
    }

    /// <summary>Adds the port to a host without port. ASP.NET Core ignores the header. The last value is of the nearest proxy.</summary>
    private static void ApplyPort(HttpRequest request)
    {
        if (request is { Host: { HasValue: true, Port: null } host }
            && request.Headers[Port].ToString().Split(',')[^1].Trim() is { Length: > 0 } text
            && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            request.Host = new HostString(host.Host, port);
        }
    }
}
