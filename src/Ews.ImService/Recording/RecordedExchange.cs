using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Recording;

/// <summary>A request that is forwarded, and its response as far as it was received.</summary>
internal sealed class RecordedExchange
{
    private const string AnchorMailbox = "X-AnchorMailbox";
    private const string BasicScheme = "Basic ";

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _time = TimeProvider.System.GetUtcNow();
    private readonly long _id;
    private readonly HttpRequest _request;
    private readonly RecordedHeaders _requestHeaders;

    /// <summary>Begins an exchange when the request has arrived.</summary>
    public RecordedExchange(long id, HttpRequest request)
    {
        (_id, _request) = (id, request);
        _requestHeaders = new RecordedHeaders(request.Headers);
    }

    /// <summary>Gets or sets the body of the request, as it was received.</summary>
    public byte[] RequestBody { get; set; } = [];

    /// <summary>Gets or sets the response of the server; <c>null</c> if there is none.</summary>
    public HttpResponseMessage? Response { get; set; }

    /// <summary>Gets the body of the response, as far as it was received.</summary>
    public MemoryStream ResponseBody { get; } = new();

    /// <summary>Returns the journal entry, without secrets.</summary>
    /// <param name="isComplete"><c>true</c> if the response was received and sent completely; otherwise, <c>false</c>.</param>
    /// <param name="mailbox">The mailbox if the request names none.</param>
    public JournalEntry ToEntry(bool isComplete, string? mailbox)
    {
        var duration = Math.Round(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, 2);
        var (request, requestBytes) = Message(
            _requestHeaders.Redact(), RequestBody, _request.Headers.ContentEncoding, _request.ContentType);
        var (response, responseBytes) = Message(
            ResponseHeaders(), ResponseBody.ToArray(), ContentEncoding, Response?.Content.Headers.ContentType?.MediaType);
        var requestXml = SoapXml.Parse(request.Body);
        var operation = SoapXml.OperationOf(requestXml);
        return new JournalEntry
        {
            Id = _id,
            Time = _time,
            State = isComplete ? JournalState.Answered : JournalState.Failed,
            Method = _request.Method,
            Path = _request.Path.ToUriComponent() + Redaction.Query(_request.QueryString.ToUriComponent()),
            Operation = operation,
            Mailbox = MailboxOf(requestXml) ?? mailbox,
            ResponseCode = SoapXml.ResponseCodeOf(SoapXml.Parse(response.Body, operation == SoapXml.StreamingOperation)),
            Status = isComplete ? (int?)Response?.StatusCode : null,
            Fault = null,
            EarlyByMilliseconds = null,
            Milliseconds = duration,
            RequestBytes = requestBytes,
            ResponseBytes = responseBytes,
            Request = request,
            Response = response,
        };
    }

    private string? ContentEncoding => Response is null ? null : string.Join(',', Response.Content.Headers.ContentEncoding);

    private static (JournalMessage Message, int Bytes) Message(
        IReadOnlyDictionary<string, string> headers, byte[] body, string? contentEncoding, string? contentType)
    {
        var decoded = CompressedBody.Decode(body, contentEncoding);
        return (RecordedBody.Create(headers, decoded, contentType), (decoded ?? body).Length);
    }

    private Dictionary<string, string> ResponseHeaders() => Response is null ? [] : Response.Headers.NonValidated
        .Concat(Response.Content.Headers.NonValidated)
        .ToDictionary(
            header => header.Key, header => Redaction.Header(header.Key, header.Value.ToString()), StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the address that a request names: of the impersonated user, in X-AnchorMailbox, or of the Basic user.</summary>
    private string? MailboxOf(XElement? requestXml) =>
        new[] { SoapXml.ImpersonatedAddressOf(requestXml), _request.Headers[AnchorMailbox].ToString(), BasicUser() }
            .FirstOrDefault(name => name is not null && name.Contains('@', StringComparison.Ordinal));

    private string? BasicUser()
    {
        var header = _request.Headers.Authorization.ToString();
        var credentials = new byte[header.Length];
        return header.StartsWith(BasicScheme, StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header[BasicScheme.Length..].Trim(), credentials, out var length)
            ? Encoding.UTF8.GetString(credentials, 0, length).Split(':')[0]
            : null;
    }
}
