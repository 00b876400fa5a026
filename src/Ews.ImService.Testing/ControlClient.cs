using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Ews.ImService.Testing;

/// <summary>Calls the control API.</summary>
internal sealed class ControlClient : IDisposable
{
    private const string Path = "_control/v1/";
    private const string RealmHeader = "X-Ews-Realm";

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;

    public ControlClient(Uri root, string? token, X509Certificate2? certificate)
    {
        Root = root;
        Certificate = certificate;
        _http = new HttpClient(CreateHandler()) { BaseAddress = root, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The root URL of the service.</summary>
    public Uri Root { get; }

    private X509Certificate2? Certificate { get; }

    /// <summary>Creates a handler that trusts the certificate of the service and, without one, what the system trusts.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (Certificate is { } trusted)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == trusted.GetCertHashString();
        return handler;
    }

    /// <summary>Sends a request and returns the response body.</summary>
    /// <exception cref="EwsImServerException">The request failed or was rejected.</exception>
    public async Task<string> SendAsync(string realm, HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        var (status, text) = await TrySendAsync(realm, method, path, body, cancellationToken).ConfigureAwait(false);
        return status is >= 200 and < 300 ? text : throw new EwsImServerException(Detail(status, text));
    }

    /// <summary>Sends a request and deserializes the response body.</summary>
    /// <exception cref="EwsImServerException">The request failed or was rejected.</exception>
    public async Task<T> SendAsync<T>(string realm, HttpMethod method, string path, string? body, CancellationToken cancellationToken) =>
        Read<T>(await SendAsync(realm, method, path, body, cancellationToken).ConfigureAwait(false));

    /// <summary>Sends a request and returns the status and the response body.</summary>
    /// <exception cref="EwsImServerException">The service cannot be reached.</exception>
    public async Task<(int Status, string Text)> TrySendAsync(string realm, HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Path + path);
        if (realm.Length > 0)
            request.Headers.Add(RealmHeader, realm);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException e)
        {
            throw new EwsImServerException($"No server responds at {Root}: {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>Deserializes a response body.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonOptions)!;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Returns the reason of a rejected request.</summary>
    public string Detail(int status, string text)
    {
        try
        {
            using var problem = JsonDocument.Parse(text);
            return problem.RootElement.GetProperty("detail").GetString()!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return status == 404
                ? $"There is no control API at {Root}: Control:Enabled is false, or the server is not an Ews.ImService."
                : $"The server responded with HTTP status {status}: {text.Trim()}";
        }
    }
}
