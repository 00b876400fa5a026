namespace Ews.ImService.Mailbox;

/// <summary>An item to which the terms of a query are applied, with the words of its properties.</summary>
internal sealed class SearchedItem(MailboxItem item)
{
    private readonly Dictionary<QueryProperty, List<IReadOnlyList<string>>> _words = [];

    /// <summary>Gets the item.</summary>
    public MailboxItem Item => item;

    /// <summary>Returns the words of the texts of a property. The texts are read once, for all terms of the query.</summary>
    /// <param name="property">The property.</param>
    /// <param name="textsOf">Reads the texts of the property.</param>
    public List<IReadOnlyList<string>> WordsOf(QueryProperty property, Func<MailboxItem, IEnumerable<string>> textsOf)
    {
        if (!_words.TryGetValue(property, out var words))
            _words.Add(property, words = textsOf(item).Select(SearchWords.WordsIn).ToList());
        return words;
    }
}
