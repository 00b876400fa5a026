using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Tls;

namespace Ews.ImService.Commands;

/// <summary>A service that runs already, as commands speak to it.</summary>
internal sealed class RunningService : IDisposable
{
    private const string Control = "_control/v1/";
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";
    private const string Ready = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;

    public RunningService(ClientSettings settings)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) => errors == System.Net.Security.SslPolicyErrors.None || IsOwn(shown);
        _http = new HttpClient(handler) { BaseAddress = settings.Url, Timeout = Timeout.InfiniteTimeSpan };
        if (settings.Token is { } token)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (settings.Realm is { } realm)
            _http.DefaultRequestHeaders.Add(RequestRealm.Header, realm);
    }

    /// <summary>Whether it is ready.</summary>
    /// <param name="why">Why not.</param>
    public bool IsReady(out string? why)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            using var response = Send(new HttpRequestMessage(HttpMethod.Get, "readyz"), patience.Token);
            var text = Text(response).Trim();
            why = response.IsSuccessStatusCode && text == Ready ? null : $"{_http.BaseAddress} answers with HTTP {(int)response.StatusCode}: {(text.Length > 100 ? text[..100] + "…" : text)}";
        }
        catch (OperationCanceledException)
        {
            why = $"{_http.BaseAddress} does not answer within {Patience.TotalSeconds} seconds.";
        }
        catch (StartException e)
        {
            why = e.Message;
        }

        return why is null;
    }

    /// <summary>Calls its control API.</summary>
    /// <returns>The answer's body.</returns>
    /// <exception cref="StartException">It cannot be reached, or refuses.</exception>
    public string Call(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, Control + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, Json);
        using var response = Send(request, CancellationToken.None);
        var isOurs = response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentType?.MediaType == Json;
        return response.IsSuccessStatusCode && isOurs ? Text(response) : throw new StartException(Explain(response));
    }

    /// <summary>Waits by its control API.</summary>
    /// <returns>The answer's body; null where nothing came in time.</returns>
    /// <exception cref="StartException">It cannot be reached, or refuses.</exception>
    public string? Wait(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Control + path);
        using var response = Send(request, CancellationToken.None);
        return response.IsSuccessStatusCode ? Text(response) : response.StatusCode == HttpStatusCode.GatewayTimeout ? null : throw new StartException(Explain(response));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Text(HttpResponseMessage response) => new StreamReader(response.Content.ReadAsStream()).ReadToEnd();

    private string Explain(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != Problem)
            return $"There is no control API at {_http.BaseAddress}: Control:Enabled may be false there, or it is another server. It answers with HTTP {(int)response.StatusCode}.";
        using var problem = JsonDocument.Parse(Text(response));
        return string.Join('\n', problem.RootElement.GetProperty("problems").EnumerateArray().Select(one => one.GetString()));
    }

    /// <summary>Whether a certificate is the one that this service makes for itself on this machine.</summary>
    private static bool IsOwn(X509Certificate? shown)
    {
        if (shown is null || !File.Exists(CertificateSettings.OwnPath))
            return false;
        try
        {
            using var own = X509CertificateLoader.LoadPkcs12FromFile(CertificateSettings.OwnPath, null);
            return shown.GetRawCertData().AsSpan().SequenceEqual(own.RawData);
        }
        catch (CryptographicException)
        {
            return false; // A damaged file vouches for nobody.
        }
    }

    private HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return _http.Send(request, cancellation);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new StartException($"{_http.BaseAddress} shows a certificate that is not trusted here: {e.GetBaseException().Message.TrimEnd('.')}.", e);
        }
        catch (HttpRequestException e)
        {
            throw new StartException($"No service answers at {_http.BaseAddress}: {e.GetBaseException().Message.TrimEnd('.')}. Name it with --url.", e);
        }
    }
}
