using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>Sends requests to the control API of a running service.</summary>
/// <param name="http">The HTTP client, without a base address and without a timeout.</param>
/// <param name="root">The root URL of the service.</param>
/// <param name="token">The bearer token; <c>null</c> if none is sent.</param>
internal sealed class ControlConnection(HttpClient http, Uri root, string? token)
{
    private const string RealmHeader = "X-Ews-Realm";
    private const string LastEventIdHeader = "Last-Event-ID";

    private readonly Uri _control = new(root, "/_control/v1/");

    /// <summary>Gets the root URL of the service.</summary>
    public Uri Root { get; } = root;

    /// <summary>Sends a request.</summary>
    /// <param name="realm">The name of the realm; <c>null</c> or empty for the default realm.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <c>/_control/v1/</c>, with the query.</param>
    /// <param name="json">The body; <c>null</c> for none.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    /// <returns>The response, regardless of its status.</returns>
    /// <exception cref="HttpRequestException">The service cannot be reached.</exception>
    public async Task<ControlResponse> SendAsync(
        string? realm, HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(realm, method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, ControlResponse.Json);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a stream of events.</summary>
    /// <param name="realm">The name of the realm; <c>null</c> or empty for the default realm.</param>
    /// <param name="path">The path below <c>/_control/v1/</c>, with the query.</param>
    /// <param name="lastEventId">The id of the event after which the stream continues; <c>null</c> for a new stream.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    /// <returns>The stream, or the response of a service that rejects the request.</returns>
    /// <exception cref="HttpRequestException">The service cannot be reached.</exception>
    public async Task<(ControlEventStream? Stream, ControlResponse? Rejection)> OpenEventsAsync(
        string? realm, string path, string? lastEventId, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(realm, HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add(LastEventIdHeader, lastEventId);
        var response = await http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response is { IsSuccessStatusCode: true, Content.Headers.ContentType.MediaType: ControlEventStream.MediaType })
            return (new ControlEventStream(response), null);
        using (response)
            return (null, await ReadAsync(response, cancellationToken).ConfigureAwait(false));
    }

    private HttpRequestMessage CreateRequest(string? realm, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(_control, path));
        if (!string.IsNullOrEmpty(realm))
            request.Headers.Add(RealmHeader, realm);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task<ControlResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return new ControlResponse(Root, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text);
    }
}

/// <summary>A response of the control API.</summary>
/// <param name="Root">The root URL of the service.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="MediaType">The media type of the body; <c>null</c> if it is not stated.</param>
/// <param name="Text">The body.</param>
internal sealed record ControlResponse(Uri Root, int Status, string? MediaType, string Text)
{
    /// <summary>The media type of documents.</summary>
    internal const string Json = "application/json";

    private const string ProblemJson = "application/problem+json";

    /// <summary>Gets a value that indicates whether the control API responded that the request succeeded.</summary>
    public bool Succeeded => Status is >= 200 and <= 299 && (HasNoContent || MediaType == Json);

    /// <summary>
    /// Gets a value that indicates whether the control API rejected the request; <c>false</c> if another server responded.
    /// </summary>
    public bool IsRejection => MediaType == ProblemJson;

    /// <summary>Gets a value that indicates whether the realm, or what the request names in it, does not exist.</summary>
    public bool IsMissing => Status == (int)HttpStatusCode.NotFound && IsRejection;

    /// <summary>Gets the problems of a request that failed, one sentence each.</summary>
    public IReadOnlyList<string> Problems => IsRejection
        ? JsonSerializer.Deserialize(Text, ContractJson.Default.ControlProblem)!.Problems
        : [string.Create(
            CultureInfo.InvariantCulture,
            $"There is no control API at {Root} (HTTP status {Status}). Control:Enabled may be false, or another server listens there.")];

    private bool HasNoContent => MediaType is null && Text.Length == 0;

    /// <summary>Reads the body.</summary>
    public T Read<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Text, type)!;
}
