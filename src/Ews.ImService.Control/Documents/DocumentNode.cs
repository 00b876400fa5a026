using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace Ews.ImService.Control.Documents;

/// <summary>A JSON object that is read property by property; what is wrong with it is noted with its place.</summary>
internal sealed partial class DocumentNode
{
    private readonly JsonElement _element;
    private readonly List<string> _problems;
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    /// <summary>Reads an object of a document.</summary>
    public DocumentNode(JsonElement element, string path, List<string> problems)
    {
        (_element, Path, _problems) = (element, path, problems);
        if (element.ValueKind != JsonValueKind.Object)
            Problem(path, "has to be an object");
        else
            _unread.UnionWith(element.EnumerateObject().Select(property => property.Name));
    }

    /// <summary>Reads a document, one JSON object.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark; comments and trailing commas are passed over.</param>
    /// <param name="read">Makes something of the object, and notes what is wrong with it.</param>
    /// <exception cref="DocumentException">It is no JSON, or something is wrong with it; everything that is, is told.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, Func<DocumentNode, List<string>, T> read)
    {
        var problems = new List<string>();
        try
        {
            using var document = Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json);
            CheckText(document.RootElement, "$", problems);
            if (problems.Count > 0)
                throw new DocumentException(problems);
            var node = new DocumentNode(document.RootElement, "$", problems);
            var value = read(node, problems);
            node.End();
            return problems.Count == 0 ? value : throw new DocumentException(problems);
        }
        catch (JsonException e)
        {
            throw new DocumentException([$"It is no JSON: {e.Message}"]);
        }
    }

    /// <summary>The whole object as JSON, without comments.</summary>
    public string ToJson() => JsonSerializer.Serialize(_element);

    /// <summary>Its place in the document.</summary>
    public string Path { get; }

    /// <summary>A text that has to be there.</summary>
    public string Text(string name)
    {
        var text = OptionalText(name);
        if (text is { Length: > 0 })
            return text;
        if (text is not null || Find(name) is null)
            Problem($"{Path}.{name}", "is missing");
        return string.Empty;
    }

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string name) => Find(name) is { } value ? TextOf(value, $"{Path}.{name}") : null;

    /// <summary>Whether a property is there, whatever it is but null.</summary>
    public bool Has(string name) => _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A whole number, or null.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">The least that it may be.</param>
    /// <param name="most">The most that it may be.</param>
    public long? Number(string name, long least, long most)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        Problem($"{Path}.{name}", $"has to be a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A number from 0 to 1, or null.</summary>
    public double? Fraction(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1)
            return number;
        Problem($"{Path}.{name}", "has to be a number from 0 to 1");
        return null;
    }

    /// <summary>True or false; false where it is not there.</summary>
    public bool Boolean(string name)
    {
        if (Find(name) is not { } value)
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Problem($"{Path}.{name}", "has to be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A point in time, or null.</summary>
    public DateTime? Time(string name)
    {
        if (OptionalText(name) is not { } text)
            return null;
        if (StartsWithDate().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.UtcDateTime;
        Problem($"{Path}.{name}", "has to be a time such as 2026-11-21T08:30:00Z");
        return null;
    }

    /// <summary>A GUID, or null.</summary>
    public Guid? Guid(string name)
    {
        if (OptionalText(name) is not { } text)
            return null;
        if (System.Guid.TryParse(text, out var guid))
            return guid;
        Problem($"{Path}.{name}", "has to be a GUID");
        return null;
    }

    /// <summary>An object, or null.</summary>
    public DocumentNode? Object(string name) => Find(name) is { } value ? new DocumentNode(value, $"{Path}.{name}", _problems) : null;

    /// <summary>The items of an array with their places; none where it is not there.</summary>
    public IEnumerable<(JsonElement Item, string Path)> Items(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Problem($"{Path}.{name}", "has to be an array");
            return [];
        }

        return value.EnumerateArray().Select((item, index) => (item, $"{Path}.{name}[{index}]"));
    }

    /// <summary>The objects of an array.</summary>
    public IEnumerable<DocumentNode> Objects(string name) => Items(name).Select(item => new DocumentNode(item.Item, item.Path, _problems));

    /// <summary>All properties with one text or several; null is none.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Values)> Texts()
    {
        foreach (var name in _unread.Order(StringComparer.Ordinal).ToList())
        {
            var path = $"{Path}['{name}']";
            if (Find(name) is not { } value)
                yield return (name, []);
            else if (value.ValueKind == JsonValueKind.Array)
                yield return (name, value.EnumerateArray().Select(item => TextOf(item, path) ?? string.Empty).ToList());
            else
                yield return (name, [TextOf(value, path) ?? string.Empty]);
        }
    }

    /// <summary>Notes properties that nobody has read: they are misspelled.</summary>
    public void End()
    {
        foreach (var name in _unread.Order(StringComparer.Ordinal))
            Problem($"{Path}.{name}", "is not known");
    }

    /// <summary>Notes what is wrong with this object.</summary>
    public void Problem(string what) => Problem(Path, what);

    /// <summary>Notes what is wrong with one of its properties that is named by a path.</summary>
    public void ProblemOfEntry(string name, string what) => Problem($"{Path}['{name}']", what);

    /// <summary>Notes what is wrong with one of its properties.</summary>
    public void ProblemOf(string name, string what) => Problem($"{Path}.{name}", what);

    private void Problem(string path, string what) => _problems.Add($"{path} {what}.");

    private JsonElement? Find(string name)
    {
        _unread.Remove(name);
        return _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>A text; null, and noted, for what is none.</summary>
    public string? TextOf(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Problem(path, "has to be a text");
            return null;
        }

        var text = value.GetString()!;
        if (IsXml(text))
            return text;
        Problem(path, "has a character that XML cannot hold");
        return null;
    }

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

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (InvalidOperationException)
        {
            throw new DocumentException(["It is no JSON: the name of a property is no Unicode."]);
        }
    }

    /// <summary>Texts that are no Unicode, which JSON can hold and nothing else.</summary>
    private static void CheckText(JsonElement element, string path, List<string> problems)
    {
        try
        {
            if (element.ValueKind == JsonValueKind.String)
                element.GetString();
            else if (element.ValueKind == JsonValueKind.Object)
                foreach (var property in element.EnumerateObject())
                    CheckText(property.Value, $"{path}.{property.Name}", problems);
            else if (element.ValueKind == JsonValueKind.Array)
                foreach (var (index, item) in element.EnumerateArray().Index())
                    CheckText(item, $"{path}[{index}]", problems);
        }
        catch (InvalidOperationException)
        {
            problems.Add($"{path} has a text that is no Unicode.");
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d")]
    private static partial Regex StartsWithDate();
}
