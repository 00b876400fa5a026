using System.Collections;
using System.Globalization;
using System.Text;

namespace Ews.ImService.Logging;

/// <summary>Makes values safe for the log: they occupy one line of limited length, without characters that control a terminal.</summary>
/// <remarks>
/// Most values come from clients. Control and format characters, which include escape sequences, line breaks and bidirectional overrides,
/// and lone surrogates are replaced by their numbers, such as <c>\u001B</c>.
/// </remarks>
internal static class LogValue
{
    /// <summary>The maximum length of a value in characters. The end of a longer value is replaced by <see cref="Ellipsis"/>.</summary>
    public const int MaxLength = 512;

    /// <summary>The maximum number of values of a list, and of lines of an exception.</summary>
    public const int MaxItems = 200;

    /// <summary>The mark of a value that was cut.</summary>
    public const char Ellipsis = '…';

    /// <summary>Returns a text in one line of limited length; the same instance if nothing must be replaced.</summary>
    public static string Escape(string text)
    {
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;

        var escaped = new StringBuilder(Math.Min(text.Length, MaxLength));
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var length);
            var character = rest[..length];
            var isSafe = status == System.Buffers.OperationStatus.Done && IsSafe(rune);
            var replacement = isSafe ? character : Number(character);
            if (escaped.Length + replacement.Length > MaxLength)
                return escaped.Append(Ellipsis).ToString();
            escaped.Append(replacement);
            rest = rest[length..];
        }

        return escaped.Length == text.Length ? text : escaped.ToString();
    }

    /// <summary>Returns a value whose text is safe; the same instance if nothing must be replaced.</summary>
    public static object? Escape(object? value) => value switch
    {
        null => null,
        string text => Escape(text),
        IEnumerable items => items.Cast<object?>().Take(MaxItems).Select(Escape).ToArray(),
        _ => EscapeText(value),
    };

    /// <summary>
    /// Returns an exception whose text is safe; the same instance if nothing must be replaced. Its lines are kept, and none of them can be
    /// mistaken for an event: those that do not belong to a stack trace are indented.
    /// </summary>
    public static Exception? Escape(Exception? exception)
    {
        if (exception is null)
            return null;
        var original = exception.ToString();
        var lines = original.ReplaceLineEndings("\n").Split('\n', MaxItems + 1);
        if (lines.Length > MaxItems)
            lines[MaxItems] = $"{Ellipsis}";
        for (var i = 0; i < lines.Length; i++)
            lines[i] = (i == 0 || lines[i] is "" or [' ' or '-', ..] ? "" : "   ") + Escape(lines[i]);
        var text = string.Join(Environment.NewLine, lines);
        return text == original ? exception : new EscapedException(text);
    }

    private static object EscapeText(object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        var escaped = Escape(text);
        return ReferenceEquals(escaped, text) ? value : escaped;
    }

    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>Returns the numbers of a character, of which there are two if it is a surrogate pair.</summary>
    private static string Number(ReadOnlySpan<char> character)
    {
        var number = new StringBuilder();
        foreach (var unit in character)
            number.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
        return number.ToString();
    }

    /// <summary>Represents an exception in the log.</summary>
    /// <param name="text">The text of the exception.</param>
    private sealed class EscapedException(string text) : Exception
    {
        public override string Message => text;

        public override string ToString() => text;
    }
}
