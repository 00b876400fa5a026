using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ews.ImService.Mailbox;

/// <summary>Recognizes the addresses of images on other servers in HTML.</summary>
/// <remarks>
/// Learn: "BlockExternalImages". Exchange does not document the addresses that it blocks. This project keeps images of the message
/// (<c>cid:</c>, <c>data:image/</c>) and relative addresses. Addresses are read as browsers read them: URL Standard, "URL parsing".
/// </remarks>
internal static partial class ExternalImages
{
    private const string CommentStart = "<!--";
    private const string UrlStart = "url(";

    /// <summary>The attributes that contain the address of an image in each element.</summary>
    private static readonly HashSet<string> ImageAttributes = ["background", "dynsrc", "lowsrc", "poster"];

    /// <summary>The other attributes that contain the address of an image, or the base of relative addresses.</summary>
    private static readonly HashSet<(string Element, string Attribute)> ImageAttributesOfElements =
    [
        ("base", "href"), ("embed", "src"), ("feimage", "href"), ("feimage", "xlink:href"), ("image", "href"), ("image", "src"),
        ("image", "xlink:href"), ("img", "src"), ("input", "src"), ("object", "data"),
    ];

    /// <summary>The parts of a style that load images without <see cref="UrlStart"/>.</summary>
    private static readonly string[] OtherImages = ["@import", "image-set("];

    /// <summary>Determines whether an attribute contains the address of an external image.</summary>
    /// <param name="element">The name of the element in lower case.</param>
    /// <param name="attribute">The name of the attribute in lower case.</param>
    /// <param name="value">The value without character references.</param>
    public static bool IsInAttribute(string element, string attribute, string value) => attribute switch
    {
        "style" => IsInStyle(value),
        "srcset" or "imagesrcset" => Array.Exists(value.Split([' ', '\t', '\r', '\n', '\f', ',']), part => IsExternal(part)),
        _ => (ImageAttributes.Contains(attribute) || ImageAttributesOfElements.Contains((element, attribute))) && IsExternal(value),
    };

    /// <summary>Determines whether the content of a <c>style</c> element contains the address of an external image.</summary>
    /// <remarks>Browsers read the content as markup if the element is in <c>svg</c>. Content with markup is regarded as external.</remarks>
    /// <param name="styles">The content of the element.</param>
    public static bool IsInStyleSheet(string styles)
    {
        var start = styles.TrimStart();
        var content = start.StartsWith(CommentStart, StringComparison.Ordinal) ? start[CommentStart.Length..] : start;
        return content.AsSpan().ContainsAny('&', '<') || IsInStyle(content);
    }

    private static bool IsInStyle(string style)
    {
        var text = Escapes().Replace(style, Unescape);
        for (var at = 0; (at = text.IndexOf(UrlStart, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            at += UrlStart.Length;
            var start = SkipIgnored(text, at);
            if (IsExternal(text.AsSpan(start < text.Length && text[start] is '"' or '\'' ? start + 1 : start)))
                return true;
        }

        return Array.Exists(OtherImages, image => text.Contains(image, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Determines whether an address has another scheme than those of the message, or a host.</summary>
    private static bool IsExternal(ReadOnlySpan<char> address)
    {
        var scheme = new StringBuilder();
        var at = SkipIgnored(address, 0);
        for (; at < address.Length && IsSchemeCharacter(address[at]); at = SkipIgnored(address, at + 1))
            scheme.Append(char.ToLowerInvariant(address[at]));
        if (at == address.Length)
            return false;
        var rest = address[SkipIgnored(address, at + 1)..];
        return (scheme.ToString(), address[at]) switch
        {
            ("", '/' or '\\') => rest is ['/' or '\\', ..],
            ("", _) or ("cid", ':') => false,
            ("data", ':') => !rest.StartsWith("image/", StringComparison.OrdinalIgnoreCase),
            (_, var end) => end == ':',
        };
    }

    /// <summary>Skips the white space and the control characters that browsers ignore in an address.</summary>
    private static int SkipIgnored(ReadOnlySpan<char> address, int at)
    {
        while (at < address.Length && address[at] <= ' ')
            at++;
        return at;
    }

    private static bool IsSchemeCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.';

    private static string Unescape(Match escape)
    {
        if (!escape.Groups["hex"].Success)
            return escape.Groups["other"].Value;
        var code = int.Parse(escape.Groups["hex"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar).ToString();
    }

    /// <summary>The escaped characters in a style.</summary>
    /// <remarks>CSS Syntax Module Level 3, "Escaping".</remarks>
    [GeneratedRegex(@"\\(?:(?<hex>[0-9A-Fa-f]{1,6})(?:\r\n|[ \t\r\n\f])?|(?<other>.))", RegexOptions.Singleline)]
    private static partial Regex Escapes();
}
