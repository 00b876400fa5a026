using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Xml;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Rules;

namespace Ews.ImService.Control.Documents;

/// <summary>Reads a JSON document into a record of the contract and collects everything that violates the types and the validation
/// attributes of the record, with its JSON path.</summary>
/// <remarks>A value that cannot be used is removed or, if it is required, replaced, so that further rules can also be checked.</remarks>
internal sealed class DocumentReader
{
    private static readonly JsonDocumentOptions ReadOptions = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    private readonly DocumentProblems _problems = new();

    /// <summary>Reads a document.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="json">A JSON object in UTF-8, with or without a byte order mark. Comments and trailing commas are ignored.</param>
    /// <param name="type">The JSON form of the record.</param>
    public static Document<T> Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        var reader = new DocumentReader();
        return new Document<T>(reader.ReadRoot(json, type), reader._problems);
    }

    private T? ReadRoot<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json.Span.StartsWith("\uFEFF"u8) ? json.Span[3..] : json.Span, documentOptions: ReadOptions);
        }
        catch (JsonException e)
        {
            _problems.Add("The body is not valid JSON: " + e.Message);
            return null;
        }
        catch (InvalidOperationException)
        {
            _problems.Add("The body is not valid JSON: the name of a property is not valid Unicode.");
            return null;
        }

        CheckUnicode(root);
        return _problems.Count == 0 && CheckObject(root, type, "$") ? root.Deserialize(type) : null;
    }

    /// <summary>Checks all strings first, because a string that is not valid Unicode cannot be read.</summary>
    private void CheckUnicode(JsonNode? node)
    {
        IEnumerable<JsonNode?> items = node switch
        {
            JsonObject @object => @object.Select(property => property.Value),
            JsonArray array => array,
            _ => [],
        };
        foreach (var item in items)
            CheckUnicode(item);
        if (node?.GetValueKind() != JsonValueKind.String)
            return;
        try
        {
            node.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            _problems.Reject(node.GetPath(), "is not valid Unicode");
        }
    }

    private bool Check(JsonNode? node, JsonTypeInfo type, IReadOnlyList<ValidationAttribute> rules, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object => CheckObject(node, type, path),
        JsonTypeInfoKind.Enumerable => CheckArray(node, item => item, type.Options.GetTypeInfo(type.ElementType!), path),
        _ => CheckValue(node, type, rules, path),
    };

    private bool CheckObject(JsonNode? node, JsonTypeInfo type, string path)
    {
        if (node is not JsonObject @object)
            return Reject(path, "must be an object", node);
        foreach (var property in type.Properties)
            CheckProperty(@object, property, type.Options, $"{path}.{property.Name}");
        var unknown = @object.Select(property => property.Key).Except(type.Properties.Select(property => property.Name));
        foreach (var name in unknown.Order(StringComparer.Ordinal))
            _problems.Add($"{path}.{name}", "is not a known property");
        return true;
    }

    private void CheckProperty(JsonObject node, JsonPropertyInfo property, JsonSerializerOptions options, string path)
    {
        var type = options.GetTypeInfo(property.PropertyType);
        if (node[property.Name] is not { } value)
        {
            node.Remove(property.Name);
            if (property.IsRequired)
                _problems.Reject(path, "is missing");
        }
        else if (!(CheckConverted(value, property.CustomConverter, path) ?? Check(value, type, RulesOf(property), path)))
        {
            node.Remove(property.Name);
        }

        if (property.IsRequired && !node.ContainsKey(property.Name))
            node[property.Name] = Substitute(type);
    }

    /// <summary>Checks a value that has more than one form; returns <c>null</c> for any other value.</summary>
    private bool? CheckConverted(JsonNode value, object? converter, string path) => converter switch
    {
        SeedMemberListConverter => CheckArray(value, AsMember, ContractJson.Default.SeedMember, path),
        StringListMapConverter => CheckMap(value, path),
        _ => null,
    };

    private static JsonNode? AsMember(JsonNode? item) =>
        item?.GetValueKind() == JsonValueKind.String ? new JsonObject { ["contact"] = item.DeepClone() } : item;

    private bool CheckArray(JsonNode? node, Func<JsonNode?, JsonNode?> normalize, JsonTypeInfo type, string path)
    {
        if (node is not JsonArray array)
            return Reject(path, "must be an array", node);
        for (var i = 0; i < array.Count; i++)
        {
            var item = normalize(array[i]);
            if (!Check(item, type, [], $"{path}[{i}]"))
                item = Substitute(type);
            if (item != array[i])
                array[i] = item;
        }

        return true;
    }

    private bool CheckMap(JsonNode node, string path)
    {
        if (node is not JsonObject map)
            return Reject(path, "must be an object", node);
        foreach (var (name, value) in map.ToList())
        {
            IEnumerable<JsonNode?> texts = value switch
            {
                null => [],
                JsonArray array => array,
                _ => Enumerable.Repeat<JsonNode?>(value, 1),
            };
            if (!texts.All(text => CheckText(text, $"{path}['{name}']") is not null))
                map.Remove(name);
        }

        return true;
    }

    private bool CheckValue(JsonNode? node, JsonTypeInfo typeInfo, IReadOnlyList<ValidationAttribute> rules, string path)
    {
        var type = Nullable.GetUnderlyingType(typeInfo.Type) ?? typeInfo.Type;
        var value = node as JsonValue;
        if (type == typeof(string))
            return CheckText(node, path) is { } text && CheckRules(type, text, node, rules, path);
        if (type == typeof(int) || type == typeof(long))
            return CheckRules(type, value?.TryGetValue<long>(out var integer) == true ? integer : null, node, rules, path);
        if (type == typeof(double))
            return CheckRules(type, value?.TryGetValue<double>(out var number) == true ? number : null, node, rules, path);
        if (type == typeof(bool))
            return value?.TryGetValue<bool>(out _) == true || Reject(path, ValueRules.Boolean, node);
        if (type == typeof(DateTimeOffset))
            return (IsText(node, out var time) && UtcTimeConverter.TryParse(time, out _)) || Reject(path, ValueRules.Time, node);
        if (type == typeof(Guid))
            return (IsText(node, out var guid) && Guid.TryParseExact(guid, "D", out _)) || Reject(path, ValueRules.Guid, node);
        if (type.IsEnum)
            return CheckName(node, type, typeInfo.Options, path);
        throw new NotSupportedException($"The contract has a value of the type {type}, which the reader does not support.");
    }

    private bool CheckName(JsonNode? node, Type type, JsonSerializerOptions options, string path)
    {
        var names = Enum.GetValues(type).Cast<object>().Select(one => JsonSerializer.Serialize(one, type, options).Trim('"')).ToList();
        return (IsText(node, out var name) && names.Contains(name)) || Reject(path, "must be " + ValueRules.OneOf(names), node);
    }

    private string? CheckText(JsonNode? node, string path)
    {
        if (!IsText(node, out var text))
            Reject(path, "must be a string", node);
        else if (!IsXml(text))
            _problems.Reject(path, "contains a character that XML does not allow");
        else
            return text;
        return null;
    }

    private bool CheckRules(Type type, object? value, JsonNode? node, IReadOnlyList<ValidationAttribute> rules, string path)
    {
        var rule = value is null ? ValueRules.Number(type, rules) : ValueRules.Violation(type, value, rules);
        return rule is null || Reject(path, rule, node);
    }

    private bool Reject(string path, string rule, JsonNode? node)
    {
        _problems.Reject(path, IsText(node, out var text) && text.Length == 0 ? rule : $"{rule}, but is {Describe(node)}");
        return false;
    }

    private static List<ValidationAttribute> RulesOf(JsonPropertyInfo property) =>
        [.. (property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? []).OfType<ValidationAttribute>()];

    /// <summary>Returns a replacement for a required value that is missing or cannot be used.</summary>
    private static JsonNode Substitute(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
            return new JsonArray();
        if (type.Kind == JsonTypeInfoKind.Object)
        {
            var required = type.Properties.Where(property => property.IsRequired);
            return new JsonObject(required.Select(property =>
                KeyValuePair.Create<string, JsonNode?>(property.Name, Substitute(type.Options.GetTypeInfo(property.PropertyType)))));
        }

        return type.Type == typeof(string)
            ? string.Empty
            : JsonSerializer.SerializeToNode(Activator.CreateInstance(type.Type), type)!;
    }

    private static bool IsText(JsonNode? node, out string text)
    {
        text = string.Empty;
        return node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.TryGetValue(out text!);
    }

    private static string Describe(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"'{node}'",
        _ => node.ToJsonString(),
    };

    private static bool IsXml(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                continue;
            if (i + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                return false;
            i++;
        }

        return true;
    }
}
