using System.Globalization;
using System.Text.Json;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Recording;

/// <summary>Reads recordings, and the output of <c>ews-im journal --json --bodies</c>, which has no header.</summary>
internal static class RecordingFile
{
    /// <summary>Reads the entries in the order of arrival. A last line that is not complete is ignored.</summary>
    /// <param name="name">The name of the file, for messages.</param>
    /// <param name="text">The content of the file.</param>
    /// <exception cref="StartException">The file is not a recording, or its version is not supported.</exception>
    public static IReadOnlyList<JournalEntry> Read(string name, string text)
    {
        var lines = text.Split('\n');
        var entries = new List<JournalEntry>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
                continue;
            try
            {
                if (i == 0 && IsHeader(lines[i], name))
                    continue;
                entries.Add(ReadEntry(lines[i]));
            }
            catch (JsonException) when (i == lines.Length - 1 && i > 0)
            {
                // The recorder was stopped while it wrote the line.
            }
            catch (JsonException e)
            {
                var line = (i + 1).ToString(CultureInfo.InvariantCulture);
                throw new StartException($"Line {line} of '{name}' is not a journal entry: {e.Message}", e);
            }
        }

        if (entries.Count > 0 && entries.TrueForAll(entry => entry.Request is null))
            throw new StartException($"The entries of '{name}' have no bodies. Use 'ews-im journal --json --bodies' to write them.");
        return entries.OrderBy(entry => entry.Id).ToList();
    }

    /// <exception cref="JsonException">The line is not an entry.</exception>
    private static JournalEntry ReadEntry(string line)
    {
        var entry = JsonSerializer.Deserialize(line, RecordingJson.Line.JournalEntry) ?? throw new JsonException("The value is null.");
        if (!entry.Path.StartsWith('/'))
            throw new JsonException($"The path '{entry.Path}' does not begin with a slash.");
        foreach (var message in new[] { entry.Request, entry.Response }.OfType<JournalMessage>())
        {
            if (message.Headers.Values.Any(value => value is null))
                throw new JsonException("A header has no value.");
            if (message.BodyBase64 is { } base64 && !Convert.TryFromBase64String(base64, new byte[base64.Length], out _))
                throw new JsonException("The value of bodyBase64 is not valid Base64.");
        }

        return entry;
    }

    private static bool IsHeader(string line, string name)
    {
        using var document = JsonDocument.Parse(line);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("recordingVersion", out var version))
        {
            return false;
        }

        if (version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == RecordingHeader.CurrentVersion)
            return true;
        throw new StartException(
            $"The recording '{name}' has version {version}, but this program reads version {RecordingHeader.CurrentVersion}.");
    }
}
