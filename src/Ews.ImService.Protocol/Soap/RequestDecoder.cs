using System.Text;
using System.Text.RegularExpressions;

namespace Ews.ImService.Protocol.Soap;

/// <summary>
/// Decodes request bodies by the first that is present: the charset parameter, the byte order mark, the XML declaration;
/// otherwise, as UTF-8.
/// </summary>
internal static partial class RequestDecoder
{
    private const int DeclarationBytes = 256;

    /// <summary>Replaces invalid bytes. XML cannot contain this character.</summary>
    private const string InvalidCharacter = "\uFFFF";

    /// <summary>Decodes a body.</summary>
    /// <param name="bytes">The body as received.</param>
    /// <param name="charset">The charset parameter of Content-Type, or <c>null</c>.</param>
    /// <returns>The text. Invalid bytes are never replaced: the text ends before them.</returns>
    public static RequestText Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var (mark, markLength) = FindByteOrderMark(bytes);
        var declared = mark is null && charset is null ? DeclaredEncoding(bytes) : null;
        var name = (LeavesByteOrderOpen(charset) ? mark : null) ?? charset ?? mark ?? declared ?? "utf-8";
        if (FindEncoding(name) is not { } encoding)
            return new RequestText(string.Empty, $"System does not support '{name}' encoding.");

        var preamble = encoding.Preamble;
        var start = preamble.Length > 0 && bytes.StartsWith(preamble) ? preamble.Length : mark == encoding.WebName ? markLength : 0;
        var content = bytes[start..];
        try
        {
            return new RequestText(encoding.GetString(content), null);
        }
        catch (DecoderFallbackException)
        {
            var fallback = new DecoderReplacementFallback(InvalidCharacter);
            var text = Encoding.GetEncoding(encoding.WebName, EncoderFallback.ReplacementFallback, fallback).GetString(content);
            var end = text.IndexOf(InvalidCharacter, StringComparison.Ordinal);
            return new RequestText(text[..end], "Invalid character in the given encoding.");
        }
    }

    /// <summary>Returns <c>true</c> for the name without a byte order, which the byte order mark specifies.</summary>
    /// <remarks>RFC 2781.</remarks>
    private static bool LeavesByteOrderOpen(string? charset) => string.Equals(charset, "utf-16", StringComparison.OrdinalIgnoreCase);

    private static Encoding? FindEncoding(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Finds the encoding by the byte order mark or, for UTF-16, by the zero byte of the first character.</summary>
    private static (string? Encoding, int Length) FindByteOrderMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => ("utf-8", 3),
        [0xFE, 0xFF, ..] => ("utf-16BE", 2),
        [0, (byte)'<', ..] => ("utf-16BE", 0),
        [0xFF, 0xFE, ..] => ("utf-16", 2),
        [(byte)'<', 0, ..] => ("utf-16", 0),
        _ => (null, 0),
    };

    private static string? DeclaredEncoding(ReadOnlySpan<byte> bytes)
    {
        var match = Declaration().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)]));
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("""^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
