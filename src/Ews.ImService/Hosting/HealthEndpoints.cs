using Ews.ImService.Protocol;

namespace Ews.ImService.Hosting;

/// <summary>Maps the health endpoints and the response for all other paths.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/livez</c> and <c>/readyz</c>.</summary>
    /// <param name="application">The application.</param>
    /// <param name="getReadiness">Returns the readiness of the service.</param>
    public static void MapHealth(this IEndpointRouteBuilder application, Func<ValueTask<Readiness>> getReadiness)
    {
        application.MapMethods("/livez", Methods, context => context.Response.WriteAsync("ok\n"));
        application.MapMethods("/readyz", Methods, async context => await WriteReadinessAsync(context, await getReadiness()));
    }

    /// <summary>Maps all other paths to a response with status 404 that names the endpoints.</summary>
    public static void MapNotFound(this IEndpointRouteBuilder application) => application.MapFallback("{*path}", context =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync(
            $"Not found. The EWS endpoint is {EwsOptions.Path}, the health endpoints are /livez and /readyz, "
            + "and the control API, if it is enabled, is at /_control/v1.\n");
    });

    private static Task WriteReadinessAsync(HttpContext context, Readiness readiness)
    {
        context.Response.StatusCode = readiness == Readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(readiness switch
        {
            Readiness.Ready => "ready\n",
            Readiness.Starting => "starting\n",
            Readiness.Stopping => "stopping\n",
            _ => "database unavailable\n",
        });
    }
}

/// <summary>Specifies whether requests should be sent to the service.</summary>
internal enum Readiness
{
    /// <summary>The service is ready.</summary>
    Ready,

    /// <summary>The service is starting.</summary>
    Starting,

    /// <summary>The service will stop.</summary>
    Stopping,

    /// <summary>The database cannot be used, or cannot be written.</summary>
    DatabaseUnavailable,
}
