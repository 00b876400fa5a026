using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>Reads request bodies completely, because the XML reader of .NET counts lines correctly only in a complete text.</summary>
public static class RequestBody
{
    /// <summary>Reads the body of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The maximum length in bytes.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The body, or <c>null</c> if it exceeds the maximum length.</returns>
    /// <exception cref="InvalidDataException">The compressed body is damaged.</exception>
    /// <exception cref="BadHttpRequestException">
    /// The framing of the body is damaged, the body arrives too slowly, or the client disconnected.
    /// </exception>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > maxBytes)
            return null;

        try
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (!read.IsCompleted)
                return await ReadPartsAsync(request.BodyReader, read, maxBytes, cancellationToken);
            var body = read.Buffer.Length > maxBytes ? null : read.Buffer.ToArray();
            request.BodyReader.AdvanceTo(read.Buffer.End);
            return body;
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // Kestrel reports some damaged chunks, such as those whose size overflows, without a status.
            throw new BadHttpRequestException(e.Message, StatusCodes.Status400BadRequest, e);
        }
    }

    /// <summary>Reads a body that arrives in parts. Memory is allocated as they arrive, whichever length the client announced.</summary>
    private static async ValueTask<byte[]?> ReadPartsAsync(
        PipeReader reader, ReadResult read, int maxBytes, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            foreach (var segment in read.Buffer)
                body.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (body.WrittenCount > maxBytes)
                return null;
            if (read.IsCompleted)
                return body.WrittenSpan.ToArray();
            read = await reader.ReadAsync(cancellationToken);
        }
    }
}
