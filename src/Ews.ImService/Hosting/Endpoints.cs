namespace Ews.ImService.Hosting;

/// <summary>Routes the requests that are neither EWS requests nor control calls.</summary>
internal static class Endpoints
{
    /// <summary>
    /// Ends the pipeline with routing. Endpoints are mapped for the first request, because most clients need none of them.
    /// </summary>
    /// <param name="application">The application.</param>
    /// <param name="map">Maps the endpoints.</param>
    public static void RunEndpoints(this IApplicationBuilder application, Action<IEndpointRouteBuilder> map)
    {
        var routing = new Lazy<RequestDelegate>(() =>
        {
            var branch = application.New();
            branch.UseRouting();
            branch.UseEndpoints(map);
            return branch.Build();
        });
        application.Run(context => routing.Value(context));
    }
}
