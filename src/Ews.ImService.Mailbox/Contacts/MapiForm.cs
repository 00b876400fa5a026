using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Ews.ImService.Mailbox;

/// <summary>Converts the values of a property of a contact between EWS and MAPI.</summary>
/// <param name="PropertyType">The MAPI property type, as in the attribute PropertyType.</param>
/// <remarks>
/// Learn: "ExtendedFieldURI". [MS-OXOCNTC] 2.2.1 defines the numbers of contacts, [MS-OXCMSG] 2.2.1 those of all items.
/// </remarks>
public sealed record MapiForm(string PropertyType)
{
    /// <summary>A text.</summary>
    public static readonly MapiForm Text = new("String");

    /// <summary>A text that is deleted if it is empty, as the entries of dictionaries are.</summary>
    public static readonly MapiForm Entry = new("String") { FromMapi = values => values[0].Length == 0 ? [] : values };

    /// <summary>One or more texts.</summary>
    public static readonly MapiForm Texts = new("StringArray");

    /// <summary>A time.</summary>
    public static readonly MapiForm Time = new("SystemTime");

    /// <summary>A truth value.</summary>
    public static readonly MapiForm Boolean = new("Boolean");

    /// <summary>An integer of 32 bits.</summary>
    public static readonly MapiForm Number = new("Integer");

    /// <summary>An integer of 64 bits.</summary>
    public static readonly MapiForm LongNumber = new("Long");

    /// <summary>Bytes, in base64.</summary>
    public static readonly MapiForm Binary = new("Binary");

    /// <summary>The body as text.</summary>
    public static readonly MapiForm TextBody = new("String")
    {
        ToMapi = values => values.IsEmpty ? [] : [ItemBody.From(values).ToText().Content],
        FromMapi = values => new ItemBody(values[0], IsHtml: false).Values,
    };

    /// <summary>The body as HTML.</summary>
    public static readonly MapiForm HtmlBody = new("String")
    {
        ToMapi = values => values.IsEmpty ? [] : [ItemBody.From(values).ToHtml().Content],
        FromMapi = values => new ItemBody(values[0], IsHtml: true).Values,
    };

    /// <summary>The body as HTML in UTF-8, in base64.</summary>
    public static readonly MapiForm HtmlBodyBytes = new("Binary")
    {
        ToMapi = values => values.IsEmpty ? [] : [Convert.ToBase64String(Encoding.UTF8.GetBytes(ItemBody.From(values).ToHtml().Content))],
        FromMapi = values => ReadUtf8(Convert.FromBase64String(values[0])) is { } html ? new ItemBody(html, IsHtml: true).Values : null,
    };

    /// <summary>The importance.</summary>
    public static readonly MapiForm Importance = Choice(("Low", 0), ("Normal", 1), ("High", 2));

    /// <summary>The sensitivity.</summary>
    public static readonly MapiForm Sensitivity = Choice(("Normal", 0), ("Personal", 1), ("Private", 2), ("Confidential", 3));

    /// <summary>The truth value that the sensitivity is Private.</summary>
    public static readonly MapiForm IsPrivate = new("Boolean")
    {
        ToMapi = values => values.IsEmpty ? [] : [values[0] == "Private" ? "true" : "false"],
        FromMapi = values => [values[0] == "true" ? "Private" : "Normal"],
    };

    /// <summary>The index of the mailing address.</summary>
    public static readonly MapiForm PostalAddressIndex = Choice(("None", 0), ("Home", 1), ("Business", 2), ("Other", 3));

