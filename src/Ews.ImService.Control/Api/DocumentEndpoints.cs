using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Control.Api;

/// <summary>The documents that describe the control API.</summary>
internal static class DocumentEndpoints
{
    private const string OpenApiPath = "/openapi.json";
    private const string SeedSchemaPath = "/seed.schema.json";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("", Index).WithName("index");
        api.MapGet(OpenApiPath, OpenApi).WithName("openapi").Produces<object>(StatusCodes.Status200OK, "application/json");
        api.MapGet(SeedSchemaPath, SeedSchema).WithName("seedSchema")
            .Produces<object>(StatusCodes.Status200OK, "application/schema+json");
    }

    /// <summary>Returns the method and the path of an endpoint, such as <c>GET</c> and <c>/_control/v1/journal</c>.</summary>
    public static (string Method, string Path) Describe(RouteEndpoint endpoint) => (
        endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0],
        endpoint.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal).TrimEnd('/'));

    /// <summary>Lists the calls of the control API.</summary>
    private static Ok<ControlApiIndex> Index(Realm realm, [FromServices] EndpointDataSource all) => TypedResults.Ok(new ControlApiIndex
    {
        Realm = realm.Name,
        Openapi = ControlApi.Path + OpenApiPath,
        SeedSchema = ControlApi.Path + SeedSchemaPath,
        Calls =
        [
            .. all.Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(ControlApi.Path, StringComparison.Ordinal))
                .Select(Describe)
                .Select(call => $"{call.Method} {call.Path}"),
        ],
    });

    /// <summary>Returns the OpenAPI document.</summary>
    private static FileStreamHttpResult OpenApi() => EmbeddedFile.Serve("openapi.json", "application/json");

    /// <summary>Returns the JSON schema of seed documents.</summary>
    private static FileStreamHttpResult SeedSchema() => EmbeddedFile.Serve("seed.schema.json", "application/schema+json");
}
