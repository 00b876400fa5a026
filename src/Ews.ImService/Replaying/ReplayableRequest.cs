using System.Net.Http.Headers;
using System.Text;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Recording;

namespace Ews.ImService.Replaying;

/// <summary>A recorded request, as it is sent to the service.</summary>
internal static class ReplayableRequest
{
    private const string EwsFile = "/exchange.asmx";
    private const int Unauthorized = 401;
    private const string HiddenBody = "body hidden in the recording";

    /// <summary>The headers that belong to the recorded connection or to its sign-in.</summary>
    private static readonly HashSet<string> OmittedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept-Encoding", "Authorization", "Connection", "Content-Encoding", "Content-Length", "Cookie", "Expect", "Host", "Keep-Alive",
        "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", RequestRealm.Header,
    };

    private static readonly FaultKind[] FaultsWithoutExecution =
        [FaultKind.ServerBusy, FaultKind.ResponseCode, FaultKind.SoapFault, FaultKind.Http, FaultKind.Drop];

    /// <summary>Returns the reason why a request is not sent; <c>null</c> if it is sent.</summary>
    public static string? ReasonToSkip(JournalEntry entry)
    {
        var path = PathOf(entry).Split('?')[0];
        if (entry.Method != HttpMethod.Post.Method || !path.EndsWith(EwsFile, StringComparison.OrdinalIgnoreCase))
            return "not an EWS request";
        if (entry.Status == Unauthorized)
            return "part of a sign-in";
        if (entry.Request is null)
            return "no body in the recording";
        if (entry.Request.Body == Redaction.Hidden)
            return HiddenBody;
        return entry.FaultKind is { } fault && FaultsWithoutExecution.Contains(fault) ? "not executed because of an injected fault" : null;
    }

    /// <summary>Returns the reason why a response is not compared; <c>null</c> if it is compared.</summary>
    public static string? ReasonNotToCompare(JournalEntry entry)
    {
        if (entry.FaultKind is FaultKind.DropAfter or FaultKind.Truncate or FaultKind.Malformed)
            return "injected fault in the recorded response";
        if (entry is { Status: >= 200 and < 300, Response.Body: Redaction.Hidden })
            return HiddenBody;
        var isComplete = entry.State == JournalState.Answered
            || entry is { Operation: SoapXml.StreamingOperation, Response.Body.Length: > 0 };
        return isComplete && entry.Response is not null ? null : "incomplete response in the recording";
    }

    /// <summary>Creates the request.</summary>
    /// <param name="entry">The recorded entry.</param>
    /// <param name="root">The root of the service.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="ids">The ids of the service.</param>
    /// <returns>The request, and the ids in it that no earlier response contained.</returns>
    public static (HttpRequestMessage Request, IReadOnlyList<string> UnknownIds) Create(
        JournalEntry entry, Uri root, string realm, IdMap ids)
    {
        var message = entry.Request!;
        var (body, unknownIds) = message.Body is { } text
            ? Encode(ids.Translate(text))
            : (Convert.FromBase64String(message.BodyBase64 ?? ""), []);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(root, $"{RequestRealm.PathPrefix}{realm}{PathOf(entry)}"))
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, value) in message.Headers.Where(header => !IsOmitted(header.Key, header.Value)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return (request, unknownIds);
    }

    /// <summary>Returns the sign-in that selects a mailbox in a service that does not verify passwords.</summary>
    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static (byte[] Body, IReadOnlyList<string> UnknownIds) Encode((string Text, IReadOnlyList<string> UnknownIds) request) =>
        (Encoding.UTF8.GetBytes(request.Text), request.UnknownIds);

    private static bool IsOmitted(string name, string value) =>
        OmittedHeaders.Contains(name) || value.Contains(Redaction.Hidden, StringComparison.Ordinal);

    /// <summary>Returns the path without the realm of the recorded service, and without dots that would lead to another realm.</summary>
    private static string PathOf(JournalEntry entry)
    {
        var path = new Uri("http://localhost" + entry.Path).PathAndQuery;
        if (!path.StartsWith(RequestRealm.PathPrefix, StringComparison.OrdinalIgnoreCase))
            return path;
        var end = path.IndexOf('/', RequestRealm.PathPrefix.Length);
        return end < 0 ? "/" : path[end..];
    }
}
