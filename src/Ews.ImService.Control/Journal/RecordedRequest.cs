using System.Buffers;
using System.Diagnostics;
using Ews.ImService.Control.Contract;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Control.Journal;

/// <summary>A journal entry: a request and its response, as far as they are known.</summary>
/// <remarks>
/// An entry refers to the headers and bodies as they were received and sent, because every request pays for its recording but few
/// entries are read. Credentials are redacted when an entry is read. <see cref="RequestInterceptor"/> updates the entry until the request
/// ends, under the lock of the journal.
/// </remarks>
internal sealed class RecordedRequest
{
    /// <summary>Gets the id, counted from 1 in the realm.</summary>
    public long Id { get; set; }

    /// <summary>Gets the time of arrival, by the clock of the realm.</summary>
    public required DateTimeOffset Time { get; set; }

    /// <summary>Gets the HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the path and query, without the path prefix of the realm. Credentials are redacted.</summary>
    public string Path => RawPath.ToUriComponent() + Redaction.Query(RawQuery.ToUriComponent());

    /// <summary>Gets the headers of the request. Credentials are redacted.</summary>
    public IReadOnlyDictionary<string, string> RequestHeaders => RawRequestHeaders.Redact();

    /// <summary>Gets the progress of the request.</summary>
    public JournalState State { get; set; }

    /// <summary>Gets the EWS operation, or <c>null</c> if it is unknown.</summary>
    public string? Operation { get; set; }

    /// <summary>Gets the primary address of the mailbox, or <c>null</c> if the request reached no mailbox.</summary>
    public string? Mailbox { get; set; }

    /// <summary>Gets the admission of the request, or <c>null</c> if it is not admitted. It is set without the lock of the journal.
    /// </summary>
    public Admission? Admission { get; set; }

    /// <summary>Gets the body of the request, with credentials; not compressed.</summary>
    public ReadOnlyMemory<byte> RequestBody { get; set; }

    /// <summary>Gets a value that indicates whether the body, which can be empty, was received completely.</summary>
    public bool IsBodyReceived { get; set; }

    /// <summary>Gets the id of the fault rule that the request triggered, or <c>null</c> if it triggered none.</summary>
    public string? Fault { get; set; }

    /// <summary>Gets the kind of the fault rule when the request triggered it, or <c>null</c> if it triggered none.</summary>
    public FaultKind? FaultKind { get; set; }

    /// <summary>Gets the remaining back-off time at arrival, or <c>null</c> if there was no back-off.</summary>
    public TimeSpan? EarlyBy { get; set; }

    /// <summary>Gets the id of the entry whose request this request repeats, or <c>null</c> if it is not a replay.</summary>
    public long? ReplayOf { get; init; }

    /// <summary>Gets the trace of the service to which the request belongs, or <c>null</c> if the service does not trace it.</summary>
    public ActivityTraceId? Trace { get; init; }

    /// <summary>Gets the id of the trace to which the request belongs, or <c>null</c> if it is not traced, by the service or its client.
    /// </summary>
    public string? TraceId => Trace?.ToHexString() ?? TraceContext.FindId(RawRequestHeaders.Find(HeaderNames.TraceParent));

    /// <summary>Gets the EWS response code, or <c>null</c> if there is none.</summary>
    public string? ResponseCode { get; set; }

    /// <summary>Gets the HTTP status, or <c>null</c> if no response was completed.</summary>
    public int? Status { get; set; }

    /// <summary>Gets the headers of the response. Credentials are redacted.</summary>
    public IReadOnlyDictionary<string, string> ResponseHeaders => RawResponseHeaders.Redact();

    /// <summary>Gets the body of an EWS response before a fault changed it; empty for any other response.</summary>
    public ReadOnlySequence<byte> ResponseBody { get; set; }

    /// <summary>Gets the time until the response was sent, or <c>null</c> until then.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>Gets the scheme of the URL.</summary>
    public string Scheme { get; init; } = Uri.UriSchemeHttp;

    /// <summary>Gets the path prefix of the realm, or an empty path.</summary>
    public PathString RawPathBase { get; init; }

    /// <summary>Gets the path, without the path prefix of the realm.</summary>
    public required PathString RawPath { get; init; }

    /// <summary>Gets the query, with credentials.</summary>
    public required QueryString RawQuery { get; init; }

    /// <summary>Gets the headers of the request, with credentials.</summary>
    public required RecordedHeaders RawRequestHeaders { get; init; }

    /// <summary>Gets the headers of the response, with credentials.</summary>
    public RecordedHeaders RawResponseHeaders { get; set; }

    /// <summary>Gets the number of characters in the path, the query and the headers.</summary>
    public int HeadSize =>
        (RawPathBase.Value?.Length ?? 0)
        + (RawPath.Value?.Length ?? 0)
        + (RawQuery.Value?.Length ?? 0)
        + RawRequestHeaders.Size
        + RawResponseHeaders.Size;

    /// <summary>Gets a value that indicates whether secrets were removed from the body of the request before it was stored.</summary>
    public bool IsRequestRedacted { get; set; }

    /// <summary>Gets a value that indicates whether secrets were removed from the body of the response before it was stored.</summary>
    public bool IsResponseRedacted { get; set; }

    /// <summary>Gets or sets the object with which a journal that is not in memory tracks the request.</summary>
    public object? Tracking { get; set; }

    /// <summary>Gets a value that indicates whether the journal contains the entry: it was neither evicted nor deleted.</summary>
    public bool IsInJournal { get; set; }

    /// <summary>Gets the version of the journal since which it contains the entry.</summary>
    public long AddedAt { get; set; }

    /// <summary>Gets the version of the journal since which the entry is unchanged.</summary>
    public long ChangedAt { get; set; }

    /// <summary>Returns the entry for a client.</summary>
    /// <param name="withBodies"><c>true</c> to include headers and bodies; otherwise, <c>false</c>.</param>
    public JournalEntry ToEntry(bool withBodies) => new()
    {
        Id = Id,
        Time = Time,
        State = State,
        Method = Method,
        Path = Path,
        Operation = Operation,
        Mailbox = Mailbox,
        ResponseCode = ResponseCode,
        Status = Status,
        Fault = Fault,
        FaultKind = FaultKind,
        EarlyByMilliseconds = EarlyBy is { } early ? Math.Round(early.TotalMilliseconds, 1) : null,
        Milliseconds = Duration is { } duration ? Math.Round(duration.TotalMilliseconds, 2) : null,
        ReplayOf = ReplayOf,
        TraceId = TraceId,
        RequestBytes = RequestBody.Length,
        ResponseBytes = (int)ResponseBody.Length,
        Request = withBodies ? ToMessage(RequestHeaders, RequestBody, IsRequestRedacted) : null,
        Response = withBodies ? ToMessage(ResponseHeaders, ResponseBody.ToArray(), IsResponseRedacted) : null,
    };

    /// <summary>Gets a value that indicates whether the entry does not change any more. An answered request can still fail, if the client
    /// disconnects before it has received the response.</summary>
    public bool IsFinal { get; set; }

    /// <summary>Returns the entry as it is now: itself if it is final; otherwise, a copy.</summary>
    public RecordedRequest Snapshot() => IsFinal ? this : (RecordedRequest)MemberwiseClone();

    private static JournalMessage ToMessage(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, bool wasRedacted)
    {
        var (text, isRedacted) = Redaction.Body(body);
        return new JournalMessage
        {
            Headers = headers,
            Body = text,
            BodyBase64 = text is null ? Convert.ToBase64String(body.Span) : null,
            IsRedacted = wasRedacted || isRedacted,
        };
    }
}
