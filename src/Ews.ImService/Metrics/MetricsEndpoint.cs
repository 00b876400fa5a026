using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Metrics;

/// <summary>The endpoint from which Prometheus reads metrics.</summary>
internal static class MetricsEndpoint
{
    /// <summary>The path.</summary>
    public const string Path = "/metrics";

    private const string OpenMetrics = "application/openmetrics-text";
    private const string Prometheus = "text/plain";

    /// <summary>Maps the endpoint.</summary>
    /// <param name="application">The application.</param>
    /// <param name="metrics">The metrics.</param>
    public static void MapMetrics(this IEndpointRouteBuilder application, MetricsCollector metrics) =>
        application.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], context =>
        {
            var isOpenMetrics = PrefersOpenMetrics(context.Request);
            context.Response.ContentType = isOpenMetrics ? PrometheusText.OpenMetricsType : PrometheusText.PrometheusType;
            return context.Response.WriteAsync(metrics.Read(new PrometheusText(isOpenMetrics).Write));
        });

    /// <summary>Determines whether a client names OpenMetrics, with no lower quality than the format of Prometheus.</summary>
    private static bool PrefersOpenMetrics(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return false;
        var openMetrics = accepted.Where(type => type.MediaType == OpenMetrics).Select(Quality).DefaultIfEmpty().Max();
        var prometheus = accepted.Where(type => type.MatchesMediaType(Prometheus)).Select(Quality).DefaultIfEmpty().Max();
        return openMetrics > 0 && openMetrics >= prometheus;

        static double Quality(MediaTypeHeaderValue type) => type.Quality ?? 1;
    }
}
