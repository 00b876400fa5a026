using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ews.ImService.Reliability.Fuzz.Oracles;

/// <summary>Determines whether the body of a control call is invalid, with the OpenAPI document that the service publishes.</summary>
/// <remarks>
/// As documented, comments and trailing commas are allowed, an empty body is an empty object, and <c>null</c> means that a property is
/// missing. A body that is not invalid may still violate a rule that a schema cannot express.
/// </remarks>
internal sealed class JsonSchemaVerdict(JsonNode openApi)
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 1000,
    };

    /// <summary>Returns the schema that a reference names, or the schema itself.</summary>
    public JsonObject Resolve(JsonNode schema) => schema["$ref"] is { } reference
        ? Resolve(openApi["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!)
        : schema.AsObject();

    /// <summary>Returns the correct responses to a body.</summary>
    public Expectation Judge(JsonNode schema, byte[] body)
    {
        try
        {
            var bytes = body.AsMemory();
            if (body.AsSpan().StartsWith("\uFEFF"u8))
                bytes = bytes[3..];
            if (bytes.Length == 0)
                bytes = "{}"u8.ToArray();
            using var document = JsonDocument.Parse(bytes, Options);
            return IsValid(schema, document.RootElement) ? Expectation.Any : Expectation.Rejection;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Expectation.Rejection; // The second exception: a string is not valid Unicode.
        }
    }

    private bool IsValid(JsonNode node, JsonElement value)
    {
        var schema = Resolve(node);
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray choices)
            return choices.Any(choice => IsValid(choice!, value));
        if (schema["enum"] is JsonArray names
            && !names.Any(name => value.ValueKind == JsonValueKind.String && value.GetString() == (string?)name))
        {
            return false;
        }

        return (string?)schema["type"] switch
        {
            "object" => value.ValueKind == JsonValueKind.Object && IsValidObject(schema, value),
            "array" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => IsValid(schema["items"]!, item)),
            "string" => value.ValueKind == JsonValueKind.String && value.GetString() is not null,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var integer) && IsInRange(schema, integer),
            "number" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && IsInRange(schema, number),
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => true,
        };
    }

    private bool IsValidObject(JsonObject schema, JsonElement value)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        var given = value.EnumerateObject().ToList();
        var required = schema["required"]?.AsArray().Select(name => (string)name!) ?? [];
        if (required.Any(name => !given.Exists(one => one.Name == name && one.Value.ValueKind != JsonValueKind.Null)))
            return false;
        foreach (var property in given)
        {
            var known = properties[property.Name];
            if (known is null && schema["additionalProperties"] is JsonValue)
                return false;
            var type = known ?? schema["additionalProperties"];
            if (type is not null && property.Value.ValueKind != JsonValueKind.Null && !IsValid(type, property.Value))
                return false;
        }

        return true;
    }

    private static bool IsInRange(JsonObject schema, double number) =>
        number >= ((double?)schema["minimum"] ?? double.MinValue) && number <= ((double?)schema["maximum"] ?? double.MaxValue);
}
