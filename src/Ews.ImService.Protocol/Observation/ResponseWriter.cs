using System.Text;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ews.ImService.Protocol.Observation;

/// <summary>Sends answers, spoiled where that is asked.</summary>
internal static class ResponseWriter
{
    private const int SlicesPerSecond = 10;

    /// <summary>Sends bytes; status and headers are set.</summary>
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, InjectedFault? fault)
    {
        var cancellationToken = context.RequestAborted;
        switch (fault?.Damage ?? ResponseCorruption.None)
        {
            case ResponseCorruption.DroppedBefore or ResponseCorruption.DroppedAfter:
                context.Abort();
                break;
            case ResponseCorruption.Truncated:
                await WriteFirstAsync(context, body, Math.Min(fault!.Bytes, body.Length - 1), cancellationToken);
                break;
            case ResponseCorruption.Slow:
                await WriteSlowlyAsync(context, body, fault!.Bytes, cancellationToken);
                break;
            case ResponseCorruption.Malformed:
                await context.Response.Body.WriteAsync(Malformed(body), cancellationToken);
                break;
            default:
                await context.Response.BodyWriter.WriteAsync(body, cancellationToken);
                break;
        }
    }

    /// <summary>Sends an answer of HTTP.</summary>
    public static Task WriteAsync(HttpContext context, InjectedHttpResponse answer)
    {
        context.Response.StatusCode = answer.StatusCode;
        context.Response.ContentType = answer.Body.IsEmpty ? null : PlainText.ContentType;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value.ToArray();
        if (answer.Body.IsEmpty)
            return Task.CompletedTask;
        context.Response.ContentLength = answer.Body.Length;
        return context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
    }

    /// <summary>
    /// Announces a chunk of the whole body, sends the beginning of it and closes the connection. To abort it instead would take back bytes
    /// that are still on their way.
    /// </summary>
    private static async Task WriteFirstAsync(HttpContext context, ReadOnlyMemory<byte> body, int bytes, CancellationToken cancellationToken)
    {
        var connection = context.Features.GetRequiredFeature<IObservedRequest>().RawBody; // Compression would wrap the chunk's length, too.
        context.Response.ContentLength = null;
        if (HttpProtocol.IsHttp10(context.Request.Protocol))
        {
            await connection.WriteAsync(body[..bytes], cancellationToken); // Without a length, the end of the connection is the end.
            return;
        }

        context.Response.Headers.TransferEncoding = "chunked";
        context.Response.Headers.Connection = "close";
        await connection.WriteAsync(Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), cancellationToken);
        await connection.WriteAsync(body[..bytes], cancellationToken);
    }

    private static async Task WriteSlowlyAsync(HttpContext context, ReadOnlyMemory<byte> body, int bytesPerSecond, CancellationToken cancellationToken)
    {
        var slice = Math.Max(1, bytesPerSecond / SlicesPerSecond);
        for (var sent = 0; sent < body.Length; sent += slice)
        {
            await context.Response.Body.WriteAsync(body.Slice(sent, Math.Min(slice, body.Length - sent)), cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            if (sent + slice < body.Length)
                await Task.Delay(TimeSpan.FromSeconds(Math.Max(1.0 / SlicesPerSecond, (double)slice / bytesPerSecond)), cancellationToken);
        }
    }

    /// <summary>Of the same length, so that only a parser notices: the first end tag has lost its slash.</summary>
    private static ReadOnlyMemory<byte> Malformed(ReadOnlyMemory<byte> body)
    {
        var bytes = body.ToArray();
        var endTag = bytes.AsSpan().IndexOf("</"u8);
        bytes[endTag + 1] = (byte)'<';
        return bytes;
    }
}
