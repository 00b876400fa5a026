using Microsoft.AspNetCore.HttpOverrides;

namespace Ews.ImService.Hosting;

/// <summary>Takes the public URL of a request from the headers of a proxy.</summary>
internal static class ForwardedUrl
{
    /// <summary>Trusts the headers X-Forwarded-Host and X-Forwarded-Proto of any proxy; the addresses of proxies in test environments are not known.</summary>
    public static void UseForwardedUrl(this IApplicationBuilder application)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        application.UseForwardedHeaders(options);
    }
}
