using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Protocol.Interception;

/// <summary>A body that is sent several times. It is compressed once, when it is first sent to a client that accepts it.</summary>
/// <param name="bytes">The bytes, in one or more segments.</param>
/// <param name="compression">Selects the compression of a response.</param>
/// <param name="onCompressed">Called when the body was compressed.</param>
internal sealed class CompressibleBody(
    ReadOnlySequence<byte> bytes, Lazy<IResponseCompressionProvider> compression, Action onCompressed)
    : ResponseBody(bytes)
{
    private readonly Lock _lock = new();
    private Compressed? _compressed;

    /// <summary>Gets the size of the bytes and of their compressed form.</summary>
    public int KeptBytes => Length + (_compressed?.Bytes.Length ?? 0);

    /// <inheritdoc/>
    /// <remarks>
    /// The middleware for compression does not compress a response that has the header Content-Encoding. The headers are those that it
    /// sets.
    /// </remarks>
    internal override Task SendAsync(HttpContext context)
    {
        if (context.Request.Headers.AcceptEncoding.Count == 0
            || !compression.Value.CheckRequestAcceptsCompression(context)
            || !compression.Value.ShouldCompressResponse(context)
            || compression.Value.GetCompressionProvider(context) is not { } provider)
        {
            return base.SendAsync(context);
        }

        var headers = context.Response.Headers;
        headers.ContentLength = null;
        headers.ContentEncoding = provider.EncodingName;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        return SendAsync(context, new ReadOnlySequence<byte>(Compress(provider)));
    }

    private byte[] Compress(ICompressionProvider provider)
    {
        lock (_lock)
        {
            if (_compressed is { } kept && kept.Encoding == provider.EncodingName)
                return kept.Bytes;
            using var output = new MemoryStream();
            using (var compressing = provider.CreateStream(output))
            {
                foreach (var segment in Bytes)
                    compressing.Write(segment.Span);
            }

            _compressed = new Compressed(provider.EncodingName, output.ToArray());
        }

        onCompressed();
        return _compressed.Bytes;
    }

    private sealed record Compressed(string Encoding, byte[] Bytes);
}
