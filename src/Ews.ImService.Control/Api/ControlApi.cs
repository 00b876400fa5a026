using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Control.Api;

/// <summary>The control API: its pipeline and its endpoints.</summary>
internal static class ControlApi
{
    /// <summary>The path of all versions of the API.</summary>
    public const string Root = "/_control";

    /// <summary>The path of the API, which can follow the path prefix of a realm.</summary>
    public const string Path = Root + "/v1";

    /// <summary>The value of X-Content-Type-Options, which keeps browsers from guessing another content type.</summary>
    private const string NoSniff = "nosniff";

    /// <summary>Builds the pipeline of the API.</summary>
    /// <param name="application">The application whose services the endpoints use.</param>
    public static RequestDelegate Build(IApplicationBuilder application)
    {
        var policy = new CallerPolicy(application.ApplicationServices.GetRequiredService<ControlOptions>().Token);
        var api = application.New();
        api.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = NoSniff;
            return next(context);
        });
        api.UseMiddleware<CallLog>();
        api.UseMiddleware<ErrorMiddleware>();
        api.Use((context, next) => policy.Check(context) is { } problem ? problem.ExecuteAsync(context) : next(context));
        api.UseRouting();
        api.Use((context, next) =>
        {
            EncodedSlashes.Decode(context);
            return next(context);
        });
        api.UseEndpoints(Map);
        return api.Build();
    }

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Path).AddEndpointFilter<RouteGroupBuilder, RequestFilter>();
        DocumentEndpoints.Map(api);
        SeedEndpoints.Map(api);
        SnapshotEndpoints.Map(api);
        MailboxEndpoints.Map(api);
        JournalEndpoints.Map(api);
        EventEndpoints.Map(api);
        FaultEndpoints.Map(api);
        ClockEndpoints.Map(api);
        RealmEndpoints.Map(api);
        ServerEndpoints.Map(api);
    }
}
