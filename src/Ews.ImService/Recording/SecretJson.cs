using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Recording;

/// <summary>Removes the values of JSON members whose names indicate secrets.</summary>
internal static class SecretJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns a JSON text without secrets.</summary>
    /// <returns>The text; <c>null</c> if it contains no secret. A text that is not valid is hidden completely.</returns>
    public static string? Redact(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            using var output = new MemoryStream();
            var hasSecrets = false;
            using (var writer = new Utf8JsonWriter(output, Options))
                Write(document.RootElement, writer, ref hasSecrets);
            return hasSecrets ? Encoding.UTF8.GetString(output.ToArray()) : null;
        }
        catch (JsonException)
        {
            return Redaction.Hidden; // It may contain secrets.
        }
    }

    private static void Write(JsonElement value, Utf8JsonWriter writer, ref bool hasSecrets)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                if (Redaction.IsSecretName(member.Name))
                {
                    writer.WriteStringValue(Redaction.Hidden);
                    hasSecrets = true;
                }
                else
                {
                    Write(member.Value, writer, ref hasSecrets);
                }
            }

            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
                Write(item, writer, ref hasSecrets);
            writer.WriteEndArray();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
