namespace Ews.ImService.Mailbox;

/// <summary>Matches queries with people. The matching rules of the Exchange directory are not documented; these are similar.</summary>
public static class SearchWords
{
    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ',', '.', '@', '-', '_', ':'];

    private static readonly string[] Searched =
    [
        ContactPath.DisplayName,
        ContactPath.FileAs,
        ContactPath.GivenName,
        ContactPath.Surname,
        ContactPath.CompanyName,
        .. ContactPath.Addresses,
    ];

    /// <summary>Determines whether a person matches a query.</summary>
    /// <remarks>Every word of the query must be the start of a name, company or address of the person, or of a word in one.</remarks>
    /// <param name="sources">The properties of the person in one or more sources.</param>
    /// <param name="query">The words, separated by white space. An empty query matches every person.</param>
    /// <returns><c>true</c> if the person matches the query; otherwise, <c>false</c>.</returns>
    public static bool Match(IEnumerable<ContactProperties> sources, string query)
    {
        var wanted = query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0)
            return true;
        var texts = sources.SelectMany(properties => Searched.Select(path => properties[path])).OfType<string>().ToList();
        var words = texts.SelectMany(text => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)).Concat(texts).ToList();
        return wanted.All(word => words.Exists(other => other.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Determines whether the words of a text contain words in a sequence, in any case.</summary>
    /// <param name="others">The words of the text.</param>
    /// <param name="wanted">The words to find.</param>
    /// <param name="isPhrase"><c>true</c> if the last word must be complete; <c>false</c> if it can be the start of a word.</param>
    /// <returns><c>true</c> if the text contains the words; <c>false</c> if it does not, or if there are none.</returns>
    internal static bool Contains(IReadOnlyList<string> others, IReadOnlyList<string> wanted, bool isPhrase)
    {
        for (var start = 0; wanted.Count > 0 && start + wanted.Count <= others.Count; start++)
        {
            var last = others[start + wanted.Count - 1];
            var endsSo = isPhrase
                ? last.Equals(wanted[^1], StringComparison.OrdinalIgnoreCase)
                : last.StartsWith(wanted[^1], StringComparison.OrdinalIgnoreCase);
            if (endsSo && wanted.SkipLast(1).SequenceEqual(others.Skip(start).Take(wanted.Count - 1), StringComparer.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Returns the words of a text, which consist of letters and digits.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> WordsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        var start = 0;
        for (var end = 0; end <= text.Length; end++)
        {
            if (end < text.Length && char.IsLetterOrDigit(text[end]))
                continue;
            if (end > start)
                words.Add(text[start..end]);
            start = end + 1;
        }

        return words;
    }
}
