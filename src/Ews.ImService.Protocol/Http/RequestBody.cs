using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>Reads request bodies completely, because the XML reader of .NET counts lines correctly only in a complete text.</summary>
public static class RequestBody
{
    private const int InitialBytes = 2048;

    /// <summary>Reads the body of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The maximum length in bytes.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The body, or <c>null</c> if it exceeds the maximum length.</returns>
    /// <exception cref="InvalidDataException">The compressed body is damaged.</exception>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > maxBytes)
            return null;

        var body = new ArrayBufferWriter<byte>((int)(request.ContentLength is > 0 and var length ? length : InitialBytes));
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
