using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Interception;

/// <summary>A response to an EWS request that is not yet sent.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Body">The body; <see cref="ResponseBody.Empty"/> for a response without a body.</param>
/// <param name="ResponseCode">The EWS response code, or <c>null</c> for a response that is not an EWS response.</param>
public sealed record EwsResponse(int StatusCode, ResponseBody Body, string? ResponseCode)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> NoHeaders = [];

    /// <summary>Gets the media type of the body; the default is that of SOAP 1.1.</summary>
    public string? ContentType { get; init; } = RequestContent.SoapContentType;

    /// <summary>Gets additional headers by name, which replace those set earlier; the default is none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init; } = NoHeaders;

    /// <summary>Gets the reason why the service rejected the request, for the log; <c>null</c> if it did not.</summary>
    public string? RejectionReason { get; init; }

    /// <summary>Gets the back-off that an overloaded service requests from the client; the default is zero, for none.</summary>
    public TimeSpan BackOff { get; init; }

    /// <summary>Sets the status and the headers, including the length of the body.</summary>
    /// <param name="context">The HTTP request.</param>
    public void SetHeaders(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.StatusCode = StatusCode;
        context.Response.ContentType = ContentType;
        foreach (var (name, values) in Headers)
            context.Response.Headers[name] = values.ToArray();
        if (!Body.IsEmpty && !Body.IsStream)
            context.Response.ContentLength = Body.Length;
    }

    /// <summary>Sends the status, the headers and the body.</summary>
    /// <param name="context">The HTTP request.</param>
    public async Task SendAsync(HttpContext context)
    {
        SetHeaders(context);
        if (!Body.IsEmpty)
            await Body.SendAsync(context);
    }
}
