namespace Ews.ImService.Control.Journal;

/// <summary>How far a request has come.</summary>
public enum JournalState
{
    /// <summary>It has come and is not answered yet.</summary>
    Arrived,

    /// <summary>It was answered.</summary>
    Answered,

    /// <summary>It ended without an answer: the client went away, or a fault dropped the connection.</summary>
    Failed,
}

/// <summary>One request, and what became of it. Written when the request arrives, and filled while it is answered.</summary>
/// <param name="id">Counted from 1 in its realm.</param>
/// <param name="time">When it came, by the realm's clock.</param>
/// <param name="method">The HTTP method.</param>
/// <param name="path">The path and query, without the realm.</param>
/// <param name="requestHeaders">The request's headers, without credentials.</param>
public sealed class JournalEntry(long id, DateTimeOffset time, string method, string path, IReadOnlyDictionary<string, string> requestHeaders)
{
    private readonly int _bytesOfArrival = path.Length + LengthOf(requestHeaders);
    private IReadOnlyDictionary<string, string> _responseHeaders = new Dictionary<string, string>();
    private int _bytesOfResponseHeaders;

    /// <summary>Counted from 1 in its realm.</summary>
    public long Id => id;

    /// <summary>When it came, by the realm's clock.</summary>
    public DateTimeOffset Time => time;

    /// <summary>The HTTP method.</summary>
    public string Method => method;

    /// <summary>The path and query, without the realm.</summary>
    public string Path => path;

    /// <summary>The request's headers, without credentials.</summary>
    public IReadOnlyDictionary<string, string> RequestHeaders => requestHeaders;

    /// <summary>How far it has come.</summary>
    public JournalState State { get; internal set; }

    /// <summary>The operation; null until it is known, or where there is none.</summary>
    public string? Operation { get; internal set; }

    /// <summary>The primary address of the mailbox; null until it is known, or where there is none.</summary>
    public string? Mailbox { get; internal set; }

    /// <summary>The request's body.</summary>
    public ReadOnlyMemory<byte> RequestBody { get; internal set; }

    /// <summary>The fault rule that spoiled it; null for none.</summary>
    public string? Fault { get; internal set; }

    /// <summary>By how many milliseconds it came before the end of a back-off that ErrorServerBusy had asked for; null where it did not.</summary>
    public double? EarlyByMilliseconds { get; internal set; }

    /// <summary>The EWS response code; null where there is none.</summary>
    public string? ResponseCode { get; internal set; }

    /// <summary>The HTTP status; null until there is one.</summary>
    public int? Status { get; internal set; }

    /// <summary>The answer's headers.</summary>
    public IReadOnlyDictionary<string, string> ResponseHeaders
    {
        get => _responseHeaders;
        internal set => (_responseHeaders, _bytesOfResponseHeaders) = (value, LengthOf(value));
    }

    /// <summary>The answer's body as it was before any damage; empty where it is none of EWS.</summary>
    public ReadOnlyMemory<byte> ResponseBody { get; internal set; }

    /// <summary>How long it took, in milliseconds; null until it has ended.</summary>
    public double? Milliseconds { get; internal set; }

    /// <summary>Whether the journal still has it.</summary>
    internal bool IsKept { get; set; }

    internal int Bytes => _bytesOfArrival + RequestBody.Length + ResponseBody.Length + _bytesOfResponseHeaders;

    private static int LengthOf(IReadOnlyDictionary<string, string> headers) => headers.Sum(header => header.Key.Length + header.Value.Length);
}
