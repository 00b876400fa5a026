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
        api.MapGet("", Index).WithName("index").WithSummary("Lists the calls of the control API.");
        api.MapGet(OpenApiPath, OpenApi).WithName("openapi").WithSummary("Returns this document.")
            .Produces<object>(StatusCodes.Status200OK, "application/json");
        api.MapGet(SeedSchemaPath, SeedSchema).WithName("seedSchema").WithSummary("Returns the JSON schema of seed documents.")
            .Produces<object>(StatusCodes.Status200OK, "application/schema+json");
    }

    private static Ok<ControlApiIndex> Index(Realm realm, [FromServices] EndpointDataSource all) => TypedResults.Ok(new ControlApiIndex
    {
        Realm = realm.Name,
        Openapi = ControlApi.Path + OpenApiPath,
        SeedSchema = ControlApi.Path + SeedSchemaPath,
        Calls = [.. all.Endpoints.OfType<RouteEndpoint>().Select(Describe).OfType<string>()],
    });

    private static string? Describe(RouteEndpoint endpoint)
    {
        var path = endpoint.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal).TrimEnd('/');
        return path.StartsWith(ControlApi.Path, StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: [var method] }
            ? $"{method} {path}"
            : null;
    }

    private static FileStreamHttpResult OpenApi() => EmbeddedFile.Serve("openapi.json", "application/json");

    private static FileStreamHttpResult SeedSchema() => EmbeddedFile.Serve("seed.schema.json", "application/schema+json");
}
