using System.Globalization;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>A type of values by which rows are filtered and sorted.</summary>
/// <param name="comparer">The order of valid values.</param>
/// <param name="isValid">Determines whether a text is a value of the type.</param>
/// <remarks>
/// Learn: "Constant", whose value has the type of the property. Exchange does not document the comparison of texts; here it ignores case.
/// </remarks>
internal sealed class ComparableType(Comparison<string> comparer, Func<string, bool> isValid)
{
    /// <summary>Texts, compared without regard to case.</summary>
    public static readonly ComparableType Texts = new(StringComparer.OrdinalIgnoreCase.Compare, _ => true);

    /// <summary>Numbers.</summary>
    public static readonly ComparableType Numbers = new(
        (left, right) => ToNumber(left).CompareTo(ToNumber(right)), text => decimal.TryParse(text, Style, Culture, out _));

    /// <summary>
    /// Times. A time without fractions of a second equals every time in this second, so that a client finds the times that it received
    /// without them.
    /// </summary>
    public static readonly ComparableType Times = new(
        CompareTimes, text => DateTimeOffset.TryParse(text, Culture, DateTimeStyles.AssumeUniversal, out _));

    /// <summary>Truth values, of which <c>false</c> is the first.</summary>
    public static readonly ComparableType Booleans = new(
        (left, right) => IsTrue(left).CompareTo(IsTrue(right)), text => ContactValueRule.Boolean.Normalize([text]) is not null);

    /// <summary>Bytes in base64, which are only equal or not.</summary>
    public static readonly ComparableType Bytes = new(
        (left, right) => string.CompareOrdinal(Canonical(left), Canonical(right)),
        text => Convert.TryFromBase64String(text, new byte[text.Length], out _))
    {
        IsOrdered = false,
    };

    private const NumberStyles Style = NumberStyles.Float;

    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>Gets the order of valid values.</summary>
    public Comparer<string> Comparer { get; } = Comparer<string>.Create(comparer);

    /// <summary>Gets a value that indicates whether a restriction can ask which value is greater; the default is <c>true</c>.</summary>
    public bool IsOrdered { get; private init; } = true;

    /// <summary>Creates the type of the names of an enumeration.</summary>
    public static ComparableType Choice(IReadOnlyCollection<string> names) => new(
        StringComparer.OrdinalIgnoreCase.Compare, text => names.Contains(text, StringComparer.OrdinalIgnoreCase))
    {
        IsOrdered = false,
    };

    /// <summary>Returns the type of the values of a property of contacts.</summary>
    /// <param name="rule">The rule for the values, or <c>null</c> for a property that cannot be set.</param>
    public static ComparableType Of(ContactValueRule? rule) => rule switch
    {
        { Choices: { } names } => Choice(names),
        _ when rule == ContactValueRule.Time => Times,
        _ when rule == ContactValueRule.Number => Numbers,
        _ when rule == ContactValueRule.Boolean => Booleans,
        _ => Texts,
    };

    /// <summary>Returns the type of the values of a MAPI property type.</summary>
    public static ComparableType Of(string propertyType) =>
        propertyType.Replace(ContactValueRule.ArraySuffix, string.Empty, StringComparison.Ordinal) switch
        {
            "Short" or "Integer" or "Long" or "Float" or "Double" or "Currency" or "ApplicationTime" => Numbers,
            "SystemTime" => Times,
            "Boolean" => Booleans,
            "Binary" => Bytes,
            _ => Texts,
        };

    /// <summary>Determines whether a constant is a value of the type.</summary>
    public bool IsValid(string constant) => isValid(constant);

    private static decimal ToNumber(string text) => decimal.TryParse(text, Style, Culture, out var number) ? number : decimal.MinValue;

    private static bool IsTrue(string text) => text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns base64 without white space; another text is returned unchanged.</summary>
    private static string Canonical(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Convert.ToBase64String(bytes, 0, length) : base64;
    }

    private static int CompareTimes(string left, string right)
    {
        if (!DateTimeOffset.TryParse(left, Culture, DateTimeStyles.AssumeUniversal, out var leftTime)
            || !DateTimeOffset.TryParse(right, Culture, DateTimeStyles.AssumeUniversal, out var rightTime))
        {
            return string.CompareOrdinal(left, right); // A row without the property precedes the others.
        }

        return HasFraction(left) && HasFraction(right) ? leftTime.CompareTo(rightTime) : Cut(leftTime).CompareTo(Cut(rightTime));
    }

    private static bool HasFraction(string time) => time.Contains('.', StringComparison.Ordinal);

    private static long Cut(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerSecond;
}
