using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Testing;

/// <summary>Sends requests to the control API and reports failures as exceptions.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly X509Certificate2? _certificate;
    private readonly HttpClient _http;
    private readonly ControlConnection _connection;
    private volatile bool _isDisposed;

    public ControlClient(Uri root, string? token, X509Certificate2? certificate)
    {
        _certificate = certificate;
        _http = new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        _connection = new ControlConnection(_http, root, token);
    }

    /// <summary>Gets the root URL of the service.</summary>
    public Uri Root => _connection.Root;

    /// <summary>Gets a value that indicates whether the server was disposed of.</summary>
    public bool IsDisposed => _isDisposed;

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
    /// Sends a request and returns the response, regardless of its status. A realm that does not exist is created.
    /// </summary>
    /// <exception cref="EwsImServerException">The service cannot be reached.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed of.</exception>
    public async Task<ControlResponse> SendAsync(
        string realm, HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(EwsImServer));
        try
        {
            var response = await _connection.SendAsync(realm, method, path, json, cancellationToken).ConfigureAwait(false);
            if (realm.Length == 0 || response is not { Status: (int)HttpStatusCode.NotFound, IsRejection: true })
                return response;
            var creation = await CreateRealmAsync(realm, cancellationToken).ConfigureAwait(false);
            return creation.Status is (int)HttpStatusCode.OK or (int)HttpStatusCode.Created
                ? await _connection.SendAsync(realm, method, path, json, cancellationToken).ConfigureAwait(false)
                : creation;
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>Opens a stream of events of a realm, which must exist.</summary>
    /// <exception cref="EwsImServerException">The service cannot be reached or rejects the request.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed of.</exception>
    public async Task<ControlEventStream> OpenEventsAsync(string realm, string path, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(EwsImServer));
        try
        {
            var (stream, rejection) = await _connection.OpenEventsAsync(realm, path, null, cancellationToken).ConfigureAwait(false);
            return stream ?? throw Failure(HttpMethod.Get, path, rejection!);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>Determines whether the service is ready.</summary>
    /// <returns>The reason why it is not ready; <c>null</c> if it is ready.</returns>
    public async Task<string?> FindReasonNotReadyAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(EwsImServer));
        try
        {
            using var response = await _http.GetAsync(new Uri(Root, "/readyz"), cancellationToken).ConfigureAwait(false);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => null,
                HttpStatusCode.ServiceUnavailable => "The server is starting.",
                _ => $"The server at {Root} responds with HTTP status {(int)response.StatusCode}, and may be another service.",
            };
        }
        catch (HttpRequestException e)
        {
            return Unreachable(e).Message;
        }
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

    private Task<ControlResponse> CreateRealmAsync(string realm, CancellationToken cancellationToken) =>
        _connection.SendAsync(null, HttpMethod.Put, "realms/" + realm, null, cancellationToken);

    private EwsImServerException Unreachable(HttpRequestException cause) =>
        new($"No server responds at {Root}: {cause.GetBaseException().Message}", cause);
}
