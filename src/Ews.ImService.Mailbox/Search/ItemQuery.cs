namespace Ews.ImService.Mailbox;

/// <summary>A query in Advanced Query Syntax: words, phrases, properties, and the operators AND, OR and NOT.</summary>
/// <remarks>
/// Learn: "QueryString (QueryStringType)". The documentation describes the syntax by examples. A token that is not complete, such as a
/// parenthesis without the other, is ignored.
/// </remarks>
public sealed class ItemQuery
{
    /// <summary>
    /// The maximum number of words, including those of phrases. It is the maximum number of the expressions of a restriction.
    /// </summary>
    public const int MaxWords = 255;

    private const int MaxDepth = 32;

    private readonly List<QueryToken> _tokens;
    private readonly QueryDates _dates;
    private int _position;
    private int _depth;

    private ItemQuery(List<QueryToken> tokens, QueryDates dates) => (_tokens, _dates) = (tokens, dates);

    /// <summary>Reads a query.</summary>
    /// <param name="query">The query. An empty query matches every item.</param>
    /// <param name="now">The current time in UTC, for dates such as <c>today</c>.</param>
    /// <returns>The predicate that determines whether an item matches the query, or ErrorRestrictionTooLong.</returns>
    public static EwsResult<Func<MailboxItem, bool>> Read(string query, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(query);
        var tokens = QueryToken.Split(query);
        if (tokens.Sum(token => token.CountWords()) > MaxWords)
            return EwsError.RestrictionTooLong;
        var reader = new ItemQuery(tokens, new QueryDates(now));
        var operands = new List<Func<SearchedItem, bool>>();
        while (reader._position < reader._tokens.Count)
        {
            if (reader.ReadOr(QueryProperty.Any) is { } operand)
                operands.Add(operand);
            else
                reader._position++;
        }

        return (Func<MailboxItem, bool>)(item =>
        {
            var searched = new SearchedItem(item);
            return operands.TrueForAll(operand => operand(searched));
        });
    }

    private QueryToken? Current => _position < _tokens.Count ? _tokens[_position] : null;

    private Func<SearchedItem, bool>? ReadOr(QueryProperty property)
    {
        var operands = new List<Func<SearchedItem, bool>>();
        do
        {
            if (ReadAnd(property) is { } operand)
                operands.Add(operand);
        }
        while (TryRead(QueryTokenKind.Or));
        return operands.Count == 0 ? null : item => operands.Exists(operand => operand(item));
    }

    /// <summary>Reads operands that all must match. The operator between them is optional.</summary>
    private Func<SearchedItem, bool>? ReadAnd(QueryProperty property)
    {
        var operands = new List<Func<SearchedItem, bool>>();
        while (Current is { Kind: not (QueryTokenKind.Or or QueryTokenKind.Close) })
        {
            if (TryRead(QueryTokenKind.And))
                continue;
            if (ReadNot(property) is { } operand)
                operands.Add(operand);
        }

        return operands.Count == 0 ? null : item => operands.TrueForAll(operand => operand(item));
    }

    private Func<SearchedItem, bool>? ReadNot(QueryProperty property)
    {
        var isNegated = false;
        while (TryRead(QueryTokenKind.Not))
            isNegated = !isNegated;
        if (Current is not { Kind: not (QueryTokenKind.And or QueryTokenKind.Or or QueryTokenKind.Close) })
            return null;
        return ReadOperand(property) is { } operand ? item => operand(item) != isNegated : null;
    }

    private Func<SearchedItem, bool>? ReadOperand(QueryProperty property)
    {
        var token = _tokens[_position++];
        while (token.Kind == QueryTokenKind.Property && QueryProperty.Find(token.Text) is { } named && Current is { } next)
        {
            property = named;
            token = next;
            _position++;
        }

        switch (token.Kind)
        {
            case QueryTokenKind.Open when _depth < MaxDepth:
                _depth++;
                var inner = ReadOr(property);
                _depth--;
                TryRead(QueryTokenKind.Close);
                return inner;
            case QueryTokenKind.Property: // An unknown property and its value are a word.
                var rest = Current is { Kind: QueryTokenKind.Word or QueryTokenKind.Phrase } ? _tokens[_position++].Text : string.Empty;
                return property.Matching($"{token.Text}:{rest}", isPhrase: false, _dates);
            case QueryTokenKind.Word or QueryTokenKind.Phrase:
                return property.Matching(WithPeriod(token.Text), token.Kind == QueryTokenKind.Phrase, _dates);
            default:
                return null;
        }
    }

    /// <summary>Returns the text of a period of two words, such as <c>last week</c>, or the word itself.</summary>
    private string WithPeriod(string word)
    {
        if (word.ToUpperInvariant() is not ("THIS" or "LAST") || Current is not { Kind: QueryTokenKind.Word } next
            || !QueryDates.IsPeriod(next.Text))
        {
            return word;
        }

        _position++;
        return $"{word} {next.Text}";
    }

    private bool TryRead(QueryTokenKind kind)
    {
        if (Current?.Kind != kind)
            return false;
        _position++;
        return true;
    }
}
