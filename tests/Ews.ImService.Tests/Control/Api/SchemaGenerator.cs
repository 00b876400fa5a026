using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Tests.Control.Api;

/// <summary>Generates JSON schemas from the records of the contract, one for each record.</summary>
internal sealed class SchemaGenerator
{
    private const string Prefix = "#/components/schemas/";

    private readonly XmlDocumentation _documentation = new();
    private readonly JsonSchemaExporterOptions _options;
    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);

    public SchemaGenerator() => _options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>Gets the schemas by the names of the records.</summary>
    public IReadOnlyDictionary<string, JsonNode> Schemas => _schemas;

    public static JsonObject Reference(string name) => new() { ["$ref"] = Prefix + name };

    /// <summary>Generates the schema of a record, and those of the records that it contains.</summary>
    /// <returns>A reference to the schema.</returns>
    public JsonObject Add(Type type)
    {
        if (!_schemas.ContainsKey(type.Name))
        {
            _schemas.Add(type.Name, new JsonObject());
            var schema = ContractJson.Default.GetTypeInfo(type)!.GetJsonSchemaAsNode(_options).AsObject();
            schema["type"] = "object";
            schema["description"] = _documentation.SummaryOf(type);
            _schemas[type.Name] = schema;
        }

        return Reference(type.Name);
    }

    /// <summary>Returns a copy of a schema that rejects unknown properties, as the service does.</summary>
    public static JsonNode Close(JsonNode schema)
    {
        var closed = schema.DeepClone();
        closed["additionalProperties"] = false;
        return closed;
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isRecord = type.Namespace == typeof(ContractJson).Namespace && !type.IsEnum;
        if (context.Path.Length == 0 || context.PropertyInfo is null)
            return isRecord && context.Path.Length > 0 ? Add(type) : schema;
        var result = context.PropertyInfo.CustomConverter switch
        {
            SeedMemberListConverter => new JsonObject { ["type"] = "array", ["items"] = AnyOf(Text(), Add(typeof(SeedMember))) },
            StringListMapConverter => new JsonObject { ["type"] = "object", ["additionalProperties"] = AnyOf(Text(), Texts(), Null()) },
            _ when isRecord => Add(type),
            _ when type == typeof(DateTimeOffset) => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            _ when type.IsEnum => new JsonObject { ["type"] = "string", ["enum"] = schema["enum"]!.DeepClone() },
            _ => schema.AsObject(),
        };
        if (!context.PropertyInfo.IsRequired)
            RemoveNull(result);
        var property = (PropertyInfo)context.PropertyInfo.AttributeProvider!;
        Constrain(result, property);
        result["description"] = _documentation.SummaryOf(property);
        return result;
    }

    /// <summary>An optional property is omitted; <c>null</c> is allowed only where it is a value.</summary>
    private static void RemoveNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
            schema["type"] = types.Select(type => type!.GetValue<string>()).First(type => type != "null");
        if (schema["enum"] is JsonArray names)
            schema["enum"] = new JsonArray([.. names.Where(name => name is not null).Select(name => name!.DeepClone())]);
    }

    public static void Constrain(JsonObject schema, ICustomAttributeProvider attributes)
    {
        foreach (var attribute in attributes.GetCustomAttributes(inherit: true))
        {
            switch (attribute)
            {
                case RangeAttribute { Minimum: var least, Maximum: var most }:
                    schema["minimum"] = JsonValue.Create(Convert.ToDecimal(least, null));
                    schema["maximum"] = JsonValue.Create(Convert.ToDecimal(most, null));
                    break;
                case MinLengthAttribute { Length: var length }:
                    schema["minLength"] = length;
                    break;
                case Base64StringAttribute:
                    schema["contentEncoding"] = "base64";
                    break;
                case AllowedValuesAttribute { Values: var values }:
                    schema["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create((string)value!))]);
                    break;
                case ReadOnlyAttribute { IsReadOnly: true }:
                    schema["readOnly"] = true;
                    break;
            }
        }
    }

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Texts() => new() { ["type"] = "array", ["items"] = Text() };

    private static JsonObject Null() => new() { ["type"] = "null" };

    private static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };
}
