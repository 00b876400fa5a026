using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Protocol.Http;

/// <summary>The XML content of a request.</summary>
/// <param name="Body">The body as received.</param>
/// <param name="Charset">The charset parameter of Content-Type, or <c>null</c>.</param>
internal sealed record RequestContent(byte[] Body, string? Charset)
{
    /// <summary>The media type of SOAP 1.1.</summary>
    public const string SoapContentType = $"text/xml; charset={Utf8}";

    private const string Utf8 = "utf-8";

    /// <summary>Gets the reason why the content is rejected, or <c>null</c>.</summary>
    public HttpRejection? Rejection { get; private init; }

    /// <summary>Reads the content of a request: any XML media type, or none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The maximum length in bytes.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public static async ValueTask<RequestContent> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding is [var encoding, ..] && !"identity".Equals(encoding, StringComparison.OrdinalIgnoreCase))
            return Unsupported($"The content encoding '{encoding}' is not supported.");

        if (!TryReadCharset(request.ContentType, out var charset))
            return Unsupported($"The content type '{request.ContentType}' is not supported; send '{SoapContentType}'.");

        try
        {
            return await RequestBody.ReadAsync(request, maxBytes, cancellationToken) is { } body
                ? new RequestContent(body, charset)
                : Reject(StatusCodes.Status413PayloadTooLarge, $"The request body exceeds the maximum of {maxBytes} bytes.");
        }
        catch (InvalidDataException)
        {
            return Reject(StatusCodes.Status400BadRequest, "The compressed body is damaged.");
        }
    }

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

    private static RequestContent Unsupported(string reason) => Reject(StatusCodes.Status415UnsupportedMediaType, reason);

    private static RequestContent Reject(int statusCode, string reason) =>
        new([], null) { Rejection = new HttpRejection(statusCode, reason) };

    /// <summary>Returns <c>true</c> for XML media types, except for that of SOAP 1.2.</summary>
    private static bool IsXml(MediaTypeHeaderValue type) =>
        type.MediaType.Equals(MediaTypeNames.Text.Xml, StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals(MediaTypeNames.Application.Xml, StringComparison.OrdinalIgnoreCase)
        || (type.Suffix.Equals("xml", StringComparison.OrdinalIgnoreCase)
            && !type.MediaType.Equals(MediaTypeNames.Application.Soap, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The rejection of a request that is not a SOAP request.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Reason">The reason, one sentence.</param>
internal sealed record HttpRejection(int StatusCode, string Reason);