    /// <summary>The file-as mapping. The two numbers without a name in EWS, best match and locale default, are read as None.</summary>
    /// <remarks>[MS-OXOCNTC] 2.2.1.1.12.</remarks>
    public static readonly MapiForm FileAsMapping = Choice(
        ("None", -1), ("Empty", 0), ("DisplayName", 0x3001), ("FirstName", 0x3A06), ("LastName", 0x3A11), ("Company", 0x3A16),
        ("LastCommaFirst", 0x8017), ("CompanyLastCommaFirst", 0x8018), ("LastCommaFirstCompany", 0x8019), ("LastFirst", 0x8030),
        ("LastSpaceFirst", 0x8031), ("CompanyLastFirst", 0x8032), ("CompanyLastSpaceFirst", 0x8033), ("LastFirstCompany", 0x8034),
        ("LastSpaceFirstCompany", 0x8035), ("LastFirstMiddleSuffix", 0x8036), ("FirstSpaceLast", 0x8037), ("LastFirstSuffix", 0x8038),
        ("None", -2), ("None", -3));

    /// <summary>The culture, as a locale id.</summary>
    public static readonly MapiForm Culture = new("Integer")
    {
        ToMapi = values => values.IsEmpty || LocaleIds.FindId(values[0]) is not { } id ? [] : [ToText(id)],
        FromMapi = values => LocaleIds.FindName(Parse(values[0])) is { } name ? [name] : null,
    };

    /// <summary>
    /// Gets the index of the value that is set, or <c>null</c> if all values are set. See <see cref="PropertyChange.Part"/>.
    /// </summary>
    public int? Part { get; private init; }

    /// <summary>The status of a flag. An item without a flag does not have the property.</summary>
    /// <remarks>[MS-OXOFLAG] 2.2.1.1.</remarks>
    public static readonly MapiForm FlagStatus = new("Integer")
    {
        ToMapi = values => values.FirstOrDefault() switch { ItemFlag.Complete => ["1"], ItemFlag.Flagged => ["2"], _ => [] },
        FromMapi = values => values[0] switch { "0" => [], "1" => [ItemFlag.Complete], "2" => [ItemFlag.Flagged], _ => null },
    };

    /// <summary>
    /// Gets the conversion from the values in EWS, which are empty if the property is absent. The default copies the values.
    /// </summary>
    public Func<ImmutableArray<string>, ImmutableArray<string>> ToMapi { get; init; } = values => values;

    /// <summary>
    /// Gets the conversion to the values in EWS, of values that are valid for the property type. The result is empty if the property is
    /// deleted, and <c>null</c> if EWS has no such value. The default copies the values.
    /// </summary>
    public Func<ImmutableArray<string>, ImmutableArray<string>?> FromMapi { get; init; } = values => values;

    /// <summary>Creates the form of an email address: the address, or one of the values that follow it.</summary>
    /// <param name="part">The index of the value. See <see cref="ContactValueRule.EmailAddress"/>.</param>
    /// <param name="defaultText">The text if the value is empty, or <c>null</c> for the address.</param>
    internal static MapiForm EmailPart(int part, string? defaultText = null) => new("String")
    {
        Part = part,
        FromMapi = values => values[0].Length == 0 ? [] : values,
        ToMapi = values =>
        {
            var text = values.ElementAtOrDefault(part) is { Length: > 0 } own ? own : defaultText ?? values.FirstOrDefault(string.Empty);
            return values.IsEmpty || text.Length == 0 ? [] : [text];
        },
    };

    /// <summary>
    /// Returns the text in UTF-8 bytes, or <c>null</c> if they are not valid or contain a character that XML does not allow.
    /// </summary>
    private static string? ReadUtf8(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var isValid = Utf8.IsValid(bytes)
            && !text.Any(c => c is (< ' ' and not ('\t' or '\r' or '\n')) or '\uFFFE' or '\uFFFF');
        return isValid ? text : null;
    }

    private static MapiForm Choice(params (string Name, int Number)[] choices) => new("Integer")
    {
        ToMapi = values => values.IsEmpty ? [] : [ToText(choices.First(choice => choice.Name == values[0]).Number)],
        FromMapi = values =>
        {
            var number = Parse(values[0]);
            var name = choices.FirstOrDefault(choice => choice.Number == number).Name;
            return name is null ? null : [name];
        },
    };

    private static int Parse(string number) => int.Parse(number, CultureInfo.InvariantCulture);

    private static string ToText(int number) => number.ToString(CultureInfo.InvariantCulture);
}
