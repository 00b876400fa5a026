using System.Globalization;

namespace Ews.ImService.Mailbox;

/// <summary>A property by which queries find items, such as <c>subject</c>.</summary>
/// <remarks>Learn: "QueryString (QueryStringType)". Properties of messages are those of the email addresses of a contact.</remarks>
internal sealed class QueryProperty
{
    private readonly Func<MailboxItem, string, QueryDates, bool> _matches = (_, _, _) => false;
    private readonly Func<MailboxItem, IEnumerable<string>>? _textsOf;

    private QueryProperty(Func<MailboxItem, string, QueryDates, bool> matches) => _matches = matches;

    private QueryProperty(Func<MailboxItem, IEnumerable<string>> textsOf) => _textsOf = textsOf;

    /// <summary>All texts of an item except extended properties.</summary>
    public static readonly QueryProperty Any = new(item => item.Properties.All.Where(property => IsText(property.Key))
        .SelectMany(property => property.Key == ContactPath.Body ? [ItemBody.Of(item.Properties).ToText().Content] : property.Value)
        .Concat(PhoneNumbers(item)));

    private static readonly QueryProperty Participants = new(item => item.Properties.All
        .Where(property => property.Key.StartsWith(ContactPath.EmailAddress + ":", StringComparison.Ordinal))
        .SelectMany(property => property.Value.Take(ContactValueRule.EmailName + 1))
        .Append(item.Properties[ContactPath.DisplayName] ?? string.Empty));

    private static readonly QueryProperty Body = new(item => [ItemBody.Of(item.Properties).ToText().Content]);

    private static readonly QueryProperty Categories = new(item => item.Properties.Values("item:Categories"));

    private static readonly QueryProperty Created =
        new((item, text, dates) => item.CreationTime is { } time && dates.Matches(time, text));

    private static readonly Dictionary<string, QueryProperty> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["subject"] = new(item => [item.Properties[ContactPath.Subject] ?? string.Empty]),
        ["body"] = Body,
        ["content"] = Body,
        ["from"] = Participants,
        ["to"] = Participants,
        ["cc"] = Participants,
        ["bcc"] = Participants,
        ["participants"] = Participants,
        ["category"] = Categories,
        ["categories"] = Categories,
        ["importance"] = new((item, text, _) => IsEqual(item.Properties["item:Importance"] ?? "Normal", text)),
        ["kind"] = new((_, text, _) => IsEqual("contacts", text) || IsEqual("contact", text)),
        ["sent"] = Created,
        ["received"] = Created,
        ["size"] = new((item, text, _) => IsSize(item.Size, text)),
        ["attachment"] = Constant(isTrue: false),
        ["hasattachment"] = Flag(_ => false),
        ["isflagged"] = Flag(item => ItemFlag.Read(item.Properties.Values(ContactPath.Flag)) is { Status: "Flagged" }),
        ["isread"] = Flag(_ => true),
    };

    /// <summary>
    /// The properties whose values are names of the schema, times or numbers. A query without a property does not search them.
    /// </summary>
    private static readonly HashSet<string> NotTexts =
    [
        ContactPath.ItemClass, ContactPath.Flag, ContactPath.FileAsMapping, ContactPath.PostalAddressIndex, "item:Sensitivity",
        "item:Importance", "item:Culture", "item:ReminderIsSet", "item:ReminderMinutesBeforeStart", "item:ReminderDueBy",
        "contacts:Birthday", "contacts:WeddingAnniversary", "contacts:HasPicture",
    ];

    /// <summary>Finds a property by its name, in any case.</summary>
    /// <returns>The property, or <c>null</c> if there is none with the name.</returns>
    public static QueryProperty? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Returns the predicate that determines whether the property of an item has a value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="isPhrase"><c>true</c> if the words of the value must follow each other.</param>
    /// <param name="dates">Reads dates.</param>
    public Func<SearchedItem, bool> Matching(string text, bool isPhrase, QueryDates dates)
    {
        if (_textsOf is null)
            return searched => _matches(searched.Item, text, dates);
        var wanted = SearchWords.WordsIn(text);
        return searched => searched.WordsOf(this, _textsOf).Exists(words => SearchWords.Contains(words, wanted, isPhrase));
    }

    private static QueryProperty Constant(bool isTrue) => new((_, _, _) => isTrue);

    private static QueryProperty Flag(Func<MailboxItem, bool> isSet) =>
        new((item, text, _) => IsEqual(isSet(item) ? "true" : "false", text) || IsEqual(isSet(item) ? "yes" : "no", text));

    private static bool IsEqual(string value, string text) => value.Equals(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsText(string path) =>
        !path.StartsWith(ContactPath.ExtendedPrefix, StringComparison.Ordinal) && !NotTexts.Contains(path);

    private static IEnumerable<string> PhoneNumbers(MailboxItem item) => item.Properties.All
        .Where(property => property.Key.StartsWith(ContactPath.PhoneNumber + ":", StringComparison.Ordinal))
        .Select(property => string.Concat(property.Value[0].Where(char.IsAsciiDigit)));

    private static bool IsSize(int size, string text)
    {
        var digits = text.TrimStart('<', '>', '=');
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text[..^digits.Length] switch
        {
            ">" => size > number,
            "<" => size < number,
            ">=" => size >= number,
            "<=" => size <= number,
            _ => size == number,
        };
    }
}
