using System.Buffers;
using System.Text;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ews.ImService.Control.Faults;

/// <summary>A connection that closes in the middle of the response.</summary>
internal sealed record TruncateFault(int Bytes) : Fault
{
    private const int DefaultBytes = 100;

    public override bool BreaksResponse => true;

    public static TruncateFault Read(FaultRule rule, DocumentProblems problems) => new(rule.Bytes ?? DefaultBytes);

    /// <summary>
    /// Announces a chunk with the length of the body, sends a part of it, and closes the connection. Aborting the
    /// connection instead could discard bytes that are still in transit.
    /// </summary>
    public override async Task SendAsync(HttpContext context, EwsResponse response, Func<Task> onEnding)
    {
        response.SetHeaders(context);
        var part = response.Body.Bytes.Slice(0, Math.Min(Bytes, response.Body.Length - 1)).ToArray();
        var connection = context.Features.GetRequiredFeature<UncompressedBody>().Stream;
        context.Response.ContentLength = null;
        if (!HttpProtocol.IsHttp10(context.Request.Protocol)) // In HTTP/1.0, the end of the connection is the end of the body.
        {
            context.Response.Headers.TransferEncoding = "chunked";
            context.Response.Headers.Connection = "close";
            await connection.WriteAsync(Encoding.ASCII.GetBytes($"{response.Body.Length:x}\r\n"), context.RequestAborted);
        }

        await onEnding();
        await connection.WriteAsync(part, context.RequestAborted);
    }
}

/// <summary>
/// The uncompressed response body, a feature of the request. Compression would also compress the length of a chunk.
/// </summary>
internal sealed record UncompressedBody(Stream Stream);
