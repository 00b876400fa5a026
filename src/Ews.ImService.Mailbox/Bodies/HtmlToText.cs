using System.Net;
using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>Converts HTML to text: blocks become lines, and links are followed by their address.</summary>
/// <remarks>Exchange does not document its conversion; the rules are chosen by this project.</remarks>
internal sealed class HtmlToText
{
    private const string LineBreak = "\r\n";
    private const string MailTo = "mailto:";
    private const char NoBreakSpace = '\u00A0';

    /// <summary>The elements whose content is no text of the document.</summary>
    private static readonly HashSet<string> Hidden = ["head", "script", "style", "title", "noembed", "noframes", "iframe", "template"];

    /// <summary>The elements that begin and end on a line of their own.</summary>
    private static readonly HashSet<string> Blocks =
    [
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
    ];

    private readonly StringBuilder _text = new();
    private int _lineStart;
    private bool _needsBlank;
    private int _preformatted;
    private string? _hidden;
    private (string Url, int Start)? _link;

    private HtmlToText()
    {
    }

    /// <summary>Converts a document.</summary>
    public static string Convert(string html)
    {
        var converter = new HtmlToText();
        foreach (var token in new HtmlReader(html).Read())
            converter.Add(token);
        return converter._text.ToString();
    }

    private void Add(HtmlToken token)
    {
        if (_hidden is not null)
        {
            var ends = token.Kind == HtmlTokenKind.EndTag && token.Name == _hidden;
            if (ends || token.IsStart("body"))
                _hidden = null;
            return;
        }

        switch (token.Kind)
        {
            case HtmlTokenKind.Text:
                AddText(WebUtility.HtmlDecode(token.Source));
                break;
            case HtmlTokenKind.RawText:
                AddText(token.Source);
                break;
            case HtmlTokenKind.StartTag:
                Start(token);
                break;
            case HtmlTokenKind.EndTag:
                End(token.Name);
                break;
        }
    }

    private void Start(HtmlToken token)
    {
        if (Hidden.Contains(token.Name))
            _hidden = token.Name;
        else if (token.Name == "br")
            EndLine();
        else if (Blocks.Contains(token.Name))
            EndBlock();
        else if (token.Name is "td" or "th" && HasLine())
            _text.Append('\t');
        else if (token.Name == "a" && token.Attribute("href") is { Length: > 0 } url)
            _link = (url, _text.Length);

        if (token.Name == "pre")
            _preformatted++;
    }

    private void End(string name)
    {
        if (name == "a")
            EndLink();
        else if (Blocks.Contains(name))
            EndBlock();
        if (name == "pre" && _preformatted > 0)
            _preformatted--;
    }

    /// <summary>Adds text; white space between two words is one blank, except in preformatted text.</summary>
    private void AddText(string text)
    {
        foreach (var c in text)
        {
            if (_preformatted > 0)
                AddPreformatted(c);
            else if (c is ' ' or '\t' or '\r' or '\n' or '\f')
                _needsBlank = true;
            else
                AddCharacter(c);
        }
    }

    private void AddCharacter(char c)
    {
        if (_needsBlank && HasLine() && _text[^1] != '\t')
            _text.Append(' ');
        _needsBlank = false;
        _text.Append(c == NoBreakSpace ? ' ' : c);
    }

    private void AddPreformatted(char c)
    {
        if (c == '\n')
            EndLine();
        else if (c != '\r')
            _text.Append(c == NoBreakSpace ? ' ' : c);
    }

    private void EndLink()
    {
        if (_link is not ({ } url, var start))
            return;
        _link = null;
        var text = _text.ToString(start, _text.Length - start).Trim();
        if (text != url && MailTo + text != url)
            _text.Append(text.Length > 0 ? " <" : "<").Append(url).Append('>');
    }

    private bool HasLine() => _text.Length > _lineStart;

    private void EndBlock()
    {
        if (HasLine())
            EndLine();
        _needsBlank = false;
    }

    private void EndLine()
    {
        _text.Append(LineBreak);
        _lineStart = _text.Length;
        _needsBlank = false;
    }
}
