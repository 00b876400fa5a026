using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ews.ImService.Control.Contract;
using Ews.ImService.Tls;

namespace Ews.ImService.Commands;

/// <summary>Sends the requests of commands to a running service.</summary>
internal sealed class RunningService : IDisposable
{
    private const string Ready = "ready";
    private const int MaxQuotedLength = 100;

    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http;
    private readonly ControlConnection _control;
    private readonly ClientOptions _options;

    /// <summary>Creates a client of a running service.</summary>
    public RunningService(ClientOptions options)
    {
        _http = new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        _control = new ControlConnection(_http, options.Url, options.Token);
        _options = options;
    }

    /// <summary>Creates a handler that trusts the certificate that the service generates on this machine.</summary>
    public static SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, certificate, _, errors) => errors == SslPolicyErrors.None || IsOwn(certificate);
        return handler;
    }

    /// <summary>Gets the options of the command.</summary>
    public ClientOptions Options => _options;

    /// <summary>Waits until the service is ready.</summary>
    /// <param name="timeout">The time after which the service must be ready; zero to try once.</param>
    /// <exception cref="StartException">The service is not ready in time.</exception>
    public async Task WaitUntilReadyAsync(TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await EnsureReadyAsync();
                return;
            }
            catch (StartException) when (Stopwatch.GetElapsedTime(started) < timeout)
            {
                await Task.Delay(RetryInterval);
            }
        }
    }

    private Task<string> EnsureReadyAsync() => CallAsync(async () =>
    {
        using var timeout = new CancellationTokenSource(ReadyTimeout);
        try
        {
            using var response = await _http.GetAsync(new Uri(_options.Url, "/readyz"), timeout.Token);
            var text = (await response.Content.ReadAsStringAsync(timeout.Token)).Trim();
            if (!response.IsSuccessStatusCode || text != Ready)
            {
                throw new StartException(
                    $"The service at {_options.Url} is not ready: HTTP status {(int)response.StatusCode}, {Shorten(text)}");
            }

            return text;
        }
        catch (OperationCanceledException e)
        {
            throw new StartException($"The service at {_options.Url} did not respond within {ReadyTimeout.TotalSeconds} seconds.", e);
        }
    });

    /// <summary>Calls the control API.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path of the call, relative to the root of the control API.</param>
    /// <param name="json">The body, or <c>null</c> for none.</param>
    /// <param name="source">The name of the document in the body, which the messages of its problems begin with, or <c>null</c>.</param>
    /// <returns>The body of the response.</returns>
    /// <exception cref="StartException">The service cannot be reached, or rejects the request.</exception>
    public async Task<string> SendAsync(HttpMethod method, string path, string? json = null, string? source = null)
    {
        var response = await CallAsync(() => _control.SendAsync(_options.Realm, method, path, json, CancellationToken.None));
        return response.Succeeded ? response.Text : throw Rejection(response, source);
    }

    /// <summary>Reads an object of the control API.</summary>
    /// <returns>The body of the response; <c>null</c> if the object does not exist.</returns>
    /// <exception cref="StartException">The service cannot be reached, or rejects the request.</exception>
    public async Task<string?> FindAsync(string path)
    {
        var response = await CallAsync(() => _control.SendAsync(_options.Realm, HttpMethod.Get, path, null, CancellationToken.None));
        if (response is { IsRejection: true, Status: (int)HttpStatusCode.NotFound })
            return null;
        return response.Succeeded ? response.Text : throw Rejection(response);
    }

    /// <summary>Opens the stream of events.</summary>
    /// <exception cref="StartException">The service cannot be reached, or rejects the request.</exception>
    public async Task<ControlEventStream> OpenEventsAsync(string path, string? lastEventId, CancellationToken cancellationToken)
    {
        var (stream, rejection) = await CallAsync(() => _control.OpenEventsAsync(_options.Realm, path, lastEventId, cancellationToken));
        return stream ?? throw Rejection(rejection!);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Shorten(string text) => text.Length > MaxQuotedLength ? text[..MaxQuotedLength] + "…" : text;

    private static StartException Rejection(ControlResponse response, string? source = null) =>
        new(string.Join('\n', response.Problems.Select(problem => source is null ? problem : $"{source}: {problem}")));

    /// <summary>Determines whether a certificate is the one that the service generates on this machine.</summary>
    private static bool IsOwn(X509Certificate? certificate)
    {
        if (certificate is null || !File.Exists(CertificateSettings.OwnPath))
            return false;
        try
        {
            using var own = X509CertificateLoader.LoadPkcs12FromFile(CertificateSettings.OwnPath, null);
            return certificate.GetRawCertData().AsSpan().SequenceEqual(own.RawData);
        }
        catch (CryptographicException)
        {
            return false; // A damaged file cannot be trusted.
        }
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new StartException($"The certificate of {_options.Url} is not trusted: {e.GetBaseException().Message.TrimEnd('.')}.", e);
        }
        catch (HttpRequestException e)
        {
            throw new StartException(
                $"No service responds at {_options.Url}: {e.GetBaseException().Message.TrimEnd('.')}. Use --url to name another URL.", e);
        }
    }
}
