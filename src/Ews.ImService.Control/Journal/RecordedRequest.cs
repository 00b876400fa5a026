using System.Buffers;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Control.Journal;

/// <summary>A journal entry: a request and its response, as far as they are known, with unredacted bodies.</summary>
public sealed record RecordedRequest
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    // Headers are measured when they are set: every update of the entry asks for its size, under the lock of the journal.
    private readonly IReadOnlyDictionary<string, string> _requestHeaders = NoHeaders;
    private readonly int _requestHeadersSize;
    private readonly IReadOnlyDictionary<string, string> _responseHeaders = NoHeaders;
    private readonly int _responseHeadersSize;

    /// <summary>Gets the id, counted from 1 in the realm.</summary>
    public long Id { get; init; }

    /// <summary>Gets the time of arrival, by the clock of the realm.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets the HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the path and query, without the path prefix of the realm.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the headers of the request, without credentials.</summary>
    public required IReadOnlyDictionary<string, string> RequestHeaders
    {
        get => _requestHeaders;
        init => (_requestHeaders, _requestHeadersSize) = (value, SizeOf(value));
    }

    /// <summary>Gets the progress of the request.</summary>
    public JournalState State { get; init; }

    /// <summary>Gets the EWS operation, or <c>null</c> if it is unknown.</summary>
    public string? Operation { get; init; }

    /// <summary>Gets the primary address of the mailbox, or <c>null</c> if the request reached no mailbox.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Gets the body of the request.</summary>
    public ReadOnlyMemory<byte> RequestBody { get; init; }

    /// <summary>Gets the id of the fault rule that the request triggered, or <c>null</c> if it triggered none.</summary>
    public string? Fault { get; init; }

    /// <summary>Gets the remaining back-off time at arrival, or <c>null</c> if there was no back-off.</summary>
    public TimeSpan? EarlyBy { get; init; }

    /// <summary>Gets the EWS response code, or <c>null</c> if there is none.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>Gets the HTTP status, or <c>null</c> if no response was completed.</summary>
    public int? Status { get; init; }

    /// <summary>Gets the headers of the response.</summary>
    public IReadOnlyDictionary<string, string> ResponseHeaders
    {
        get => _responseHeaders;
        init => (_responseHeaders, _responseHeadersSize) = (value, SizeOf(value));
    }

    /// <summary>Gets the body of an EWS response before a fault changed it; empty for any other response.</summary>
    public ReadOnlySequence<byte> ResponseBody { get; init; }

    /// <summary>Gets the duration, or <c>null</c> until the request ends.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Returns the approximate size in bytes.</summary>
    internal int Size() =>
        Path.Length + _requestHeadersSize + RequestBody.Length + _responseHeadersSize + (int)ResponseBody.Length;

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
        EarlyByMilliseconds = EarlyBy is { } early ? Math.Round(early.TotalMilliseconds, 1) : null,
        Milliseconds = Duration is { } duration ? Math.Round(duration.TotalMilliseconds, 2) : null,
        RequestBytes = RequestBody.Length,
        ResponseBytes = (int)ResponseBody.Length,
        Request = withBodies ? ToMessage(RequestHeaders, RequestBody) : null,
        Response = withBodies ? ToMessage(ResponseHeaders, ResponseBody.ToArray()) : null,
    };

    private static JournalMessage ToMessage(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body)
    {
        var text = Redaction.Body(body);
        return new JournalMessage
        {
            Headers = headers,
            Body = text,
            BodyBase64 = text is null ? Convert.ToBase64String(body.Span) : null,
        };
    }

    private static int SizeOf(IReadOnlyDictionary<string, string> headers) =>
        headers.Sum(header => header.Key.Length + header.Value.Length);
}
