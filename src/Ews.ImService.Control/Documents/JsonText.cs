using System.Text.Json;

namespace Ews.ImService.Control.Documents;

/// <summary>Parses the text of a JSON document. It rejects a text with too many values before it creates anything from them, and
/// strings that are not valid Unicode, which cannot be read.</summary>
internal sealed class JsonText
{
    private const int MaxDepth = 64;
    private const string InvalidName = "the name of a property is not valid Unicode.";

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

    private readonly DocumentProblems _problems;
    private readonly DocumentPath _path = new();

    private readonly string _subject;

    private JsonText(DocumentProblems problems, string subject) => (_problems, _subject) = (problems, subject);

    /// <summary>Parses a document.</summary>
    /// <param name="json">The text in UTF-8, with or without a byte order mark. Comments and trailing commas are ignored.</param>
    /// <param name="maxValues">The maximum number of values in the document, including objects and arrays.</param>
    /// <param name="problems">The violations, to which those of the text are added.</param>
    /// <param name="subject">The name of the text in the violations, such as "The body".</param>
    /// <returns>The document, or <c>null</c> if it violates a rule.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json, int maxValues, DocumentProblems problems, string subject)
    {
        var text = new JsonText(problems, subject);
        var document = text.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, maxValues);
        if (document is null)
            return null;
        text.CheckUnicode(document.RootElement);
        if (problems.Count == 0)
            return document;
        document.Dispose();
        return null;
    }

    private JsonDocument? Parse(ReadOnlyMemory<byte> json, int maxValues)
    {
        try
        {
            if (HasAtMost(maxValues, json.Span))
                return JsonDocument.Parse(json, DocumentOptions);
            _problems.Add($"{_subject} must not contain more than {maxValues} values.");
        }
        catch (JsonException e)
        {
            _problems.Add($"{_subject} is not valid JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            _problems.Add($"{_subject} is not valid JSON: {InvalidName}"); // Names are compared to find duplicate properties.
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
            _problems.Add($"{_subject} is not valid JSON: {InvalidName}");
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
}
