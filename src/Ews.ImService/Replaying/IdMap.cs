using System.Text.RegularExpressions;

namespace Ews.ImService.Replaying;

/// <summary>The ids of the service for recorded ids, learned from pairs of responses.</summary>
internal sealed partial class IdMap
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _recordedIds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Id, string ChangeKey), string> _changeKeys = [];
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    /// <summary>Adds a pair of ids.</summary>
    /// <returns><c>true</c> if the pair contradicts no earlier pair; otherwise, <c>false</c>.</returns>
    public bool Learn(string recorded, string actual)
    {
        if (_ids.TryGetValue(recorded, out var known))
            return known == actual;
        _ids[recorded] = actual;
        return _recordedIds.TryAdd(actual, recorded);
    }

    /// <summary>Adds a pair of change keys of one object; a later pair replaces an earlier one.</summary>
    public void LearnChangeKey(string recordedId, string recorded, string actual) => _changeKeys[(recordedId, recorded)] = actual;

    /// <summary>Adds a pair of texts such as sync states; a later pair replaces an earlier one.</summary>
    public void LearnToken(string recorded, string actual) => _tokens[recorded] = actual;

    /// <summary>Returns the id of the service for a recorded id; <c>null</c> if it is unknown.</summary>
    public string? Find(string recorded) => _ids.GetValueOrDefault(recorded);

    /// <summary>Returns the recorded id for an id of the service; <c>null</c> if it is unknown.</summary>
    public string? FindRecorded(string actual) => _recordedIds.GetValueOrDefault(actual);

    /// <summary>Replaces the recorded ids in a request. All other characters are kept, because faults contain line numbers.</summary>
    /// <returns>The request, and the ids that no earlier response contained.</returns>
    public (string Request, IReadOnlyList<string> Unknown) Translate(string request)
    {
        var unknown = new List<string>();
        var translated = StartTag().Replace(request, tag => TranslateTag(tag, unknown));
        translated = TokenElement().Replace(translated, element => TranslateToken(element, unknown));
        return (translated, unknown);
    }

    private string TranslateTag(Match tag, List<string> unknown)
    {
        var element = tag.Groups["name"].Value;
        var id = Attribute().Matches(tag.Value)
            .FirstOrDefault(attribute => VariableContent.IsId(element, attribute.Groups["name"].Value))?.Groups["value"].Value;
        return Attribute().Replace(tag.Value, attribute =>
        {
            var (name, value) = (attribute.Groups["name"].Value, attribute.Groups["value"].Value);
            if (VariableContent.IsId(element, name))
                return attribute.Groups["start"].Value + (Find(value) ?? Keep(value, unknown)) + attribute.Groups["end"].Value;
            if (id is not null && VariableContent.ChangeKeys.Contains(name) && _changeKeys.TryGetValue((id, value), out var changeKey))
                return attribute.Groups["start"].Value + changeKey + attribute.Groups["end"].Value;
            return attribute.Value;
        });
    }

    private string TranslateToken(Match element, List<string> unknown)
    {
        var value = element.Groups["value"].Value;
        return VariableContent.Tokens.Contains(element.Groups["name"].Value)
            ? element.Groups["start"].Value + (_tokens.GetValueOrDefault(value) ?? Keep(value, unknown))
            : element.Value;
    }

    private static string Keep(string value, List<string> unknown)
    {
        if (value.Length > 0 && !unknown.Contains(value))
            unknown.Add(value);
        return value;
    }

    [GeneratedRegex(@"<(?:[\w.-]+:)?(?<name>[\w.-]+)\s[^<>]*>")]
    private static partial Regex StartTag();

    [GeneratedRegex("""(?<start>(?<name>[\w.-]+)\s*=\s*(?<quote>["']))(?<value>.*?)(?<end>\k<quote>)""", RegexOptions.Singleline)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"(?<start><(?:[\w.-]+:)?(?<name>[\w.-]+)(?:\s[^<>]*)?>\s*)(?<value>[^<>\s]+)(?=\s*</)")]
    private static partial Regex TokenElement();
}
