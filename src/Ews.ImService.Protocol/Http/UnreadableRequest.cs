using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>Ends requests that are not received completely.</summary>
internal static class UnreadableRequest
{
    /// <summary>Rejects a request, unless its client disconnected, which its interceptor observes.</summary>
    /// <param name="context">The request.</param>
    /// <param name="exception">The exception of reading the body or of executing the request.</param>
    /// <returns>The status of the response, or <c>null</c> if there is no client to receive it.</returns>
    /// <remarks>
    /// <see cref="HttpContext.RequestAborted"/> is signaled a moment after reading fails; writing fails at once.
    /// </remarks>
    public static async Task<int?> RejectAsync(HttpContext context, Exception exception)
    {
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status503ServiceUnavailable;
        if (await PlainText.WriteAsync(context, status, exception.Message))
            return status;
        context.Features.Get<IEwsInterceptor>()?.OnAborted();
        return null;
    }

    /// <summary>Determines whether an exception means that a request is not received completely.</summary>
    public static bool Is(Exception exception) => exception is OperationCanceledException or BadHttpRequestException;
}
