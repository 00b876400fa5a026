using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ews.ImService.Control.Contract;

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
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DocumentProblems _problems = new();
    private readonly DocumentPath _path = new();
    private readonly ValueChecker _checker;
    private readonly Utf8JsonWriter _writer;

    private DocumentReader(Utf8JsonWriter writer)
    {
        _checker = new ValueChecker(_path, _problems);
        _writer = writer;
    }

    /// <summary>Reads a document.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="json">A JSON object in UTF-8, with or without a byte order mark. Comments and trailing commas are ignored.</param>
    /// <param name="type">The JSON form of the record.</param>
    /// <param name="maxValues">The maximum number of values in the document, including objects and arrays.</param>
    /// <param name="subject">The name of the document in the violations.</param>
    public static Document<T> Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, int maxValues, string subject = "The body")
        where T : class
    {
        var usable = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(usable, WriterOptions);
        var reader = new DocumentReader(writer);
        var isUsable = reader.WriteUsable(json, type, maxValues, subject);
        return new Document<T>(isUsable ? JsonSerializer.Deserialize(usable.WrittenSpan, type) : null, reader._problems);
    }

    /// <summary>Copies the values that can be used, and checks all values.</summary>
    /// <returns><c>true</c> if a record can be created from the copy; otherwise, <c>false</c>.</returns>
    private bool WriteUsable(ReadOnlyMemory<byte> json, JsonTypeInfo type, int maxValues, string subject)
    {
        using var document = JsonText.Parse(json, maxValues, _problems, subject);
        if (document is null || !_checker.IsUsable(document.RootElement, type))
            return false;
        Write(document.RootElement, type);
        _writer.Flush();
        return !_problems.IsFull;
    }

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
        if (!isMissing && _checker.IsUsable(value, property, type))
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
            else if (_checker.IsUsable(item, type))
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
        if (_checker.IsUsableText(address))
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
            if (texts.All(_checker.IsUsableText))
                property.WriteTo(_writer);
            _path.Leave();
        }

        _writer.WriteEndObject();
    }

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
}
