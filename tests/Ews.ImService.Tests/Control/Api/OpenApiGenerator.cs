using System.Net.ServerSentEvents;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ews.ImService.Control.Api;
using Ews.ImService.Control.Contract;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Tests.Control.Api;

/// <summary>Generates the OpenAPI document and the JSON schema of seed documents from the endpoints and the records of the control
/// API.</summary>
internal sealed class OpenApiGenerator
{
    private const string Json = "application/json";
    private const string Xml = "text/xml";
    private const string Introduction =
        "Resets, seeds and inspects the service, and injects faults. A call addresses one realm: that of the header X-Ews-Realm or of the "
        + "path prefix /realms/NAME; otherwise, the default realm.";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly XmlDocumentation _documentation = new();
    private readonly SchemaGenerator _schemas = new();
    private readonly HashSet<string> _requests = [];

    /// <summary>Generates the OpenAPI document.</summary>
    public static string GenerateOpenApi() => Text(new OpenApiGenerator().Generate());

    /// <summary>Generates the JSON schema of seed documents: the schemas of the OpenAPI document, which are also JSON schemas.</summary>
    public static string GenerateSeedSchema()
    {
        var generator = new OpenApiGenerator();
        generator._schemas.Add(typeof(SeedDocument));
        var root = SchemaGenerator.Close(generator._schemas.Schemas[nameof(SeedDocument)]).AsObject();
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "$id", "urn:ews-imservice:seed:1");
        root["$defs"] = new JsonObject(generator._schemas.Schemas.Where(schema => schema.Key != nameof(SeedDocument))
            .Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)SchemaGenerator.Close(schema.Value))));
        return Text(root).Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
    }

    private JsonObject Generate()
    {
        var paths = new JsonObject();
        foreach (var endpoint in Endpoints())
        {
            var (method, path) = DocumentEndpoints.Describe(endpoint);
            paths[path] ??= new JsonObject();
            paths[path]![method.ToLowerInvariant()] = Operation(endpoint);
        }

        _schemas.Add(typeof(ControlProblem));
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Ews.ImService control API",
                ["version"] = "1",
                ["description"] = Introduction,
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = Parse("""
                [{ "url": "/" }, { "url": "/realms/{realm}", "variables": { "realm": { "default": "test-1", "description": "A realm." } } }]
                """),
            ["security"] = Parse("""[{}, { "token": [] }]"""),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = Parse("""
                    { "token": { "type": "http", "scheme": "bearer", "description": "Required if Control:Token is set." } }
                    """),
                ["parameters"] = new JsonObject
                {
                    ["realm"] = new JsonObject
                    {
                        ["name"] = RequestRealm.Header,
                        ["in"] = "header",
                        ["description"] = "The name of the realm; the default is the default realm.",
                        ["schema"] = Parse("""{ "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$" }"""),
                    },
                },
                ["responses"] = new JsonObject
                {
                    ["Problem"] = Response(
                        "The request failed; nothing was changed.",
                        "application/problem+json",
                        SchemaGenerator.Reference(nameof(ControlProblem))),
                },
                ["schemas"] = new JsonObject(_schemas.Schemas.Select(schema => KeyValuePair.Create<string, JsonNode?>(
                    schema.Key, _requests.Contains(schema.Key) ? SchemaGenerator.Close(schema.Value) : schema.Value.DeepClone()))),
            },
        };
    }

    private static List<RouteEndpoint> Endpoints()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        var application = builder.Build();
        ControlApi.Map(application);
        return ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>().ToList();
    }

    private JsonObject Operation(RouteEndpoint endpoint)
    {
        var handler = endpoint.Metadata.GetRequiredMetadata<MethodInfo>();
        var operation = new JsonObject
        {
            ["operationId"] = endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName,
            ["summary"] = _documentation.SummaryOf(handler),
            ["parameters"] = new JsonArray(
            [
                new JsonObject { ["$ref"] = "#/components/parameters/realm" },
                .. RequestFilter.Parameters(endpoint).Select(parameter => Parameter(endpoint, handler, parameter.Key, parameter.Value)),
            ]),
        };
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["content"] = body == typeof(string) ? Content(Xml, StringSchema()) : Content(Json, AddRequest(body)),
                ["required"] = body == typeof(string)
                    || body.GetProperties().Any(property => property.IsDefined(typeof(RequiredMemberAttribute))),
            };
        }

        var responses = new JsonObject();
        foreach (var response in endpoint.Metadata.OfType<IProducesResponseTypeMetadata>())
        {
            responses[response.StatusCode.ToString(null, null)] = response.Type is null || response.Type == typeof(void)
                ? new JsonObject { ["description"] = "The request succeeded." }
                : Response(Describe(response.StatusCode), response.ContentTypes.First(), ResponseSchema(response.Type));
        }

        responses["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" };
        operation["responses"] = responses;
        return operation;
    }

    private static string Describe(int statusCode) =>
        statusCode == StatusCodes.Status500InternalServerError ? "A SOAP fault." : "The request succeeded.";

    private JsonObject Parameter(RouteEndpoint endpoint, MethodInfo handler, string name, ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var schema = new JsonObject { ["type"] = type == typeof(string) ? "string" : type == typeof(bool) ? "boolean" : "integer" };
        SchemaGenerator.Constrain(schema, parameter);
        var isInPath = endpoint.RoutePattern.GetParameter(name) is not null;
        return new JsonObject
        {
            ["name"] = name,
            ["in"] = isInPath ? "path" : "query",
            ["required"] = isInPath,
            ["description"] = _documentation.DescriptionOf(handler, name),
            ["schema"] = schema,
        };
    }

    /// <summary>Adds the schema of a request, whose records reject unknown properties.</summary>
    private JsonObject AddRequest(Type type)
    {
        var closed = new SchemaGenerator();
        closed.Add(type);
        _requests.UnionWith(closed.Schemas.Keys);
        return _schemas.Add(type);
    }

    private JsonObject ResponseSchema(Type type) => type == typeof(object) ? new JsonObject { ["type"] = "object" }
        : type == typeof(string) ? StringSchema()
        : type == typeof(SseItem<string>) ? new JsonObject { ["oneOf"] = new JsonArray([.. EventEndpoints.DataTypes.Select(_schemas.Add)]) }
        : _schemas.Add(type);

    private static JsonObject Response(string description, string contentType, JsonObject schema) =>
        new() { ["description"] = description, ["content"] = Content(contentType, schema) };

    private static JsonObject Content(string contentType, JsonObject schema) =>
        new() { [contentType] = new JsonObject { ["schema"] = schema } };

    private static JsonObject StringSchema() => new() { ["type"] = "string" };

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;

    private static string Text(JsonObject document) => document.ToJsonString(Indented) + "\n";
}
