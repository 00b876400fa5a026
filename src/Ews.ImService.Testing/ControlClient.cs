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
        _http = new HttpClient(NewHandler()) { BaseAddress = root, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The root of the service.</summary>
    public Uri Root { get; }

    private X509Certificate2? Certificate { get; }

    /// <summary>A handler that trusts the service's own certificate, and no other that the system does not trust.</summary>
    public SocketsHttpHandler NewHandler()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (Certificate is { } trusted)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == trusted.GetCertHashString();
        return handler;
    }

    /// <summary>Calls.</summary>
    /// <exception cref="EwsImServerException">It was refused.</exception>
    public async Task<string> SendAsync(string realm, HttpMethod method, string path, string? body, CancellationToken cancellation)
    {
        var (status, text) = await TrySendAsync(realm, method, path, body, cancellation).ConfigureAwait(false);
        return status is >= 200 and < 300 ? text : throw new EwsImServerException(Detail(status, text));
    }

    /// <summary>Calls, and reads the answer.</summary>
    public async Task<T> SendAsync<T>(string realm, HttpMethod method, string path, string? body, CancellationToken cancellation) =>
        Read<T>(await SendAsync(realm, method, path, body, cancellation).ConfigureAwait(false));

    /// <summary>Calls, and leaves it to the caller what a refusal means.</summary>
    public async Task<(int Status, string Text)> TrySendAsync(string realm, HttpMethod method, string path, string? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, Path + path);
        if (realm.Length > 0)
            request.Headers.Add(RealmHeader, realm);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
        }
        catch (HttpRequestException e)
        {
            throw new EwsImServerException($"No stand-in answers at {Root}: {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>Reads an answer.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonOptions)!;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>What a refusal says.</summary>
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
                ? $"There is no control API at {Root}: Control:Enabled may be false there, or it is no Ews.ImService."
                : $"The stand-in answered with HTTP {status}: {text.Trim()}";
        }
    }
}
