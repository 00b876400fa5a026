using System.Buffers;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Xml;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Rules;

namespace Ews.ImService.Control.Documents;

/// <summary>Reads a JSON document into a record of the contract and collects everything that violates the types and the validation
/// attributes of the record, with its JSON path.</summary>
/// <remarks>
/// The reader copies the values that can be used, and creates the record from the copy. A value that cannot be used is omitted or, if it
/// is required, replaced, so that further rules can also be checked. The reader stops after
/// <see cref="DocumentProblems.MaxCount"/> violations: the cost of a document depends on its size only.
/// </remarks>
internal sealed class DocumentReader
{
    private const int MaxDepth = 64;
    private const string InvalidName = "The body is not valid JSON: the name of a property is not valid Unicode.";

    private static readonly JsonDocumentOptions DocumentOptions = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
        MaxDepth = MaxDepth,
    };

    private static readonly JsonReaderOptions ReaderOptions = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = MaxDepth,
    };

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ConcurrentDictionary<JsonPropertyInfo, IReadOnlyList<ValidationAttribute>> Rules = new();
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<string>> Names = new();

    private readonly DocumentProblems _problems = new();
    private readonly DocumentPath _path = new();
    private readonly Utf8JsonWriter _writer;

    private DocumentReader(Utf8JsonWriter writer) => _writer = writer;

    /// <summary>Reads a document.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="json">A JSON object in UTF-8, with or without a byte order mark. Comments and trailing commas are ignored.</param>
    /// <param name="type">The JSON form of the record.</param>
    /// <param name="maxValues">The maximum number of values in the document, including objects and arrays.</param>
    public static Document<T> Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, int maxValues)
        where T : class
    {
        var usable = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(usable, WriterOptions);
        var reader = new DocumentReader(writer);
        var isUsable = reader.WriteUsable(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, type, maxValues);
        return new Document<T>(isUsable ? JsonSerializer.Deserialize(usable.WrittenSpan, type) : null, reader._problems);
    }

    /// <summary>Copies the values that can be used, and checks all values.</summary>
    /// <returns><c>true</c> if a record can be created from the copy; otherwise, <c>false</c>.</returns>
    private bool WriteUsable(ReadOnlyMemory<byte> json, JsonTypeInfo type, int maxValues)
    {
        using var document = Parse(json, maxValues);
        if (document is null)
            return false;
        CheckUnicode(document.RootElement);
        if (_problems.Count > 0 || !IsUsable(document.RootElement, type, []))
            return false;
        Write(document.RootElement, type);
        _writer.Flush();
        return !_problems.IsFull;
    }

    private JsonDocument? Parse(ReadOnlyMemory<byte> json, int maxValues)
    {
        try
        {
            if (HasAtMost(maxValues, json.Span))
                return JsonDocument.Parse(json, DocumentOptions);
            _problems.Add($"The body must not contain more than {maxValues} values.");
        }
        catch (JsonException e)
        {
            _problems.Add("The body is not valid JSON: " + e.Message);
        }
        catch (InvalidOperationException)
        {
            _problems.Add(InvalidName); // Names are compared to find duplicate properties.
        }

        return null;
    }

    /// <summary>Counts values before anything is created from them.</summary>
    private static bool HasAtMost(int maxValues, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        var count = 0;
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray))
                count++;
            if (count > maxValues)
                return false;
        }

        return true;
    }

    /// <summary>Checks all strings first, because a string that is not valid Unicode cannot be read.</summary>
    private void CheckUnicode(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
                CheckUnicode(property);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                _path.EnterItem(index);
                CheckUnicode(item);
                _path.Leave();
            }
        }
        else if (value.ValueKind == JsonValueKind.String && !_problems.IsFull && !IsUnicode(value))
        {
            _problems.Reject(_path.ToString(), "is not valid Unicode");
        }
    }

    private void CheckUnicode(JsonProperty property)
    {
        if (!TryGetName(property, out var name))
        {
            _problems.Add(InvalidName);
            return;
        }

        _path.EnterAnyProperty(name);
        CheckUnicode(property.Value);
        _path.Leave();
    }

    private static bool IsUnicode(JsonElement text)
    {
        try
        {
            text.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // .NET has no other way to check a string with escape sequences.
        }
    }

    private static bool TryGetName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = string.Empty;
            return false;
        }
    }

    /// <summary>Checks the kind of an object or array, and all rules of any other value.</summary>
    private bool IsUsable(JsonElement value, JsonTypeInfo type, IReadOnlyList<ValidationAttribute> rules) => type.Kind switch
    {
        JsonTypeInfoKind.Object => IsObject(value),
        JsonTypeInfoKind.Enumerable => IsArray(value),
        _ => CheckValue(value, type, rules),
    };

    /// <summary>Copies a usable value, and checks the contents of an object or array.</summary>
    private void Write(JsonElement value, JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
            WriteObject(value, type);
        else if (type.Kind == JsonTypeInfoKind.Enumerable)
            WriteArray(value, type.Options.GetTypeInfo(type.ElementType!));
        else
            value.WriteTo(_writer);
    }

    private void WriteObject(JsonElement value, JsonTypeInfo type)
    {
        _writer.WriteStartObject();
        foreach (var property in type.Properties)
        {
            _path.EnterProperty(property.Name);
            WriteProperty(value, property, type.Options.GetTypeInfo(property.PropertyType));
            _path.Leave();
        }

        foreach (var unknown in value.EnumerateObject().Where(given => !type.Properties.Any(known => given.NameEquals(known.Name))))
        {
            if (_problems.IsFull)
                break;
            _path.EnterProperty(unknown.Name);
            _problems.Add(_path.ToString(), "is not a known property");
            _path.Leave();
        }

        _writer.WriteEndObject();
    }

    private void WriteProperty(JsonElement container, JsonPropertyInfo property, JsonTypeInfo type)
    {
        if (_problems.IsFull)
            return;
        var isMissing = !container.TryGetProperty(property.Name, out var value) || value.ValueKind == JsonValueKind.Null;
        if (isMissing && property.IsRequired)
            _problems.Reject(_path.ToString(), "is missing");
        if (!isMissing && IsUsable(value, property, type))
        {
            _writer.WritePropertyName(property.Name);
            Write(value, property, type);
        }
        else if (property.IsRequired)
        {
            _writer.WritePropertyName(property.Name);
            WriteSubstitute(type);
        }
    }

    private bool IsUsable(JsonElement value, JsonPropertyInfo property, JsonTypeInfo type) => property.CustomConverter switch
    {
        SeedMemberListConverter => IsArray(value),
        StringListMapConverter => IsObject(value),
        _ => IsUsable(value, type, RulesOf(property)),
    };

    private void Write(JsonElement value, JsonPropertyInfo property, JsonTypeInfo type)
    {
        if (property.CustomConverter is SeedMemberListConverter)
            WriteArray(value, ContractJson.Default.SeedMember);
        else if (property.CustomConverter is StringListMapConverter)
            WriteMap(value);
        else
            Write(value, type);
    }

    private void WriteArray(JsonElement array, JsonTypeInfo type)
    {
        _writer.WriteStartArray();
        foreach (var (index, item) in array.EnumerateArray().Index())
        {
            if (_problems.IsFull)
                break;
            _path.EnterItem(index);
            if (item.ValueKind == JsonValueKind.String && type == ContractJson.Default.SeedMember)
                WriteMember(item);
            else if (IsUsable(item, type, []))
                Write(item, type);
            else
                WriteSubstitute(type);
            _path.Leave();
        }

        _writer.WriteEndArray();
    }

    /// <summary>Copies a member that is only an address.</summary>
    private void WriteMember(JsonElement address)
    {
        _path.EnterProperty("contact");
        if (CheckText(address) is not null)
            address.WriteTo(_writer);
        else
            WriteSubstitute(ContractJson.Default.SeedMember);
        _path.Leave();
    }

    private void WriteMap(JsonElement map)
    {
        _writer.WriteStartObject();
        foreach (var property in map.EnumerateObject())
        {
            if (_problems.IsFull)
                break;
            IEnumerable<JsonElement> texts = property.Value.ValueKind switch
            {
                JsonValueKind.Null => [],
                JsonValueKind.Array => property.Value.EnumerateArray(),
                _ => [property.Value],
            };
            _path.EnterKey(property.Name);
            if (texts.All(text => CheckText(text) is not null))
                property.WriteTo(_writer);
            _path.Leave();
        }

        _writer.WriteEndObject();
    }

    private bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object || Reject("must be an object", value);

    private bool IsArray(JsonElement value) => value.ValueKind == JsonValueKind.Array || Reject("must be an array", value);

    private bool CheckValue(JsonElement value, JsonTypeInfo typeInfo, IReadOnlyList<ValidationAttribute> rules)
    {
        var type = Nullable.GetUnderlyingType(typeInfo.Type) ?? typeInfo.Type;
        var isNumber = value.ValueKind == JsonValueKind.Number;
        if (type == typeof(string))
            return CheckText(value) is { } text && CheckRules(type, text, value, rules);
        if (type == typeof(int) || type == typeof(long))
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
            _problems.Reject(_path.ToString(), "contains a character that XML does not allow");
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
        _problems.Reject(_path.ToString(), IsText(value, out var text) && text.Length == 0 ? rule : $"{rule}, but is {Describe(value)}");
        return false;
    }

    private static IReadOnlyList<ValidationAttribute> RulesOf(JsonPropertyInfo property) => Rules.GetOrAdd(property, static property =>
        [.. (property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? []).OfType<ValidationAttribute>()]);

    /// <summary>Writes a replacement for a required value that is missing or cannot be used.</summary>
    private void WriteSubstitute(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            _writer.WriteStartArray();
            _writer.WriteEndArray();
        }
        else if (type.Kind == JsonTypeInfoKind.Object)
        {
            _writer.WriteStartObject();
            foreach (var property in type.Properties.Where(property => property.IsRequired))
            {
                _writer.WritePropertyName(property.Name);
                WriteSubstitute(type.Options.GetTypeInfo(property.PropertyType));
            }

            _writer.WriteEndObject();
        }
        else if (type.Type == typeof(string))
        {
            _writer.WriteStringValue(string.Empty);
        }
        else
        {
            JsonSerializer.Serialize(_writer, Activator.CreateInstance(type.Type), type);
        }
    }

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
