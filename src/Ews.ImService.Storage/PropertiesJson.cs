using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>Converts the properties of a contact to JSON and back: an object that maps each property path to an array of values.</summary>
internal static class PropertiesJson
{
    /// <summary>Returns the JSON text, sorted by path: equal properties have equal text.</summary>
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

    /// <summary>Returns the properties of a text that <see cref="Write"/> returned, also in an earlier version.</summary>
    public static ContactProperties Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        return MapiProperty.Unify(ContactProperties.From(json.RootElement.EnumerateObject().Select(property => KeyValuePair.Create(
            property.Name,
            property.Value.EnumerateArray().Select(value => value.GetString()!).ToImmutableArray()))));
    }
}
