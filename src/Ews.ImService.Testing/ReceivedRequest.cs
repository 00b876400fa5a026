using System.Text.Json.Serialization;

namespace Ews.ImService.Testing;

/// <summary>Represents a request that a realm received, and its response: an entry of the journal.</summary>
public sealed record ReceivedRequest
{
    /// <summary>Gets the id, which counts the requests of the realm from 1.</summary>
    public long Id { get; init; }

    /// <summary>Gets the time of arrival, by the clock of the realm.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Gets the state: <c>arrived</c>, <c>answered</c> or <c>failed</c>.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>Gets the HTTP method.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>Gets the path and query, without the path of the realm.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Gets the EWS operation, or <see langword="null"/> if the request names none.</summary>
    public string? Operation { get; init; }

    /// <summary>Gets the primary SMTP address of the mailbox, or <see langword="null"/> if the request reached none.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Gets the EWS response code, or <see langword="null"/> if there is none.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>Gets the HTTP status, or <see langword="null"/> if there is no response.</summary>
    public int? Status { get; init; }

    /// <summary>Gets the id of the fault rule that the request triggered, or <see langword="null"/>.</summary>
    public string? Fault { get; init; }

    /// <summary>
    /// Gets the time between the arrival and the end of the back-off that ErrorServerBusy had requested, in milliseconds;
    /// <see langword="null"/> if no back-off was in effect.
    /// </summary>
    public double? EarlyByMilliseconds { get; init; }

    /// <summary>Gets the request headers. Of credentials, only the scheme is shown.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Headers => Request?.Headers ?? new Dictionary<string, string>();

    /// <summary>Gets the request body; empty if it is not UTF-8.</summary>
    [JsonIgnore]
    public string Body => Request?.Body ?? string.Empty;

    /// <summary>Gets the response body; empty if there is none or it is not UTF-8.</summary>
    [JsonIgnore]
    public string ResponseBody => Response?.Body ?? string.Empty;

    /// <summary>Returns a one-line description for messages.</summary>
    /// <returns>A description such as <c>#1 AddImGroup for alice@contoso.com: NoError</c>.</returns>
    public override string ToString()
    {
        var result = State == "answered" ? ResponseCode ?? $"HTTP {Status}" : State;
        var fault = Fault is null ? "" : $", fault {Fault}";
        var early = EarlyByMilliseconds is null ? "" : $", {EarlyByMilliseconds} ms early";
        return $"#{Id} {Operation ?? $"{Method} {Path}"} for {Mailbox ?? "-"}: {result}{fault}{early}";
    }

    [JsonInclude]
    internal Message? Request { get; init; }

    [JsonInclude]
    internal Message? Response { get; init; }

    internal sealed record Message(IReadOnlyDictionary<string, string> Headers, string? Body);
}
