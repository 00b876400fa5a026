using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Xml;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Rules;

namespace Ews.ImService.Control.Documents;

/// <summary>Checks values of a document against the types and the validation attributes of the contract.</summary>
/// <param name="path">The path of the value that the reader is reading.</param>
/// <param name="problems">The violations, to which those of the values are added.</param>
internal sealed class ValueChecker(DocumentPath path, DocumentProblems problems)
{
    private static readonly ConcurrentDictionary<JsonPropertyInfo, IReadOnlyList<ValidationAttribute>> Rules = new();
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<string>> Names = new();

    /// <summary>Checks the kind of an object or array, and the type of any other value.</summary>
    /// <returns><c>true</c> if the value can be used; otherwise, <c>false</c>.</returns>
    public bool IsUsable(JsonElement value, JsonTypeInfo type) => IsUsable(value, type, []);

    /// <summary>Checks the kind of an object or array, and the type and the rules of any other value.</summary>
    /// <returns><c>true</c> if the value can be used as the value of the property; otherwise, <c>false</c>.</returns>
    public bool IsUsable(JsonElement value, JsonPropertyInfo property, JsonTypeInfo type) => property.CustomConverter switch
    {
        SeedMemberListConverter => IsArray(value),
        StringListMapConverter => IsObject(value),
        _ => IsUsable(value, type, RulesOf(property)),
    };

    /// <summary>Checks that a value is a string that XML can contain.</summary>
    /// <returns><c>true</c> if the value can be used; otherwise, <c>false</c>.</returns>
    public bool IsUsableText(JsonElement value) => CheckText(value) is not null;

    private bool IsUsable(JsonElement value, JsonTypeInfo type, IReadOnlyList<ValidationAttribute> rules) => type.Kind switch
    {
        JsonTypeInfoKind.Object => IsObject(value),
        JsonTypeInfoKind.Enumerable => IsArray(value),
        _ => CheckValue(value, type, rules),
    };

    private bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object || Reject("must be an object", value);

    private bool IsArray(JsonElement value) => value.ValueKind == JsonValueKind.Array || Reject("must be an array", value);

    private bool CheckValue(JsonElement value, JsonTypeInfo typeInfo, IReadOnlyList<ValidationAttribute> rules)
    {
        var type = Nullable.GetUnderlyingType(typeInfo.Type) ?? typeInfo.Type;
        var isNumber = value.ValueKind == JsonValueKind.Number;
        if (type == typeof(string))
            return CheckText(value) is { } text && CheckRules(type, text, value, rules);
        if (type == typeof(int))
            return CheckRules(type, isNumber && value.TryGetInt32(out var small) ? small : null, value, rules);
        if (type == typeof(long))
            return CheckRules(type, isNumber && value.TryGetInt64(out var integer) ? integer : null, value, rules);
        if (type == typeof(double))
            return CheckRules(type, isNumber && value.TryGetDouble(out var number) ? number : null, value, rules);
        if (type == typeof(bool))
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False || Reject(ValueRules.Boolean, value);
        if (type == typeof(DateTimeOffset))
            return (IsText(value, out var time) && UtcTimeConverter.TryParse(time, out _)) || Reject(ValueRules.Time, value);
        if (type == typeof(Guid))
            return (IsText(value, out var guid) && Guid.TryParseExact(guid, "D", out _)) || Reject(ValueRules.Guid, value);
        if (type.IsEnum)
            return CheckName(value, type, typeInfo.Options);
        throw new NotSupportedException($"The contract has a value of the type {type}, which the reader does not support.");
    }

    private bool CheckName(JsonElement value, Type type, JsonSerializerOptions options)
    {
        var names = Names.GetOrAdd(type, static (type, options) =>
            [.. Enum.GetValues(type).Cast<object>().Select(one => JsonSerializer.Serialize(one, type, options).Trim('"'))], options);
        return (IsText(value, out var name) && names.Contains(name)) || Reject("must be " + ValueRules.OneOf(names), value);
    }

    private string? CheckText(JsonElement value)
    {
        if (!IsText(value, out var text))
            Reject("must be a string", value);
        else if (!IsXml(text))
            problems.Reject(path.ToString(), "contains a character that XML does not allow");
        else
            return text;
        return null;
    }

    private bool CheckRules(Type type, object? value, JsonElement given, IReadOnlyList<ValidationAttribute> rules)
    {
        var rule = value is null ? ValueRules.Number(type, rules) : ValueRules.Violation(type, value, rules);
        return rule is null || Reject(rule, given);
    }

    private bool Reject(string rule, JsonElement value)
    {
        problems.Reject(path.ToString(), IsText(value, out var text) && text.Length == 0 ? rule : $"{rule}, but is {Describe(value)}");
        return false;
    }

    private static IReadOnlyList<ValidationAttribute> RulesOf(JsonPropertyInfo property) => Rules.GetOrAdd(property, static property =>
        [.. (property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? []).OfType<ValidationAttribute>()]);

    private static bool IsText(JsonElement value, out string text)
    {
        text = value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
        return value.ValueKind == JsonValueKind.String;
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"'{Excerpt.Of(value.GetString()!)}'",
        _ => Excerpt.Of(value.GetRawText()),
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
