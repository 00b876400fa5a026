namespace Ews.ImService.Recording;

/// <summary>The headers that are forwarded: all except those that belong to a connection.</summary>
/// <remarks>RFC 9110 7.6.1.</remarks>
internal static class ForwardedHeaders
{
    private const string Connection = "Connection";

    private static readonly HashSet<string> OfConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        Connection, "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade",
    };

    /// <summary>The headers of a request that the connection to the server sets.</summary>
    private static readonly HashSet<string> Replaced = new(StringComparer.OrdinalIgnoreCase) { "Host", "Content-Length", "Expect" };

    /// <summary>Creates the request to the server.</summary>
    /// <param name="received">The request of the client.</param>
    /// <param name="body">The body of the request.</param>
    /// <param name="server">The root of the server.</param>
    /// <param name="withSignIn"><c>true</c> to forward the credentials of the client; otherwise, <c>false</c>.</param>
    public static HttpRequestMessage CreateRequest(HttpRequest received, byte[] body, Uri server, bool withSignIn)
    {
        var request = new HttpRequestMessage(new HttpMethod(received.Method), UrlOf(received, server))
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = HasBody(received) ? new ByteArrayContent(body) : null,
        };
        var ofConnection = Named(received.Headers.Connection);
        foreach (var (name, values) in received.Headers)
        {
            if (OfConnection.Contains(name) || Replaced.Contains(name) || ofConnection.Contains(name))
                continue;
            if (!withSignIn && name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return request;
    }

    /// <summary>Copies the status and the headers of a response of the server.</summary>
    public static void CopyResponse(HttpResponseMessage response, HttpResponse target)
    {
        target.StatusCode = (int)response.StatusCode;
        var ofConnection = Named(response.Headers.Connection);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            if (!OfConnection.Contains(name) && !ofConnection.Contains(name))
                target.Headers.Append(name, values.ToArray());
        }

        // A client that signs in with NTLM must begin again on a new connection.
        if (response.Headers.ConnectionClose == true)
            target.Headers.Connection = "close";
    }

    /// <summary>Returns the URL on the server. A path that begins with two slashes must not be resolved as a reference to another host.
    /// </summary>
    private static Uri UrlOf(HttpRequest received, Uri server)
    {
        var path = received.Path.ToUriComponent() + received.QueryString.ToUriComponent();
        var url = new Uri(server.GetLeftPart(UriPartial.Authority) + path);
        return url.Scheme == server.Scheme && url.Authority == server.Authority
            ? url
            : throw new InvalidOperationException($"The path {path} leaves the server {server}.");
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength is not null || request.Headers.TransferEncoding.Count > 0;

    /// <summary>Returns the names of headers that a Connection header lists.</summary>
    private static HashSet<string> Named(IEnumerable<string?> connection) => connection
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
