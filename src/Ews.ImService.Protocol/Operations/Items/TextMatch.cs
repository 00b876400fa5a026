using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Reads the test of a <c>t:Contains</c>.</summary>
/// <remarks>
/// Learn: "Contains", attributes ContainmentMode and ContainmentComparison. The defaults, FullString and Exact, and the meaning of the
/// comparisons whose names begin with Loose, which are those without this word, are chosen by this project.
/// </remarks>
internal static class TextMatch
{
    /// <summary>The maximum length of a constant in characters. It is chosen by this project.</summary>
    private const int MaxConstant = 255;

    private const char FirstLatin = '\u00C0';

    /// <summary>The Latin letters from U+00C0 to U+017F without accents.</summary>
    private const string LatinWithoutAccents =
        "AAAAAAÆCEEEEIIIIÐNOOOOO×ØUUUUYÞßaaaaaaæceeeeiiiiðnooooo÷øuuuuyþyAaAaAaCcCcCcCcDdĐđEeEeEeEeEeGgGgGgGgHhĦħIiIiIiIiIıĲĳJjKkĸ"
        + "LlLlLlĿŀŁłNnNnNnŉŊŋOoOoOoŒœRrRrRrSsSsSsSsTtTtŦŧUuUuUuUuUuUuWwYyYZzZzZzſ";

    /// <summary>Reads the expression.</summary>
    /// <returns>The test of a text, or ErrorRestrictionTooLong.</returns>
    public static EwsResult<Func<string, bool>> Read(XElement contains)
    {
        var value = contains.Elements().Last().Attribute("Value")!.Value;
        if (value.Length > MaxConstant)
            return EwsError.RestrictionTooLong;
        var fold = FoldOf(contains.Attribute("ContainmentComparison")?.Value);
        var constant = fold(value);
        Func<string, bool> matches = contains.Attribute("ContainmentMode")?.Value switch
        {
            "Prefixed" => text => text.StartsWith(constant, StringComparison.Ordinal),
            "Substring" => text => text.Contains(constant, StringComparison.Ordinal),
            "PrefixOnWords" => PrefixOnWords(SearchWords.WordsIn(constant).Distinct().ToList()),
            "ExactPhrase" => ExactPhrase(Phrase(constant)),
            _ => text => text.Equals(constant, StringComparison.Ordinal),
        };
        return (Func<string, bool>)(text => matches(fold(text)));
    }

    private static Func<string, bool> PrefixOnWords(List<string> prefixes) => text =>
    {
        var words = SearchWords.WordsIn(text).Distinct().ToList();
        return prefixes.TrueForAll(prefix => words.Exists(word => word.StartsWith(prefix, StringComparison.Ordinal)));
    };

    private static Func<string, bool> ExactPhrase(string phrase) => text => Phrase(text).Contains(phrase, StringComparison.Ordinal);

    /// <summary>Returns the function that makes texts equal which a comparison does not distinguish.</summary>
    private static Func<string, string> FoldOf(string? comparison) => comparison switch
    {
        "IgnoreCase" or "LooseAndIgnoreCase" => FoldCase,
        "IgnoreNonSpacingCharacters" or "LooseAndIgnoreNonSpace" => RemoveAccents,
        "IgnoreCaseAndNonSpacingCharacters" or "LooseAndIgnoreCaseAndIgnoreNonSpace" => text => FoldCase(RemoveAccents(text)),
        _ => text => text,
    };

    private static string FoldCase(string text) => text.ToUpperInvariant();

    /// <summary>
    /// Removes accents. The service runs without the culture data that Unicode normalization needs, so that only Latin letters and
    /// characters that combine with the preceding one are known.
    /// </summary>
    private static string RemoveAccents(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark))
        {
            var index = c - FirstLatin;
            result.Append(index >= 0 && index < LatinWithoutAccents.Length ? LatinWithoutAccents[index] : c);
        }

        return result.ToString();
    }

    private static string Phrase(string text) => $" {string.Join(' ', SearchWords.WordsIn(text))} ";
}
