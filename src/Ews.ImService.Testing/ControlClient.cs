using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Testing;

/// <summary>Sends requests to the control API and reports failures as exceptions.</summary>
internal sealed class ControlClient : IDisposable
{
    /// <summary>The time within which a call is complete, in addition to the time for which the service waits.</summary>
    private static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromSeconds(100);

    private readonly X509Certificate2? _certificate;
    private readonly HttpClient _http;
    private readonly ControlConnection _connection;
    private readonly TimeSpan _timeLimit;
    private volatile bool _isDisposed;

    public ControlClient(Uri root, string? token, X509Certificate2? certificate, TimeSpan? timeLimit = null)
    {
        _certificate = certificate;
        _timeLimit = timeLimit ?? DefaultTimeLimit;
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

    /// <summary>Sends a request and returns the response, regardless of its status.</summary>
    /// <param name="realm">The name of the realm; empty for the default realm.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path in the control API, with the query.</param>
    /// <param name="json">The body; <c>null</c> for none.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    /// <param name="wait">The time for which the service waits before it responds.</param>
    /// <exception cref="EwsImServerException">The service cannot be reached or does not respond.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed of.</exception>
    public Task<ControlResponse> SendAsync(
        string realm, HttpMethod method, string path, string? json, CancellationToken cancellationToken, TimeSpan wait = default) =>
        CallAsync(token => _connection.SendAsync(realm, method, path, json, token), _timeLimit + wait, cancellationToken);

    /// <summary>Opens a stream of events of a realm, which must exist.</summary>
    /// <exception cref="EwsImServerException">The service cannot be reached or rejects the request.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed of.</exception>
    public async Task<ControlEventStream> OpenEventsAsync(string realm, string path, CancellationToken cancellationToken)
    {
        var (stream, rejection) = await CallAsync(
            token => _connection.OpenEventsAsync(realm, path, null, token), _timeLimit, cancellationToken).ConfigureAwait(false);
        return stream ?? throw Failure(HttpMethod.Get, path, rejection!);
    }

    /// <summary>Determines whether the service is ready.</summary>
    /// <returns>The reason why it is not ready; <c>null</c> if it is ready.</returns>
    public async Task<string?> FindReasonNotReadyAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(EwsImServer));
        try
        {
            using var response = await _http.GetAsync(new Uri(Root, "/readyz"), cancellationToken).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return (response.StatusCode, text) switch
            {
                (HttpStatusCode.OK, "ready\n") => null,
                (HttpStatusCode.ServiceUnavailable, "starting\n") => "The server is starting.",
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

    private async Task<T> CallAsync<T>(
        Func<CancellationToken, Task<T>> call, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(EwsImServer));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(timeLimit);
        try
        {
            return await call(timeout.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(e);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EwsImServerException(
                string.Create(
                    CultureInfo.InvariantCulture, $"The server at {Root} did not respond within {timeLimit.TotalSeconds} seconds."),
                e);
        }
    }

    private EwsImServerException Unreachable(HttpRequestException cause) =>
        new($"No server responds at {Root}: {cause.GetBaseException().Message}", cause);
}
