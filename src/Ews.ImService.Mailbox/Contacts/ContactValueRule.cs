using System.Collections.Immutable;
using System.Globalization;

namespace Ews.ImService.Mailbox;

/// <summary>A rule for the values of a property of a contact.</summary>
public sealed class ContactValueRule
{
    /// <summary>The suffix of the names of MAPI property types that have several values.</summary>
    public const string ArraySuffix = "Array";

    /// <summary>A single text.</summary>
    public static readonly ContactValueRule Text = new("a single text", IsSingle);

    /// <summary>One or more texts.</summary>
    public static readonly ContactValueRule Texts = new("one or more texts", _ => true);

    /// <summary>A single text that is not empty.</summary>
    public static readonly ContactValueRule Entry = new(
        "a single text that is not empty, or null to delete the property", values => IsSingle(values) && values[0].Length > 0);

    /// <summary>An email address, optionally followed by the attributes Name, RoutingType and MailboxType of its entry.</summary>
    public static readonly ContactValueRule EmailAddress = new(
        $"an email address, optionally followed by a name, a routing type and a mailbox type ({Alternatives(MailboxTypes)})",
        values => values.Length is >= 1 and <= 4
            && values[0].Length > 0
            && (values.Length < 4 || values[3].Length == 0 || MailboxTypes.Contains(values[3])));

    /// <summary>A time. It is stored as UTC without fractions of a second.</summary>
    public static readonly ContactValueRule Time = new("a time such as 2026-11-21T08:30:00Z", NormalizeTime);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static readonly ContactValueRule Boolean = Choice("true", "false");

    /// <summary>An integer that is not negative.</summary>
    public static readonly ContactValueRule Number = new(
        "an integer that is not negative",
        values => IsSingle(values) && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>A text and its type.</summary>
    public static readonly ContactValueRule Body = new(
        "a text followed by its type, Text or HTML", values => values is [_, "Text" or "HTML"]);

    /// <summary>The item class of a contact, or a class derived from it.</summary>
    public static readonly ContactValueRule ItemClass = new(
        $"{Contact.ItemClass} or a class derived from it",
        values => IsSingle(values)
            && (values[0].Equals(Contact.ItemClass, StringComparison.OrdinalIgnoreCase)
                || values[0].StartsWith(Contact.ItemClass + ".", StringComparison.OrdinalIgnoreCase)));

    private readonly Func<ImmutableArray<string>, ImmutableArray<string>?> _normalize;

    private ContactValueRule(string description, Func<ImmutableArray<string>, bool> isValid)
        : this(description, values => isValid(values) ? values : null)
    {
    }

    private ContactValueRule(string description, Func<ImmutableArray<string>, ImmutableArray<string>?> normalize) =>
        (Description, _normalize) = (description, normalize);

    /// <summary>Gets a noun phrase that describes the valid values, for messages such as "must be {description}".</summary>
    public string Description { get; }

    private static string[] MailboxTypes =>
        ["Unknown", "OneOff", "Mailbox", "PublicDL", "PrivateDL", "Contact", "PublicFolder", "GroupMailbox", "ImplicitContact"];

    /// <summary>Creates a rule that allows one of several values.</summary>
    /// <param name="choices">The values.</param>
    public static ContactValueRule Choice(params string[] choices) =>
        new(Alternatives(choices), values => IsSingle(values) && choices.Contains(values[0]));

    /// <summary>Creates the rule of a MAPI property type.</summary>
    /// <param name="propertyType">The PropertyType attribute, such as <c>String</c> or <c>IntegerArray</c>.</param>
    /// <remarks>Learn: "ExtendedFieldURI". No value is valid for a type that is not documented there.</remarks>
    public static ContactValueRule FromPropertyType(string propertyType)
    {
        ArgumentNullException.ThrowIfNull(propertyType);
        var isArray = propertyType.EndsWith(ArraySuffix, StringComparison.Ordinal);
        var elementType = isArray ? propertyType[..^ArraySuffix.Length] : propertyType;
        return new ContactValueRule(
            isArray ? $"values of the type {elementType}" : $"a value of the type {elementType}",
            values => (isArray || values.Length == 1) && values.All(value => IsOfType(elementType, value.Trim())));
    }

    /// <summary>Checks values and converts them to the form in which they are stored.</summary>
    /// <param name="values">The values.</param>
    /// <returns>The values to store, or <c>null</c> if they violate the rule.</returns>
    public ImmutableArray<string>? Normalize(ImmutableArray<string> values) => _normalize(values);

    private static bool IsSingle(ImmutableArray<string> values) => values.Length == 1;

    private static string Alternatives(string[] choices) => $"{string.Join(", ", choices[..^1])} or {choices[^1]}";

    private static ImmutableArray<string>? NormalizeTime(ImmutableArray<string> values) =>
        IsSingle(values)
        && DateTimeOffset.TryParse(values[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? [WholeSeconds.Format(time.UtcDateTime)]
            : null;

    private static bool IsOfType(string type, string value) => type switch
    {
        "String" => true,
        "Boolean" => bool.TryParse(value, out _) || value is "0" or "1",
        "Short" => short.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "Integer" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "Long" or "Currency" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "Float" or "Double" or "ApplicationTime" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "SystemTime" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _),
        "CLSID" => Guid.TryParse(value, out _),
        "Binary" => Convert.TryFromBase64String(value, new byte[value.Length], out _),
        _ => false,
    };
}
