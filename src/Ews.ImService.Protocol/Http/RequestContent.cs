using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Protocol.Http;

/// <summary>The XML content of a request.</summary>
/// <param name="Body">The body as received, or the rejection of the request.</param>
/// <param name="Charset">The charset parameter of Content-Type, or <c>null</c>.</param>
internal sealed record RequestContent(RequestBody Body, string? Charset) : IDisposable
{
    /// <summary>The media type of SOAP 1.1.</summary>
    public const string SoapContentType = $"text/xml; charset={Utf8}";

    private const string Utf8 = "utf-8";

    /// <summary>Receives the content of a request: any XML media type, or none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bodies">Receives the body.</param>
    /// <param name="maxBytes">The maximum length in bytes.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public static async ValueTask<RequestContent> ReceiveAsync(
        HttpRequest request, RequestBodies bodies, int maxBytes, CancellationToken cancellationToken)
    {
        var encodings = request.Headers.ContentEncoding;
        if (encodings.FirstOrDefault(name => !"identity".Equals(name, StringComparison.OrdinalIgnoreCase)) is { } encoding)
            return Unsupported($"The content encoding '{encoding}' is not supported.");
        return TryReadCharset(request.ContentType, out var charset)
            ? new RequestContent(await bodies.ReceiveAsync(request, maxBytes, cancellationToken), charset)
            : Unsupported($"The content type '{request.ContentType}' is not supported; send '{SoapContentType}'.");
    }

    /// <inheritdoc/>
    public void Dispose() => Body.Dispose();

    /// <summary>Reads the charset parameter of an XML media type, or of none. The type that most clients send needs no parser.</summary>
    private static bool TryReadCharset(string? contentType, out string? charset)
    {
        charset = Utf8;
        if (SoapContentType.Equals(contentType, StringComparison.OrdinalIgnoreCase))
            return true;
        var isTyped = MediaTypeHeaderValue.TryParse(contentType, out var type);
        charset = type?.Charset.HasValue == true ? HeaderUtilities.RemoveQuotes(type.Charset).Value : null;
        return string.IsNullOrWhiteSpace(contentType) || (isTyped && IsXml(type!));
    }

    private static RequestContent Unsupported(string reason) =>
        new(new RequestBody(StatusCodes.Status415UnsupportedMediaType, reason), Charset: null);

    /// <summary>Returns <c>true</c> for XML media types, except for that of SOAP 1.2.</summary>
    private static bool IsXml(MediaTypeHeaderValue type) =>
        type.MediaType.Equals(MediaTypeNames.Text.Xml, StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals(MediaTypeNames.Application.Xml, StringComparison.OrdinalIgnoreCase)
        || (type.Suffix.Equals("xml", StringComparison.OrdinalIgnoreCase)
            && !type.MediaType.Equals(MediaTypeNames.Application.Soap, StringComparison.OrdinalIgnoreCase));
}
