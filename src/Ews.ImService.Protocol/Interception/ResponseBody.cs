using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Interception;

/// <summary>The encoded body of a response. It is immutable, and several responses can share its memory.</summary>
/// <param name="bytes">The bytes, in one or more segments. Do not change them afterwards.</param>
public class ResponseBody(ReadOnlySequence<byte> bytes)
{
    /// <summary>The size of the blocks of large bodies. Kestrel's own blocks of 4 KB take a quarter more processor time.</summary>
    private const int BlockBytes = 64 * 1024;

    /// <summary>The bytes that are sent at a time, so that a large body does not occupy its size in blocks.</summary>
    private const int FlushBytes = 2 * BlockBytes;

    /// <summary>The body of a response without a body.</summary>
    public static readonly ResponseBody Empty = new(ReadOnlySequence<byte>.Empty);

    /// <summary>Initializes a body in one segment.</summary>
    /// <param name="bytes">The bytes. Do not change them afterwards.</param>
    public ResponseBody(ReadOnlyMemory<byte> bytes)
        : this(new ReadOnlySequence<byte>(bytes))
    {
    }

    /// <summary>Gets the bytes, in one or more segments.</summary>
    public ReadOnlySequence<byte> Bytes => bytes;

    /// <summary>Gets the length in bytes.</summary>
    public int Length { get; } = (int)bytes.Length;

    /// <summary>Gets a value that indicates whether the response has no body.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>
    /// Gets a value that indicates whether further parts follow the bytes while the response is sent, so that its length is unknown.
    /// </summary>
    public virtual bool IsStream => false;

    /// <summary>Gets the bytes that were sent so far, or a part of them; those of the body, unless it is a stream.</summary>
    public virtual ReadOnlySequence<byte> Sent => bytes;

    /// <summary>Sends the body after the headers, which are set but not sent.</summary>
    /// <param name="context">The HTTP request.</param>
    internal virtual Task SendAsync(HttpContext context) => SendAsync(context, bytes);

    /// <summary>Sends bytes in large blocks.</summary>
    private protected static async Task SendAsync(HttpContext context, ReadOnlySequence<byte> bytes)
    {
        await context.Response.StartAsync(context.RequestAborted); // Before, Kestrel returns memory that it copies to its own.
        while (!bytes.IsEmpty)
        {
            var next = bytes.GetPosition(Math.Min(bytes.Length, FlushBytes));
            Write(context.Response.BodyWriter, bytes.Slice(0, next));
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            bytes = bytes.Slice(next);
        }
    }

    private static void Write(PipeWriter writer, ReadOnlySequence<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var block = writer.GetSpan((int)Math.Min(bytes.Length, BlockBytes));
            var next = bytes.GetPosition(Math.Min(bytes.Length, block.Length));
            var part = bytes.Slice(0, next);
            part.CopyTo(block);
            writer.Advance((int)part.Length);
            bytes = bytes.Slice(next);
        }
    }
}
