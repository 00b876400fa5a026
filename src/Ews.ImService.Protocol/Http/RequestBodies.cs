using System.Buffers;
using System.IO.Pipelines;
using Ews.ImService.Protocol.Xml;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>Receives request bodies completely, because the XML reader of .NET counts lines correctly only in a complete text.</summary>
/// <remarks>
/// The size of all bodies that are being received or processed is limited, and so is the time of a transfer: a limit of the size of one
/// body would allow as much memory as that of all connections together. The first <see cref="UncountedBytes"/> of each body do not count,
/// so that clients with large bodies do not reject the requests of others, whose bodies are small.
/// </remarks>
/// <param name="options">The limits.</param>
public sealed class RequestBodies(EwsOptions options)
{
    /// <summary>The bytes of each body that do not count towards <see cref="EwsOptions.MaxBufferedBytes"/>.</summary>
    public const int UncountedBytes = 64 * 1024;

    private long _buffered;

    /// <summary>Receives the body of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The maximum length in bytes, after decompression.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The body, to be disposed when it is no longer needed, or a rejection: 400 for a damaged compressed body, 408 after
    /// <see cref="EwsOptions.BodyTimeout"/>, 413 above the maximum length, 503 above <see cref="EwsOptions.MaxBufferedBytes"/>.
    /// </returns>
    /// <exception cref="BadHttpRequestException">
    /// The framing of the body is damaged, the body arrives too slowly, or the client disconnected.
    /// </exception>
    public async ValueTask<RequestBody> ReceiveAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > maxBytes)
            return TooLarge(maxBytes);
        try
        {
            var reader = request.BodyReader;
            var hasArrived = reader.TryRead(out var read);
            return hasArrived && read.IsCompleted
                ? Receive(reader, read.Buffer, maxBytes)
                : await ReceivePartsAsync(reader, hasArrived ? read : null, maxBytes, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return new RequestBody(StatusCodes.Status400BadRequest, "The compressed body is damaged.");
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // Kestrel reports some damaged chunks, such as those whose size overflows, without a status.
            throw new BadHttpRequestException(e.Message, StatusCodes.Status400BadRequest, e);
        }
    }

    /// <summary>Ends the use of a body.</summary>
    /// <param name="length">The length in bytes.</param>
    internal void Release(long length)
    {
        if (Counted(length) is > 0 and var counted)
            Interlocked.Add(ref _buffered, -counted);
    }

    private static long Counted(long length) => Math.Max(0, length - UncountedBytes);

    /// <summary>Counts a body that becomes longer.</summary>
    private bool TryReserve(long previousLength, long length)
    {
        var counted = Counted(length) - Counted(previousLength);
        if (counted == 0 || Interlocked.Add(ref _buffered, counted) <= options.MaxBufferedBytes)
            return true;
        Interlocked.Add(ref _buffered, -counted);
        return false;
    }

    /// <summary>Receives a body that has arrived completely, as nearly all do.</summary>
    private RequestBody Receive(PipeReader reader, ReadOnlySequence<byte> content, int maxBytes)
    {
        var body = content.Length > maxBytes ? TooLarge(maxBytes)
            : TryReserve(0, content.Length) ? new RequestBody(this, content.ToArray())
            : Busy();
        reader.AdvanceTo(content.End);
        return body;
    }

    /// <summary>Receives a body that arrives in parts. Memory is allocated as they arrive, whichever length the client announced.</summary>
    private async ValueTask<RequestBody> ReceivePartsAsync(
        PipeReader reader, ReadResult? first, int maxBytes, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.BodyTimeout);

        // After a read that a token cancels, Kestrel cannot skip the rest of the body, and logs that as an error.
        await using var cancellation = timeout.Token.UnsafeRegister(static state => ((PipeReader)state!).CancelPendingRead(), reader);
        var body = new ChunkedBuffer();
        var reserved = 0L;
        try
        {
            while (true)
            {
                var read = first ?? await reader.ReadAsync(CancellationToken.None);
                first = null;
                if (read.IsCanceled)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    throw new OperationCanceledException(timeout.Token);
                }

                var length = reserved + read.Buffer.Length;
                var isReserved = TryReserve(reserved, length);
                if (isReserved)
                {
                    reserved = length;
                    foreach (var segment in read.Buffer)
                        body.Write(segment.Span);
                }

                reader.AdvanceTo(read.Buffer.End);
                if (!isReserved)
                    return Busy();
                if (length > maxBytes)
                    return TooLarge(maxBytes);
                if (read.IsCompleted)
                {
                    reserved = 0;
                    return new RequestBody(this, body.TakeArray());
                }
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new RequestBody(
                StatusCodes.Status408RequestTimeout, $"The body was not received within {options.BodyTimeout.TotalSeconds} seconds.");
        }
        finally
        {
            Release(reserved);
        }
    }

    private static RequestBody TooLarge(int maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The body must not be larger than {maxBytes} bytes.");

    private static RequestBody Busy() =>
        new(StatusCodes.Status503ServiceUnavailable, "The service is receiving too many large bodies. Try again later.");
}
