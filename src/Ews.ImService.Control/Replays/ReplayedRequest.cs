using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Realms;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ews.ImService.Control.Replays;

/// <summary>Creates the HTTP request that repeats a recorded request. Its response is not sent to a client.</summary>
internal static class ReplayedRequest
{
    private const string Protocol = "HTTP/1.1";

    /// <summary>Creates the request.</summary>
    /// <param name="recorded">The recorded request.</param>
    /// <param name="realm">The realm of the request.</param>
    /// <param name="call">The control call, whose connection determines the address of the service.</param>
    /// <param name="client">The connection of the request.</param>
    /// <returns>
    /// The request, or <c>null</c> if the recorded request has a body that the service did not receive, or stored without its secrets.
    /// </returns>
    public static HttpContext? Create(RecordedRequest recorded, Realm realm, HttpContext call, ReplayClient client)
    {
        if (recorded.IsRequestRedacted)
            return null;
        var context = new DefaultHttpContext { RequestServices = call.RequestServices };
        context.Features.Set<IHttpRequestLifetimeFeature>(client);
        context.Features.Set(call.Features.Get<IHttpConnectionFeature>());
        context.Response.Body = Stream.Null;
        RequestRealm.Set(context, realm.Name);
        var request = context.Request;
        (request.Protocol, request.Method, request.Scheme) = (Protocol, recorded.Method, recorded.Scheme);
        (request.PathBase, request.Path, request.QueryString) = (recorded.RawPathBase, recorded.RawPath, recorded.RawQuery);
        recorded.RawRequestHeaders.CopyTo(request.Headers);
        if (recorded.IsBodyReceived)
            SetBody(request, recorded.RequestBody);
        else if (recorded.Admission is not null && HasBody(request))
            return null;
        return context;
    }

    /// <summary>Sets the body as it was received: complete, and not compressed.</summary>
    private static void SetBody(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        request.Headers.ContentEncoding = default;
        request.Headers.TransferEncoding = default;
        request.ContentLength = body.Length;
        request.Body = new MemoryStream(body.ToArray());
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;
}
