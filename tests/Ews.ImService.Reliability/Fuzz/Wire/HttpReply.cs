using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Ews.ImService.Reliability.Fuzz.Wire;

/// <summary>A response as received.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Head">The status line and the headers.</param>
/// <param name="Body">The body without its transfer encoding and content encoding, each byte as one character.</param>
internal sealed record HttpReply(int Status, string Head, string Body)
{
    /// <summary>Gets a value that indicates whether the server closes the connection after this response.</summary>
    public bool ClosesConnection => Header("Connection") is { } value && value.Contains("close", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the value of a header, or <c>null</c>.</summary>
    public string? Header(string name)
    {
        var start = Head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return null;
        start += name.Length + 3;
        var end = Head.IndexOf("\r\n", start, StringComparison.Ordinal);
        return Head[start..(end < 0 ? Head.Length : end)].Trim();
    }

    /// <summary>Reads the first response in a buffer.</summary>
    /// <param name="bytes">The bytes that were received.</param>
    /// <param name="isHead"><c>true</c> if the response has no body.</param>
    /// <param name="length">The length of the response in bytes.</param>
    /// <returns>The response, or <c>null</c> if it is incomplete.</returns>
    /// <exception cref="InvalidDataException">The bytes are not an HTTP response.</exception>
    public static HttpReply? Read(ReadOnlySpan<byte> bytes, bool isHead, out int length)
    {
        length = 0;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var head = Encoding.Latin1.GetString(bytes[..end]);
        if (!head.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
            || !int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            throw new InvalidDataException($"The response is not HTTP: {head[..Math.Min(head.Length, 200)]}");
        }

        var reply = new HttpReply(status, head, string.Empty);
        var rest = bytes[(end + 4)..];
        length = end + 4;
        if (status == 100)
        {
            var final = Read(rest, isHead, out var finalLength);
            length += finalLength;
            return final;
        }

        if (isHead || status is 204 or 304)
            return reply;
        var body = reply.Header("Transfer-Encoding") is not null
            ? ReadChunks(rest, out var bodyLength)
            : ReadFixed(rest, reply.Header("Content-Length"), out bodyLength);
        length += bodyLength;
        return body is null ? null : reply with { Body = Encoding.Latin1.GetString(reply.Decode(body)) };
    }

    private byte[] Decode(byte[] body)
    {
        if (Header("Content-Encoding") is null)
            return body;
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var decoded = new MemoryStream();
        gzip.CopyTo(decoded);
        return decoded.ToArray();
    }

    private static byte[]? ReadFixed(ReadOnlySpan<byte> rest, string? contentLength, out int length)
    {
        length = int.Parse(
            contentLength ?? throw new InvalidDataException("The response has neither Content-Length nor Transfer-Encoding."),
            CultureInfo.InvariantCulture);
        return rest.Length < length ? null : rest[..length].ToArray();
    }

    private static byte[]? ReadChunks(ReadOnlySpan<byte> rest, out int length)
    {
        using var body = new MemoryStream();
        length = 0;
        while (true)
        {
            var lineEnd = rest[length..].IndexOf("\r\n"u8);
            if (lineEnd < 0)
                return null;
            var size = int.Parse(rest.Slice(length, lineEnd), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            length += lineEnd + 2;
            if (rest.Length < length + size + 2)
                return null;
            body.Write(rest.Slice(length, size));
            length += size + 2;
            if (size == 0)
                return body.ToArray();
        }
    }
}
