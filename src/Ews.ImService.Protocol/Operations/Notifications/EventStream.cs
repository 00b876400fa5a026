using System.Buffers;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>The body of a streaming connection: complete envelopes, one after the other, until the connection ends.</summary>
/// <param name="connection">The connection.</param>
/// <param name="writer">The writer of envelopes.</param>
/// <param name="namespaces">The namespace spelling of the request.</param>
internal sealed class EventStream(EventConnection connection, SoapWriter writer, EwsNamespaces namespaces)
    : ResponseBody(writer.WriteStreamed(namespaces, EventConnection.Opened.Write).Bytes)
{
    /// <summary>The maximum size of the envelopes that are kept for the journal.</summary>
    private const int MaxRecordedBytes = 64 * 1024;

    private readonly List<byte[]> _recorded = [];
    private int _recordedBytes;

    /// <inheritdoc/>
    public override bool IsStream => true;

    /// <inheritdoc/>
    /// <remarks>Envelopes with events or errors are kept up to a size; heartbeats are not.</remarks>
    public override ReadOnlySequence<byte> Sent
    {
        get
        {
            lock (_recorded)
                return new ReadOnlySequence<byte>([.. Bytes.ToArray(), .. _recorded.SelectMany(envelope => envelope)]);
        }
    }

    /// <inheritdoc/>
    internal override async Task SendAsync(HttpContext context)
    {
        // The body is not compressed: clients would wait for a complete block.
        context.Request.Headers.AcceptEncoding = default;
        await WriteAsync(context, Bytes.ToArray());
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await connection.RunAsync(
            message =>
            {
                var envelope = writer.WriteStreamed(namespaces, message.Write).Bytes.ToArray();
                if (message.HasContent)
                    Record(envelope);
                return WriteAsync(context, envelope);
            },
            context.RequestAborted,
            stopping);
    }

    /// <summary>Writes an envelope as one chunk, because some clients parse what they receive at once.</summary>
    private static async Task WriteAsync(HttpContext context, byte[] envelope)
    {
        await context.Response.Body.WriteAsync(envelope, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.RequestAborted.ThrowIfCancellationRequested();
    }

    private void Record(byte[] envelope)
    {
        lock (_recorded)
        {
            if (_recordedBytes + envelope.Length > MaxRecordedBytes)
                return;
            _recordedBytes += envelope.Length;
            _recorded.Add(envelope);
        }
    }
}
