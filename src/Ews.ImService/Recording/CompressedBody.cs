using System.IO.Compression;

namespace Ews.ImService.Recording;

/// <summary>Decompresses bodies for the recording.</summary>
internal static class CompressedBody
{
    /// <summary>Returns a body without its content encodings.</summary>
    /// <param name="body">The body.</param>
    /// <param name="encodings">The value of the header Content-Encoding.</param>
    /// <returns>The body; <c>null</c> if an encoding is not supported, or the body is not complete.</returns>
    public static byte[]? Decode(byte[] body, string? encodings)
    {
        var names = (encodings ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var encoding in names.Reverse())
        {
            if (Decompress(new MemoryStream(body), encoding) is not { } stream)
                return null;
            using (stream)
            {
                try
                {
                    using var decoded = new MemoryStream();
                    stream.CopyTo(decoded);
                    body = decoded.ToArray();
                }
                catch (InvalidDataException)
                {
                    return null;
                }
            }
        }

        return body;
    }

    private static Stream? Decompress(MemoryStream body, string encoding) => encoding.ToLowerInvariant() switch
    {
        "identity" => body,
        "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        _ => null,
    };
}
