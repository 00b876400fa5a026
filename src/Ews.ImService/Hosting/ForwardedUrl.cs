using Microsoft.AspNetCore.HttpOverrides;

namespace Ews.ImService.Hosting;

/// <summary>Derives the public URL of a request from the headers of a proxy.</summary>
internal static class ForwardedUrl
{
    /// <summary>Trusts X-Forwarded-Host and X-Forwarded-Proto of any proxy, because its address in a test environment varies.</summary>
    public static void UseForwardedUrl(this IApplicationBuilder application)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        application.UseForwardedHeaders(options);
    }
}
