using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Interception;

/// <summary>The encoded body of a response. It is immutable, and several responses can share its memory.</summary>
/// <param name="bytes">The bytes, in one or more segments. Do not change them afterwards.</param>
public class ResponseBody(ReadOnlySequence<byte> bytes)
{
    /// <summary>The size of the blocks in which large bodies are sent; Kestrel's own blocks have 4 KB.</summary>
    private const int BlockBytes = 64 * 1024;

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

    /// <summary>Sends the body after the headers, which are set but not sent.</summary>
    /// <param name="context">The HTTP request.</param>
    internal virtual Task SendAsync(HttpContext context) => SendAsync(context, bytes);

    /// <summary>Sends bytes in large blocks.</summary>
    private protected static async Task SendAsync(HttpContext context, ReadOnlySequence<byte> bytes)
    {
        await context.Response.StartAsync(context.RequestAborted); // Before, Kestrel would return memory that it copies again.
        var writer = context.Response.BodyWriter;
        while (!bytes.IsEmpty)
        {
            var block = writer.GetMemory((int)Math.Min(bytes.Length, BlockBytes));
            var part = bytes.Slice(0, Math.Min(bytes.Length, block.Length));
            part.CopyTo(block.Span);
            writer.Advance((int)part.Length);
            bytes = bytes.Slice(part.End);
        }

        await writer.FlushAsync(context.RequestAborted);
    }
}
