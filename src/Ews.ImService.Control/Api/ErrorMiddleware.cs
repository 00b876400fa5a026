using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Control.Api;

/// <summary>Converts every error of the control API to a problem document, and ends every JSON response with a line break.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (Describe(context) is { } problem)
                await problem.ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // The client disconnected.
        }
#pragma warning disable CA1031 // The only place that converts exceptions to responses.
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await Describe(context.Request, e).ExecuteAsync(context);
        }

        if (context.Response is { ContentLength: null, ContentType: { } type } && type.Contains("json", StringComparison.Ordinal))
            await context.Response.WriteAsync("\n", context.RequestAborted);
    }

    /// <summary>Returns the problem document for a response that the routing left empty.</summary>
    private static ProblemHttpResult? Describe(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        return response.HasStarted ? null : response.StatusCode switch
        {
            StatusCodes.Status404NotFound =>
                Problem.NotFound($"Unknown call {request.Method} {request.Path}; see {ControlApi.Path}/openapi.json."),
            StatusCodes.Status405MethodNotAllowed =>
                Problem.Create(response.StatusCode, $"{request.Path} allows {response.Headers.Allow}, but not {request.Method}."),
            _ => null,
        };
    }

    private ProblemHttpResult Describe(HttpRequest request, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException e:
                return Problem.Create(e.StatusCode, e.Message);
            case IOException:
                ControlLog.StorageFailed(logger, request.Method, request.Path, exception.Message);
                return Problem.Create(
                    StatusCodes.Status507InsufficientStorage,
                    "The database cannot be used. A change may have taken place: read the state before you repeat the call. "
                    + "See the server log.");
            default:
                ControlLog.Failed(logger, request.Method, request.Path, exception);
                return Problem.Create(StatusCodes.Status500InternalServerError, "Internal error. See the server log.");
        }
    }
}
