using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>Reads a request's body whole: .NET's XML reader counts lines right only in a text that it has whole.</summary>
public static class RequestBody
{
    private const int FirstBytes = 2048;

    /// <summary>Reads it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most to read.</param>
    /// <param name="cancellationToken">Ends when the client goes away.</param>
    /// <returns>The bytes, or null where there are more than allowed.</returns>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > maxBytes)
            return null;

        var body = new ArrayBufferWriter<byte>((int)(request.ContentLength is > 0 and var length ? length : FirstBytes));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            foreach (var segment in read.Buffer)
                body.Write(segment.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (body.WrittenCount > maxBytes)
                return null;
            if (read.IsCompleted)
                return body.WrittenSpan.ToArray();
        }
    }
}
