using System.Security.Authentication;
using Ews.ImService.Settings;
using Ews.ImService.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ews.ImService.Hosting;

/// <summary>Configures the web server.</summary>
internal static class KestrelSetup
{
    /// <summary>Larger than the headers of a request can be, and than most bodies.</summary>
    private const int ReadAheadBytes = 64 * 1024;

    /// <summary>Adds Kestrel with the URLs, the limits, and the certificate of the service.</summary>
    public static void UseKestrel(this IWebHostBuilder web, ServiceSettings settings, ServerCertificate? certificate)
    {
        web.UseKestrelCore().UseUrls([.. settings.Urls]).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;

            // The bytes of a connection that are read ahead, in addition to the bodies that Limits:MaxBufferedBytes limits.
            kestrel.Limits.MaxRequestBufferSize = ReadAheadBytes;

            // Limits:MaxRequestBytes is enforced where bodies are read, so that the response is the same as for other rejected requests.
            kestrel.Limits.MaxRequestBodySize = null;

            // NTLM authenticates a connection, which HTTP/2 shares between requests.
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            if (certificate is not null)
                ConfigureHttps(kestrel, certificate);
        });
        if (certificate is not null)
            web.UseKestrelHttpsConfiguration();
    }

    private static void ConfigureHttps(KestrelServerOptions kestrel, ServerCertificate certificate) =>
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = certificate.Certificate;
            https.ServerCertificateChain = certificate.Issuers;
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        });
}
