using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Recording;

/// <summary>The connection to the server that belongs to one connection of a client.</summary>
/// <remarks>NTLM and Negotiate authenticate a connection.</remarks>
internal sealed class UpstreamConnection : IDisposable
{
    private static readonly object Key = new();
    private static readonly string[] Schemes = ["Negotiate", "NTLM", "Basic"];

    private readonly HttpMessageInvoker _http;

    /// <summary>Creates the connection, which opens with the first request.</summary>
    public UpstreamConnection(RecorderOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = 1,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            UseCookies = false,
            UseProxy = !options.Server.IsLoopback,
        };
        if (options.Credentials is { } credentials)
        {
            var cache = new CredentialCache();
            foreach (var scheme in Schemes)
                cache.Add(options.Server, scheme, credentials);
            (handler.Credentials, handler.PreAuthenticate) = (cache, true);
        }

        Trust(handler.SslOptions, options);
        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>Gets the connection that belongs to the connection of a client.</summary>
    public static UpstreamConnection Get(IDictionary<object, object?> connectionItems) => (UpstreamConnection)connectionItems[Key]!;

    /// <summary>Assigns the connection to the connection of a client.</summary>
    public void Set(IDictionary<object, object?> connectionItems) => connectionItems[Key] = this;

    /// <summary>Sends a request, and waits for the headers of the response.</summary>
    /// <exception cref="HttpRequestException">The server does not respond.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static void Trust(SslClientAuthenticationOptions ssl, RecorderOptions options)
    {
        if (options.IsInsecure)
        {
#pragma warning disable CA5359 // The user requested it with --insecure.
            ssl.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (options.TrustedIssuers is { } issuers)
        {
            ssl.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            ssl.CertificateChainPolicy.CustomTrustStore.AddRange(issuers);
        }
    }
}
