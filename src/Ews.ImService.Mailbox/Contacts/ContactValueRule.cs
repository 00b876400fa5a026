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

    /// <summary>The index of the address in the values of an email address.</summary>
    public const int EmailValue = 0;

    /// <summary>The index of the name in the values of an email address.</summary>
    public const int EmailName = 1;

    /// <summary>The index of the routing type in the values of an email address.</summary>
    public const int EmailRoutingType = 2;

    /// <summary>The index of the mailbox type in the values of an email address.</summary>
    public const int EmailMailboxType = 3;

    /// <summary>The index of the original name in the values of an email address, which only MAPI shows.</summary>
    public const int EmailOriginalName = 4;

    /// <summary>
    /// An email address, optionally followed by the attributes Name, RoutingType and MailboxType of its entry, and its original name. A
    /// client of MAPI can set one of them without an address.
    /// </summary>
    public static readonly ContactValueRule EmailAddress = new(
        $"an email address, optionally followed by a name, a routing type, a mailbox type ({Alternatives(MailboxTypes)}) "
        + "and an original name; an SMTP address has no control characters",
        values => values.Length is >= 1 and <= EmailOriginalName + 1
            && values.Any(value => value.Length > 0)
            && (values.ElementAtOrDefault(EmailMailboxType) is null or "" || MailboxTypes.Contains(values[EmailMailboxType]))
            && !(IsSmtp(values) && values[EmailValue].Any(char.IsControl)))
    {
        Error = _ => EwsError.InvalidContactEmailAddress,
    };

    /// <summary>A time. It is stored in UTC, with milliseconds if it has any.</summary>
    public static readonly ContactValueRule Time = new("a time such as 2026-11-21T08:30:00Z", NormalizeTime);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static readonly ContactValueRule Boolean = new(
        Alternatives(["true", "false"]), values => IsSingle(values) ? NormalizeAll(values, "Boolean") : null);

    /// <summary>An integer that is not negative.</summary>
    public static readonly ContactValueRule Number = new(
        "an integer that is not negative",
        values => IsSingle(values) && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>A text and its type.</summary>
    public static readonly ContactValueRule Body = new(
        "a text followed by its type, Text or HTML", values => values is [_, "Text" or "HTML"]);

    /// <summary>The item class of a contact or distribution list, or a class derived from it.</summary>
    public static readonly ContactValueRule ItemClass = new(
        $"{Contact.ItemClass}, {Contact.DistributionListClass} or a class derived from one of them",
        values => IsSingle(values) && (Contact.IsContactClass(values[0]) || Contact.IsDistributionListClass(values[0])))
    {
        Error = _ => EwsError.ObjectTypeChanged,
    };

    /// <summary>The members of a distribution list.</summary>
    public static readonly ContactValueRule Members = new(
        $"{ListMember.TextsPerMember} texts for each member: name, email address, routing type, mailbox type "
        + $"({Alternatives(MailboxTypes)}) and item id",
        values => values.Length % ListMember.TextsPerMember == 0
            && ListMember.Read(values).All(member => MailboxTypes.Contains(member.MailboxType)));

    /// <summary>The name of a culture.</summary>
    public static readonly ContactValueRule Culture = new(
        "a culture such as en-US", values => IsSingle(values) && LocaleIds.FindId(values[0]) is not null)
    {
        Error = _ => EwsError.UnsupportedCulture,
    };

    /// <summary>A flag. See <see cref="ItemFlag"/>.</summary>
    public static readonly ContactValueRule Flag = new(
        "the status NotFlagged, Flagged or Complete, followed by a start, a due and a completion date, as far as the status allows them",
        values => ItemFlag.Read(values)?.ToValues())
    {
        Error = _ => EwsError.InvalidArgument,
    };

    private readonly Func<ImmutableArray<string>, ImmutableArray<string>?> _normalize;

    private ContactValueRule(string description, Func<ImmutableArray<string>, bool> isValid)
        : this(description, values => isValid(values) ? values : null)
    {
    }

    private ContactValueRule(string description, Func<ImmutableArray<string>, ImmutableArray<string>?> normalize) =>
        (Description, _normalize) = (description, normalize);

    /// <summary>
    /// Gets the error of a request to set a property to values that violate the rule, by the path of the property. The default is
    /// ErrorInvalidPropertySet.
    /// </summary>
    public Func<string, EwsError> Error { get; private init; } = EwsError.InvalidPropertySet;

    /// <summary>Gets the valid values of a rule that <see cref="Choice"/> created; otherwise, <c>null</c>.</summary>
    public IReadOnlyCollection<string>? Choices { get; private init; }

    /// <summary>Gets a noun phrase that describes the valid values, for messages such as "must be {description}".</summary>
    public string Description { get; }

    private static string[] MailboxTypes =>
        ["Unknown", "OneOff", "Mailbox", "PublicDL", "PrivateDL", "Contact", "PublicFolder", "GroupMailbox", "ImplicitContact"];

    /// <summary>Creates a rule that allows one of several values.</summary>
    /// <param name="choices">The values.</param>
    public static ContactValueRule Choice(params string[] choices) =>
        new(Alternatives(choices), values => IsSingle(values) && choices.Contains(values[0])) { Choices = choices };

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
            values => isArray || values.Length == 1 ? NormalizeAll(values, elementType) : null);
    }

    /// <summary>Checks values and converts them to the form in which they are stored.</summary>
    /// <param name="values">The values.</param>
    /// <returns>The values to store, or <c>null</c> if they violate the rule.</returns>
    public ImmutableArray<string>? Normalize(ImmutableArray<string> values) => _normalize(values);

    private static bool IsSingle(ImmutableArray<string> values) => values.Length == 1;

    private static string Alternatives(string[] choices) => $"{string.Join(", ", choices[..^1])} or {choices[^1]}";

    private static bool IsSmtp(ImmutableArray<string> email) => email.ElementAtOrDefault(EmailRoutingType) is null or ""
        || email[EmailRoutingType].Equals("SMTP", StringComparison.OrdinalIgnoreCase);

    private static ImmutableArray<string>? NormalizeTime(ImmutableArray<string> values) =>
        IsSingle(values) && NormalizeTime(values[0]) is { } time ? [time] : null;

    private static string? NormalizeTime(string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Format(time.UtcDateTime)
            : null;

    private static string Format(DateTime utc) => utc.Millisecond == 0 ? WholeSeconds.Format(utc) : Milliseconds.Format(utc);

    private static ImmutableArray<string>? NormalizeAll(ImmutableArray<string> values, string type)
    {
        var normalized = values.Select(value => type == "String" ? value : Normalize(value.Trim(), type)).ToList();
        return normalized.Contains(null) ? null : [.. normalized!];
    }

    /// <summary>
    /// Returns the form in which a value of a MAPI property type is stored, or <c>null</c> if the value is not of the type.
    /// </summary>
    private static string? Normalize(string value, string type) => type switch
    {
        "Boolean" => value switch { "1" => "true", "0" => "false", _ => bool.TryParse(value, out var isTrue) ? Lowercase(isTrue) : null },
        "Short" => NormalizeInteger(value, short.MinValue, short.MaxValue),
        "Integer" => NormalizeInteger(value, int.MinValue, int.MaxValue),
        "Long" or "Currency" => NormalizeInteger(value, long.MinValue, long.MaxValue),
        "Float" or "Double" or "ApplicationTime" =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? value : null,
        "SystemTime" => NormalizeTime(value),
        "CLSID" => Guid.TryParse(value, out var guid) ? guid.ToString("D") : null,
        "Binary" => Convert.TryFromBase64String(value, new byte[value.Length], out _) ? value : null,
        _ => null,
    };

    private static string? NormalizeInteger(string value, long min, long max) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string Lowercase(bool isTrue) => isTrue ? "true" : "false";
}
