using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Testing;

/// <summary>Sends requests to the control API and reports failures as exceptions.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly X509Certificate2? _certificate;
    private readonly HttpClient _http;
    private readonly ControlConnection _connection;
    private readonly ConcurrentDictionary<string, bool> _existingRealms = new(StringComparer.Ordinal);
    private volatile bool _isDisposed;

    public ControlClient(Uri root, string? token, X509Certificate2? certificate)
    {
        _certificate = certificate;
        _http = new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        _connection = new ControlConnection(_http, root, token);
    }

    /// <summary>Gets the root URL of the service.</summary>
    public Uri Root => _connection.Root;

    /// <summary>
    /// Creates a handler that trusts only the certificate of the service or, without one, the certificates that the system trusts.
    /// </summary>
    public SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (_certificate is { } trusted)
        {
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, presented, _, _) => presented?.GetCertHashString() == trusted.GetCertHashString();
        }

        return handler;
    }

    /// <summary>
    /// Sends a request and returns the response, regardless of its status. The realm is created first, if the request would not create it.
    /// </summary>
    /// <exception cref="EwsImServerException">The service cannot be reached.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed of.</exception>
    public async Task<ControlResponse> TrySendAsync(
        string realm, HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(EwsImServer));
        try
        {
            return await EnsureRealmAsync(realm, method, cancellationToken).ConfigureAwait(false)
                ?? await _connection.SendAsync(realm, method, path, json, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new EwsImServerException($"No server responds at {Root}: {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>Sends a request and returns the response if it succeeded.</summary>
    /// <exception cref="EwsImServerException">The service cannot be reached or rejects the request.</exception>
    public async Task<ControlResponse> SendAsync(
        string realm, HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        var response = await TrySendAsync(realm, method, path, json, cancellationToken).ConfigureAwait(false);
        return response.Succeeded ? response : throw Failure(method, path, response);
    }

    /// <summary>Creates the exception for a request that failed.</summary>
    public static EwsImServerException Failure(HttpMethod method, string path, ControlResponse response)
    {
        var problems = string.Join(Environment.NewLine, response.Problems);
        return new EwsImServerException(response.IsRejection ? $"The server rejected {method} {path}: {problems}" : problems);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _http.Dispose();
    }

    /// <summary>Creates the realm of a request that reads or deletes, once.</summary>
    /// <returns>The response if the server rejected the creation; otherwise, <c>null</c>.</returns>
    private async Task<ControlResponse?> EnsureRealmAsync(string realm, HttpMethod method, CancellationToken cancellationToken)
    {
        if (realm.Length == 0 || (method != HttpMethod.Get && method != HttpMethod.Delete) || _existingRealms.ContainsKey(realm))
            return null;
        var response = await _connection
            .SendAsync(null, HttpMethod.Put, "realms/" + realm, null, cancellationToken).ConfigureAwait(false);
        if (response.Status is not ((int)HttpStatusCode.OK or (int)HttpStatusCode.Created))
            return response;
        _existingRealms.TryAdd(realm, true);
        return null;
    }
}
