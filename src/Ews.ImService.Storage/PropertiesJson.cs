using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A contact's properties as one JSON object, an array of values for each path.</summary>
internal static class PropertiesJson
{
    /// <summary>Sorted by path, so that equal properties have equal text.</summary>
    public static string Write(ContactProperties properties)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (path, values) in properties.All.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteStartArray(path);
                foreach (var value in values)
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static ContactProperties Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        return ContactProperties.Of(json.RootElement.EnumerateObject().Select(property =>
            KeyValuePair.Create(property.Name, property.Value.EnumerateArray().Select(value => value.GetString()!).ToImmutableArray())));
    }
}
