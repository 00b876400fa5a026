namespace Ews.ImService.Mailbox;

/// <summary>How queries search people. A stand-in for the directory's own rules, which no public page tells.</summary>
public static class SearchWords
{
    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ',', '.', '@', '-', '_', ':'];

    private static readonly string[] Searched =
        [ContactPath.DisplayName, ContactPath.FileAs, ContactPath.GivenName, ContactPath.Surname, ContactPath.CompanyName, .. ContactPath.Addresses];

    /// <summary>Whether every word of a query begins some name, company or address, or some word of one; no word matches everybody.</summary>
    /// <param name="sources">What is said of one person, in one place or several.</param>
    /// <param name="query">Words with blanks between them.</param>
    public static bool Match(IEnumerable<ContactProperties> sources, string query)
    {
        var asked = query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (asked.Length == 0)
            return true;
        var texts = sources.SelectMany(properties => Searched.Select(path => properties[path])).OfType<string>().ToList();
        var words = texts.SelectMany(text => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)).Concat(texts).ToList();
        return asked.All(word => words.Exists(other => other.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }
}
