using Ews.ImService.Control.Contract;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Connections.Features;

namespace Ews.ImService.Recording;

/// <summary>Forwards requests to the server, and their responses to the client, and records both.</summary>
/// <param name="options">The options of the recorder.</param>
/// <param name="record">Receives the entry of each exchange when it ends.</param>
/// <param name="stopping">A token that is canceled when the recorder stops.</param>
internal sealed class RequestForwarder(RecorderOptions options, Action<JournalEntry> record, CancellationToken stopping)
{
    private const int BufferBytes = 16 * 1024;

    private readonly ServerUrls _urls = new(options.Server);
    private long _lastId;

    /// <summary>Forwards a request. A server that does not respond is status 502 for the client.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        if (options.Credentials is not null && (RequestOrigin.IsOther(context.Request) || RequestOrigin.MayBeRebound(context)))
        {
            await RejectAsync(context, StatusCodes.Status403Forbidden, "Pages of other origins may not use the sign-in of the recorder.");
            return;
        }

        if (HttpMethods.IsConnect(context.Request.Method))
        {
            await RejectAsync(
                context, StatusCodes.Status501NotImplemented, "The recorder is not a proxy. Use its URL instead of that of the server.");
            return;
        }

        var exchange = new RecordedExchange(Interlocked.Increment(ref _lastId), context.Request);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var isComplete = false;
        try
        {
            await ForwardAsync(context, exchange, ended.Token);
            isComplete = true;
        }
        catch (HttpRequestException e) when (!context.Response.HasStarted && !ended.IsCancellationRequested)
        {
            var reason = $"{options.Server} does not respond: {e.GetBaseException().Message}";
            await RejectAsync(context, StatusCodes.Status502BadGateway, reason);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            context.Abort(); // The client must not mistake a part of the response for all of it. The entry shows that it failed.
        }
        finally
        {
            record(exchange.ToEntry(isComplete, options.Mailbox));
            exchange.Response?.Dispose();
        }
    }

    private async Task ForwardAsync(HttpContext context, RecordedExchange exchange, CancellationToken cancellationToken)
    {
        exchange.RequestBody = await ReadBodyAsync(context.Request, cancellationToken);
        var upstream = UpstreamConnection.Get(context.Features.Get<IConnectionItemsFeature>()!.Items);
        using var request = ForwardedHeaders.CreateRequest(
            context.Request, exchange.RequestBody, options.Server, withSignIn: options.Credentials is null);
        var response = exchange.Response = await upstream.SendAsync(request, cancellationToken);
        ForwardedHeaders.CopyResponse(response, context.Response);
        var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (options.KeepsUrls || !ServerUrls.AreIn(context.Request))
            await CopyAsync(content, context.Response, exchange.ResponseBody, cancellationToken);
        else
            await SendWithUrlsAsync(content, context, exchange, cancellationToken);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    /// <summary>Sends each part of the response as soon as it arrives, because streams of events do not end.</summary>
    private static async Task CopyAsync(Stream content, HttpResponse response, MemoryStream recorded, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            recorded.Write(buffer, 0, count);
            await response.Body.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Sends a response in which the URLs of the server are those of the recorder.</summary>
    private async Task SendWithUrlsAsync(
        Stream content, HttpContext context, RecordedExchange exchange, CancellationToken cancellationToken)
    {
        await content.CopyToAsync(exchange.ResponseBody, cancellationToken);
        var (body, headers) = (exchange.ResponseBody.ToArray(), context.Response.Headers);
        if (CompressedBody.Decode(body, headers.ContentEncoding) is { } decoded)
        {
            body = _urls.Replace(decoded, context.Request);
            headers.ContentEncoding = default;
            if (headers.ContentLength is not null && !HttpMethods.IsHead(context.Request.Method))
                headers.ContentLength = body.Length;
        }

        if (headers.Location is [{ } location])
            headers.Location = _urls.Replace(location, context.Request);
        if (body.Length > 0)
            await context.Response.Body.WriteAsync(body, cancellationToken);
    }

    private static Task RejectAsync(HttpContext context, int statusCode, string reason)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (statusCode, "text/plain; charset=utf-8");
        return context.Response.WriteAsync(reason + "\n");
    }
}
