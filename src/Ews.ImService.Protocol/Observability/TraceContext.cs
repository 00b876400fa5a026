using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Observability;

/// <summary>The trace of a request, which its client may have begun.</summary>
/// <remarks>W3C, "Trace Context".</remarks>
public static class TraceContext
{
    /// <summary>Returns the id of the trace of a request that is being executed.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <returns>The id, 32 hexadecimal digits; <c>null</c> if the request is not traced, by the service or by its client.</returns>
    public static string? FindId(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Activity.Current?.TraceId.ToHexString() ?? FindId(context.Request.Headers.TraceParent);
    }

    /// <summary>Returns the id of the trace that the header of a client names.</summary>
    /// <param name="traceParent">The header, or <c>null</c>.</param>
    /// <returns>The id, 32 hexadecimal digits; <c>null</c> if there is no valid header.</returns>
    public static string? FindId(string? traceParent) =>
        traceParent is not null && ActivityContext.TryParse(traceParent, null, out var trace) ? trace.TraceId.ToHexString() : null;

    /// <summary>Returns the context that an activity of the service continues: that of the web server, or that of the client.</summary>
    internal static ActivityContext FindParent(HttpRequest request)
    {
        if (Activity.Current is { } current)
            return current.Context;
        var headers = request.Headers;
        return ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent) ? parent : default;
    }
}
