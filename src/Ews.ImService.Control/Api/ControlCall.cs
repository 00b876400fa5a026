using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Realms;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Api;

/// <summary>One call of the control API: what it asks, and how it is answered.</summary>
/// <param name="context">The HTTP request.</param>
/// <param name="realm">The realm that it names.</param>
/// <param name="stopping">Ends when the service begins to.</param>
internal sealed class ControlCall(HttpContext context, Realm realm, CancellationToken stopping)
{
    private const string Title = "The call cannot be done.";
    private const int MaxBodyBytes = 64 * 1024 * 1024;

    /// <summary>Answers are no HTML, and people read them.</summary>
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The realm that it names.</summary>
    public Realm Realm => realm;

    /// <summary>Ends when the caller goes away.</summary>
    public CancellationToken Cancellation => context.RequestAborted;

    /// <summary>Ends when the service begins to.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>A part of the path.</summary>
    public string Route(string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>A parameter of the query, or null.</summary>
    public string? Query(string name)
    {
        _read.Add(name);
        var given = context.Request.Query[name];
        return given switch
        {
            [] => null,
            [{ Length: > 0 } value] => value,
            _ => throw new ControlException(StatusCodes.Status400BadRequest, $"The parameter {name} has to have one value."),
        };
    }

    /// <summary>A whole number of the query, or null.</summary>
    public long? NumberQuery(string name) => Query(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ControlException(StatusCodes.Status400BadRequest, $"The parameter {name} is '{text}'; it has to be a whole number from 0.");

    /// <summary>A truth of the query, or null.</summary>
    public bool? BooleanQuery(string name) => Query(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw new ControlException(StatusCodes.Status400BadRequest, $"The parameter {name} is '{text}'; it has to be true or false."),
    };

    /// <summary>An SMTP address of the query, or null.</summary>
    public SmtpAddress? AddressQuery(string name) => Query(name) is not { } text ? null
        : SmtpAddress.TryParse(text, out var address) ? address
        : throw new ControlException(StatusCodes.Status400BadRequest, $"The parameter {name} is '{text}', which is no SMTP address.");

    /// <summary>Refuses what nobody reads: it is misspelled, and would change what the call means.</summary>
    /// <param name="hasBody">Whether the call reads a body.</param>
    public void EndQuery(bool hasBody = false)
    {
        if (context.Request.Query.Keys.FirstOrDefault(key => !_read.Contains(key)) is { } unknown)
            throw new ControlException(StatusCodes.Status400BadRequest, $"The parameter {unknown} is not known{(_read.Count > 0 ? $"; there are {string.Join(", ", _read.Order(StringComparer.Ordinal))}" : "")}.");
        if (!hasBody && context.Request.ContentLength > 0)
            throw new ControlException(StatusCodes.Status400BadRequest, "This call reads no body.");
    }

    /// <summary>The body, whole.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync() => await RequestBody.ReadAsync(context.Request, MaxBodyBytes, Cancellation)
        ?? throw new ControlException(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MaxBodyBytes} bytes.");

    /// <summary>Reads the body, one JSON object; an empty one is an empty object.</summary>
    public async Task<T> ReadObjectAsync<T>(Func<DocumentNode, T> read)
    {
        var body = await ReadBodyAsync();
        return DocumentNode.Read(body.IsEmpty ? "{}"u8.ToArray() : body, (node, _) => read(node));
    }

    /// <summary>Answers that it is done.</summary>
    public Task DoneAsync()
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Answers with JSON.</summary>
    public Task AnswerAsync(Action<Utf8JsonWriter> write, int statusCode = StatusCodes.Status200OK) => WriteAsync(context, statusCode, "application/json", write);

    /// <summary>Answers with a list of names.</summary>
    public Task AnswerAsync(string what, IEnumerable<string> names) => AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray(what);
        foreach (var name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Answers with a file of this assembly.</summary>
    public Task AnswerFileAsync(string name, string contentType) => WriteFileAsync(context, name, contentType);

    /// <summary>Writes a file of this assembly.</summary>
    public static Task WriteFileAsync(HttpContext context, string name, string contentType)
    {
        using var file = typeof(ControlCall).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes.ToArray(), context.RequestAborted).AsTask();
    }

    /// <summary>Answers that it cannot be done. RFC 9457.</summary>
    public static Task RefuseAsync(HttpContext context, int statusCode, IReadOnlyList<string> problems) => WriteAsync(context, statusCode, "application/problem+json", json =>
    {
        json.WriteStartObject();
        json.WriteNumber("status", statusCode);
        json.WriteString("title", Title);
        json.WriteString("detail", string.Join(' ', problems));
        json.WriteStartArray("problems");
        foreach (var problem in problems)
            json.WriteStringValue(problem);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Task WriteAsync(HttpContext context, int statusCode, string contentType, Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, JsonOptions))
            write(json);
        output.Write("\n"u8);
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = output.WrittenCount;
        return context.Response.Body.WriteAsync(output.WrittenMemory, context.RequestAborted).AsTask();
    }
}
