using System.Text.Json.Serialization;

#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>The progress of a request.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<JournalState>))]
public enum JournalState
{
    /// <summary>The request has arrived; its response is not complete.</summary>
    Arrived,

    /// <summary>The response is complete.</summary>
    Answered,

    /// <summary>The request ended without a complete response: the client disconnected, or a fault rule closed the connection.</summary>
    Failed,
}

/// <summary>A page of journal entries.</summary>
internal sealed record JournalPage
{
    /// <summary>Gets the number of entries.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the version of the journal, which changes when an entry is added, changed or deleted.</summary>
    public required long Version { get; init; }

    /// <summary>Gets the id of the newest entry that was evicted because of the limits <c>Control:JournalEntries</c> and
    /// <c>Control:JournalBytes</c> since the journal was cleared or reset; 0 if none was evicted.</summary>
    public long EvictedThroughId { get; init; }

    /// <summary>Gets the entries in the order of arrival.</summary>
    public required IReadOnlyList<JournalEntry> Entries { get; init; }
}

/// <summary>The number of journal entries that match a filter.</summary>
/// <param name="Count">The number of entries.</param>
internal sealed record JournalCount(int Count);

/// <summary>A journal entry: a request and its response.</summary>
public sealed partial record JournalEntry
{
    /// <summary>Gets the id, counted from 1 in the realm.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the time of arrival, by the clock of the realm.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets the progress of the request.</summary>
    public required JournalState State { get; init; }

    /// <summary>Gets the HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the path and query, without the path prefix of the realm.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the EWS operation, or <c>null</c> if it is unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Operation { get; init; }

    /// <summary>Gets the primary address of the mailbox, or <c>null</c> if the request reached no mailbox.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Mailbox { get; init; }

    /// <summary>Gets the EWS response code, or <c>null</c> if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? ResponseCode { get; init; }

    /// <summary>Gets the HTTP status, or <c>null</c> if no response was completed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Status { get; init; }

    /// <summary>Gets the id of the fault rule that the request triggered, or <c>null</c> if it triggered none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Fault { get; init; }

    /// <summary>Gets the kind of the fault rule when the request triggered it, or <c>null</c> if it triggered none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public FaultKind? FaultKind { get; init; }

    /// <summary>Gets the time in milliseconds by which the request arrived before the end of a back-off that ErrorServerBusy requested, or
    /// <c>null</c> if it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? EarlyByMilliseconds { get; init; }

    /// <summary>Gets the duration in milliseconds, or <c>null</c> until the request ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? Milliseconds { get; init; }

    /// <summary>Gets the id of the entry whose request this request repeats, or <c>null</c> if it is not a replay.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? ReplayOf { get; init; }

    /// <summary>Gets the id of the trace to which the request belongs, 32 hexadecimal digits, if the service traces it or the client sent
    /// the header <c>traceparent</c>.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets the length of the request body in bytes.</summary>
    public required int RequestBytes { get; init; }

    /// <summary>Gets the length of the response body in bytes.</summary>
    public required int ResponseBytes { get; init; }

    /// <summary>Gets the headers and body of the request, if they were requested.</summary>
    public JournalMessage? Request { get; init; }

    /// <summary>Gets the headers and body of the response, if they were requested.</summary>
    public JournalMessage? Response { get; init; }
}

/// <summary>The headers and body of a request or a response. Credentials are redacted.</summary>
public sealed record JournalMessage
{
    /// <summary>Gets the headers by name.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Gets the body, if it is valid UTF-8.</summary>
    public string? Body { get; init; }

    /// <summary>Gets the body in Base64, if it is not valid UTF-8.</summary>
    public string? BodyBase64 { get; init; }

    /// <summary>Gets a value that indicates whether secrets were removed from the body. If so, the line and the position of a schema
    /// violation are not those of <see cref="Body"/>.</summary>
    public bool IsRedacted { get; init; }
}
