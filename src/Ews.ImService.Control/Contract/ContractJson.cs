using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>The JSON form of the records of the control API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SeedDocument))]
[JsonSerializable(typeof(MailboxList))]
[JsonSerializable(typeof(SnapshotList))]
[JsonSerializable(typeof(RealmList))]
[JsonSerializable(typeof(JournalPage))]
[JsonSerializable(typeof(JournalCount))]
[JsonSerializable(typeof(JournalChanges))]
[JsonSerializable(typeof(RealmChanges))]
[JsonSerializable(typeof(FaultRule))]
[JsonSerializable(typeof(FaultRuleList))]
[JsonSerializable(typeof(ClockState))]
[JsonSerializable(typeof(ClockFreeze))]
[JsonSerializable(typeof(ClockAdvance))]
[JsonSerializable(typeof(ControlProblem))]
[JsonSerializable(typeof(ControlApiIndex))]
[JsonSerializable(typeof(ServerState))]
[JsonSerializable(typeof(LogPage))]
internal sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>Configures other options so that they read and write the records in the same form, indented for people.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new UtcTimeConverter());
        options.TypeInfoResolverChain.Insert(0, Default);
        options.WriteIndented = true;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // Responses are not HTML.
    }
}

/// <summary>Writes the names of an enumeration in camel case.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Reads a time without an offset as UTC, and writes times in UTC.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryParse(reader.GetString()!, out var time) ? time : throw new JsonException("The value is not a valid time.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);

    /// <summary>Reads a time that begins with a date such as 2026-11-21.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        return text is [_, _, _, _, '-', _, _, '-', ..]
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}

/// <summary>Reads and writes members: a string for an address, or an object.</summary>
internal sealed class SeedMemberListConverter : JsonConverter<IReadOnlyList<SeedMember>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<SeedMember> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var members = new List<SeedMember>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            members.Add(reader.TokenType == JsonTokenType.String
                ? new SeedMember { Contact = reader.GetString() }
                : JsonSerializer.Deserialize(ref reader, ContractJson.Default.SeedMember)!);
        }

        return members;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<SeedMember> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var member in value)
        {
            if (member is { Contact: { } address, TelUri: null, Ordinal: null })
                writer.WriteStringValue(address);
            else
                JsonSerializer.Serialize(writer, member, ContractJson.Default.SeedMember);
        }

        writer.WriteEndArray();
    }
}

/// <summary>Reads and writes an object whose values are a string, several strings or <c>null</c>.</summary>
internal sealed class StringListMapConverter : JsonConverter<IReadOnlyDictionary<string, IReadOnlyList<string>?>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, IReadOnlyList<string>?> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var map = new Dictionary<string, IReadOnlyList<string>?>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            map[name] = reader.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => [reader.GetString()!],
                _ => ReadStrings(ref reader),
            };
        }

        return map;
    }

    /// <inheritdoc/>
    public override void Write(
        Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>?> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, values) in value)
        {
            writer.WritePropertyName(name);
            if (values is null)
                writer.WriteNullValue();
            else if (values.Count == 1)
                writer.WriteStringValue(values[0]);
            else
                WriteStrings(writer, values);
        }

        writer.WriteEndObject();
    }

    private static List<string> ReadStrings(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("The value is not a string or an array of strings.");
        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            values.Add(reader.GetString()!);
        return values;
    }

    private static void WriteStrings(Utf8JsonWriter writer, IReadOnlyList<string> values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
