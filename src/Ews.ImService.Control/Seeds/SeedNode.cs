using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace Ews.ImService.Control.Seeds;

/// <summary>A JSON object that is read property by property; what is wrong with it is noted with its place.</summary>
internal sealed class SeedNode
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly List<string> _problems;
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);

    public SeedNode(JsonElement element, string path, List<string> problems)
    {
        (_element, _path, _problems) = (element, path, problems);
        if (element.ValueKind != JsonValueKind.Object)
            Problem(path, "has to be an object");
        else
            _unread.UnionWith(element.EnumerateObject().Select(property => property.Name));
    }

    /// <summary>Its place in the document.</summary>
    public string Path => _path;

    /// <summary>A text that has to be there.</summary>
    public string Text(string name)
    {
        if (OptionalText(name) is { Length: > 0 } text)
            return text;
        Problem($"{_path}.{name}", "is missing");
        return string.Empty;
    }

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string name) => Find(name) is { } value ? TextOf(value, $"{_path}.{name}") : null;

    /// <summary>A number from 0, or null.</summary>
    public long? Number(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0)
            return number;
        Problem($"{_path}.{name}", "has to be a whole number from 0");
        return null;
    }

    /// <summary>A number, positive or negative, that has to be there.</summary>
    public long SignedNumber(string name, long furthest)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= -furthest && number <= furthest)
            return number;
        Problem($"{_path}.{name}", $"has to be a whole number from {-furthest} to {furthest}");
        return 0;
    }

    /// <summary>A number from 0 to 1, or null.</summary>
    public double? Fraction(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1)
            return number;
        Problem($"{_path}.{name}", "has to be a number from 0 to 1");
        return null;
    }

    /// <summary>True or false; false where it is not there.</summary>
    public bool Boolean(string name)
    {
        if (Find(name) is not { } value)
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Problem($"{_path}.{name}", "has to be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A point in time, or null.</summary>
    public DateTime? Time(string name)
    {
        if (OptionalText(name) is not { } text)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.UtcDateTime;
        Problem($"{_path}.{name}", "has to be a time such as 2026-11-21T08:30:00Z");
        return null;
    }

    /// <summary>A GUID, or null.</summary>
    public Guid? Guid(string name)
    {
        if (OptionalText(name) is not { } text)
            return null;
        if (System.Guid.TryParse(text, out var guid))
            return guid;
        Problem($"{_path}.{name}", "has to be a GUID");
        return null;
    }

    /// <summary>An object, or null.</summary>
    public SeedNode? Object(string name) => Find(name) is { } value ? new SeedNode(value, $"{_path}.{name}", _problems) : null;

    /// <summary>The items of an array with their places; none where it is not there.</summary>
    public IEnumerable<(JsonElement Item, string Path)> Items(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Problem($"{_path}.{name}", "has to be an array");
            return [];
        }

        return value.EnumerateArray().Select((item, index) => (item, $"{_path}.{name}[{index}]"));
    }

    /// <summary>The objects of an array.</summary>
    public IEnumerable<SeedNode> Objects(string name) => Items(name).Select(item => new SeedNode(item.Item, item.Path, _problems));

    /// <summary>All properties with one text or several; null is none.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Values)> Texts()
    {
        foreach (var name in _unread.Order(StringComparer.Ordinal).ToList())
        {
            var path = $"{_path}['{name}']";
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
            Problem($"{_path}.{name}", "is not known");
    }

    /// <summary>Notes what is wrong with this object.</summary>
    public void Problem(string what) => Problem(_path, what);

    /// <summary>Notes what is wrong with one of its properties.</summary>
    public void ProblemOf(string name, string what) => Problem($"{_path}.{name}", what);

    private void Problem(string path, string what) => _problems.Add($"{path} {what}.");

    private JsonElement? Find(string name)
    {
        _unread.Remove(name);
        return _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string? TextOf(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Problem(path, "has to be a text");
            return null;
        }

        var text = value.GetString()!;
        if (text.All(XmlConvert.IsXmlChar) || IsXml(text))
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
}
