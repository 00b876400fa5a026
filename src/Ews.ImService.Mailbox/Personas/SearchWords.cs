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
}
