using System.Text;
using System.Text.RegularExpressions;

namespace Ews.ImService.Protocol.Soap;

/// <summary>Turns a request's bytes into characters: by charset parameter, else byte order mark, else XML declaration, else UTF-8.</summary>
internal static partial class RequestDecoder
{
    private const int DeclarationBytes = 256;

    /// <summary>Stands where bytes mean no character; XML has no such character itself.</summary>
    private const string NoCharacter = "\uFFFF";

    /// <summary>Decodes.</summary>
    /// <param name="bytes">The body as received.</param>
    /// <param name="charset">The charset parameter of Content-Type, or null.</param>
    /// <returns>The text; where bytes are invalid, the text before them, for they are never replaced.</returns>
    public static RequestText Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var mark = ByteOrderMark(bytes, out var markLength);
        var declared = mark is null && charset is null ? DeclaredEncoding(bytes) : null;
        var name = (LeavesByteOrderOpen(charset) ? mark : null) ?? charset ?? mark ?? declared ?? "utf-8";
        if (Find(name) is not { } encoding)
            return new RequestText(string.Empty, $"System does not support '{name}' encoding.");

        var content = bytes[(encoding.Preamble.Length > 0 && bytes.StartsWith(encoding.Preamble) ? encoding.Preamble.Length : mark == encoding.WebName ? markLength : 0)..];
        try
        {
            return new RequestText(encoding.GetString(content), null);
        }
        catch (DecoderFallbackException)
        {
            var marked = Encoding.GetEncoding(encoding.WebName, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(NoCharacter)).GetString(content);
            return new RequestText(marked[..marked.IndexOf(NoCharacter, StringComparison.Ordinal)], "Invalid character in the given encoding.");
        }
    }

    /// <summary>RFC 2781: the name without an order leaves it to the mark.</summary>
    private static bool LeavesByteOrderOpen(string? charset) => string.Equals(charset, "utf-16", StringComparison.OrdinalIgnoreCase);

    private static Encoding? Find(string name)
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

    private static string? ByteOrderMark(ReadOnlySpan<byte> bytes, out int length)
    {
        (var name, length) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ("utf-8", 3),
            [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => ("utf-16BE", bytes[0] == 0 ? 0 : 2),
            [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => ("utf-16", bytes[0] == 0xFF ? 2 : 0),
            _ => ((string?)null, 0),
        };
        return name;
    }

    private static string? DeclaredEncoding(ReadOnlySpan<byte> bytes)
    {
        var match = Declaration().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)]));
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("""^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
