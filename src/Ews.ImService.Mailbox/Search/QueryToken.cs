namespace Ews.ImService.Mailbox;

/// <summary>The kind of a <see cref="QueryToken"/>.</summary>
internal enum QueryTokenKind
{
    /// <summary>A word.</summary>
    Word,

    /// <summary>Several words in quotation marks.</summary>
    Phrase,

    /// <summary>The name of a property, which a colon follows.</summary>
    Property,

    /// <summary>The operator AND, or a plus sign.</summary>
    And,

    /// <summary>The operator OR.</summary>
    Or,

    /// <summary>The operator NOT, or a minus sign.</summary>
    Not,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing parenthesis.</summary>
    Close,
}

/// <summary>A part of a query.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The text without quotation marks and colon.</param>
internal sealed record QueryToken(QueryTokenKind Kind, string Text)
{
    private const char Quote = '"';

    /// <summary>Returns the number of words to find, at least 1 for a value; 0 for an operator, a parenthesis or a property.</summary>
    public int CountWords() => Kind switch
    {
        QueryTokenKind.Property when QueryProperty.Find(Text) is not null => 0,
        QueryTokenKind.Word or QueryTokenKind.Phrase or QueryTokenKind.Property => Math.Max(SearchWords.WordsIn(Text).Count, 1),
        _ => 0,
    };

    /// <summary>Divides a query into its parts. Operators are words in capitals.</summary>
    public static List<QueryToken> Split(string query)
    {
        var tokens = new List<QueryToken>();
        var position = 0;
        while (position < query.Length)
        {
            var start = position;
            switch (query[position])
            {
                case var c when char.IsWhiteSpace(c):
                    position++;
                    break;
                case '(':
                    tokens.Add(new QueryToken(QueryTokenKind.Open, query[start..++position]));
                    break;
                case ')':
                    tokens.Add(new QueryToken(QueryTokenKind.Close, query[start..++position]));
                    break;
                case '+':
                    tokens.Add(new QueryToken(QueryTokenKind.And, query[start..++position]));
                    break;
                case '-':
                    tokens.Add(new QueryToken(QueryTokenKind.Not, query[start..++position]));
                    break;
                case Quote:
                    tokens.Add(ReadPhrase(query, ref position));
                    break;
                default:
                    tokens.Add(ReadWord(query, ref position));
                    break;
            }
        }

        return tokens;
    }

    /// <summary>Reads a phrase. With an asterisk after it, its last word is the start of a word, as that of other words is.</summary>
    private static QueryToken ReadPhrase(string query, ref int position)
    {
        var end = query.IndexOf(Quote, position + 1);
        var text = query[(position + 1)..(end < 0 ? query.Length : end)];
        position = end < 0 ? query.Length : end + 1;
        if (position == query.Length || query[position] != '*')
            return new QueryToken(QueryTokenKind.Phrase, text);
        position++;
        return new QueryToken(QueryTokenKind.Word, text);
    }

    private static QueryToken ReadWord(string query, ref int position)
    {
        var start = position;
        while (position < query.Length && !char.IsWhiteSpace(query[position]) && query[position] is not ('(' or ')' or Quote or ':'))
            position++;
        var word = query[start..position];
        if (position < query.Length && query[position] == ':')
        {
            position++;
            return new QueryToken(QueryTokenKind.Property, word);
        }

        return word switch
        {
            "AND" => new QueryToken(QueryTokenKind.And, word),
            "OR" => new QueryToken(QueryTokenKind.Or, word),
            "NOT" => new QueryToken(QueryTokenKind.Not, word),
            _ => new QueryToken(QueryTokenKind.Word, word.TrimEnd('*')),
        };
    }
}
