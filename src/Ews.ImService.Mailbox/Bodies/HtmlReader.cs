using System.Net;

namespace Ews.ImService.Mailbox;

/// <summary>Divides an HTML document into tokens, in one pass and in a time proportional to its length.</summary>
/// <param name="html">The document.</param>
/// <remarks>HTML Standard, "Tokenization". Decision record 0034 has the reason not to use a library.</remarks>
internal sealed class HtmlReader(string html)
{
    private const string CommentStart = "<!--";
    private const string WhiteSpace = " \t\r\n\f";

    /// <summary>The elements that contain text without tags, and without character references.</summary>
    private static readonly HashSet<string> RawTextElements = ["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"];

    /// <summary>The elements that contain text without tags.</summary>
    private static readonly HashSet<string> TextElements = ["title", "textarea"];

    private int _position;
    private string? _textElement;

    /// <summary>Reads all tokens. An incomplete tag at the end of the document is ignored.</summary>
    public IEnumerable<HtmlToken> Read()
    {
        while (_position < html.Length)
        {
            var start = _position;
            if (_textElement is not null)
            {
                var name = _textElement;
                var kind = TextElements.Contains(name) ? HtmlTokenKind.Text : HtmlTokenKind.RawText;
                SkipTextElement();
                if (_position > start)
                    yield return new HtmlToken(kind, html[start.._position]) { Name = kind == HtmlTokenKind.RawText ? name : string.Empty };
            }
            else if (StartsMarkup(_position))
            {
                if (ReadMarkup() is { } token)
                    yield return token;
            }
            else
            {
                SkipText();
                yield return new HtmlToken(HtmlTokenKind.Text, html[start.._position]);
            }
        }
    }

    /// <summary>Determines whether an element contains text without tags.</summary>
    /// <param name="name">The name of the element in lower case.</param>
    public static bool IsTextElement(string name) => RawTextElements.Contains(name) || TextElements.Contains(name);

    private static bool IsTagStart(char c) => char.IsAsciiLetter(c);

    private static bool IsWhiteSpace(char c) => WhiteSpace.Contains(c, StringComparison.Ordinal);

    private char At(int index) => index < html.Length ? html[index] : '\0';

    private bool StartsMarkup(int index) =>
        At(index) == '<' && (At(index + 1) is '!' or '?' or '/' || IsTagStart(At(index + 1))) && index + 2 < html.Length;

    private void SkipText()
    {
        do
            _position = html.IndexOf('<', _position + 1) is >= 0 and var next ? next : html.Length;
        while (_position < html.Length && !StartsMarkup(_position));
    }

    /// <summary>Skips the content of an element that contains no tags, up to its end tag.</summary>
    private void SkipTextElement()
    {
        var name = _textElement!;
        _textElement = null;
        for (var end = _position; (end = html.IndexOf("</", end, StringComparison.Ordinal)) >= 0; end += 2)
        {
            var after = end + 2 + name.Length;
            if (string.Compare(html, end + 2, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (IsWhiteSpace(At(after)) || At(after) is '/' or '>'))
            {
                _position = end;
                return;
            }
        }

        _position = html.Length;
    }

    private HtmlToken? ReadMarkup()
    {
        var start = _position;
        if (html[start + 1] == '/' && !IsTagStart(html[start + 2]))
            return ReadComment(start, ">", start + 2);
        if (string.CompareOrdinal(html, start, CommentStart, 0, CommentStart.Length) == 0)
            return ReadComment(start, "-->", start + CommentStart.Length - 2);
        return html[start + 1] is '!' or '?' ? ReadComment(start, ">", start + 2) : ReadTag(start);
    }

    /// <summary>Reads a comment up to its end, which can overlap its start as in <c>&lt;!--&gt;</c>.</summary>
    private HtmlToken ReadComment(int start, string end, int from)
    {
        var at = html.IndexOf(end, Math.Min(from, html.Length), StringComparison.Ordinal);
        _position = at < 0 ? html.Length : at + end.Length;
        return new HtmlToken(HtmlTokenKind.Comment, html[start.._position]);
    }

    private HtmlToken? ReadTag(int start)
    {
        var isEnd = html[start + 1] == '/';
        _position = start + (isEnd ? 2 : 1);
        var name = ReadUntil("/>").ToLowerInvariant();
        var attributes = new List<(string, string)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        bool isSelfClosing;
        while (SkipToAttribute(out isSelfClosing))
        {
            var attribute = ReadAttribute();
            if (names.Add(attribute.Name))
                attributes.Add(attribute);
        }

        if (_position >= html.Length)
            return null;
        _position++;
        var source = html[start.._position];
        if (isEnd)
            return new HtmlToken(HtmlTokenKind.EndTag, source) { Name = name };
        if (IsTextElement(name))
            _textElement = name;
        return new HtmlToken(HtmlTokenKind.StartTag, source) { Name = name, IsSelfClosing = isSelfClosing, Attributes = attributes };
    }

    /// <summary>Skips to the next attribute; returns <c>false</c> at the end of the tag or of the document.</summary>
    private bool SkipToAttribute(out bool isSelfClosing)
    {
        isSelfClosing = false;
        for (; _position < html.Length && (IsWhiteSpace(html[_position]) || html[_position] == '/'); _position++)
            isSelfClosing = html[_position] == '/';
        return _position < html.Length && html[_position] != '>';
    }

    private (string Name, string Value) ReadAttribute()
    {
        var first = html[_position++];
        var name = (first + ReadUntil("/>=")).ToLowerInvariant();
        SkipWhiteSpace();
        if (At(_position) != '=')
            return (name, string.Empty);
        _position++;
        SkipWhiteSpace();
        return (name, WebUtility.HtmlDecode(ReadValue()));
    }

    private string ReadValue()
    {
        if (At(_position) is not ('"' or '\''))
            return ReadUntil(">");
        var quote = html[_position++];
        var start = _position;
        _position = html.IndexOf(quote, start) is >= 0 and var end ? end : html.Length;
        var value = html[start.._position];
        if (_position < html.Length)
            _position++;
        return value;
    }

    private void SkipWhiteSpace()
    {
        while (_position < html.Length && IsWhiteSpace(html[_position]))
            _position++;
    }

    /// <summary>Reads up to white space or one of the given characters.</summary>
    private string ReadUntil(string characters)
    {
        var start = _position;
        while (_position < html.Length && !IsWhiteSpace(html[_position]) && !characters.Contains(html[_position], StringComparison.Ordinal))
            _position++;
        return html[start.._position];
    }
}
