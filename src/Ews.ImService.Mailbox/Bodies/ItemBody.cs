using System.Collections.Immutable;
using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>The body of an item.</summary>
/// <param name="Content">The content, as a client set it.</param>
/// <param name="IsHtml"><c>true</c> if the content is HTML; <c>false</c> if it is text.</param>
/// <remarks>Learn: "Body", "BodyType". Exchange does not document its conversions; their rules are chosen by this project.</remarks>
public sealed record ItemBody(string Content, bool IsHtml)
{
    /// <summary>The body of an item for which none is set.</summary>
    public static readonly ItemBody Empty = new(string.Empty, IsHtml: false);

    private const string Html = "HTML";
    private const string DocumentStart =
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>";

    private const string BodyEnd = "</body>";
    private const string DocumentEnd = BodyEnd + "</html>";
    private const int PreviewLength = 256;

    /// <summary>Gets the type on the wire: <c>HTML</c> or <c>Text</c>.</summary>
    public string Type => IsHtml ? Html : "Text";

    /// <summary>Gets the values of <see cref="ContactPath.Body"/>.</summary>
    public ImmutableArray<string> Values => [Content, Type];

    /// <summary>Returns the body of the properties of an item.</summary>
    /// <param name="properties">The properties.</param>
    /// <returns>The body; <see cref="Empty"/> if none is set.</returns>
    public static ItemBody Of(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return From(properties.Values(ContactPath.Body));
    }

    /// <summary>Returns the body with the values of <see cref="ContactPath.Body"/>.</summary>
    /// <param name="values">The values; empty if no body is set.</param>
    public static ItemBody From(ImmutableArray<string> values) => values is [var content, var type] ? new(content, type == Html) : Empty;

    /// <summary>Returns the body as text.</summary>
    public ItemBody ToText() => IsHtml ? new(HtmlToText.Convert(Content), IsHtml: false) : this;

    /// <summary>Returns the body as HTML. A body without content remains without content.</summary>
    public ItemBody ToHtml() => IsHtml || Content.Length == 0
        ? new(Content, IsHtml: true)
        : new(DocumentStart + TextToHtml(Content) + DocumentEnd, IsHtml: true);

    /// <summary>Returns the body followed by another, in the type of this body.</summary>
    /// <param name="other">The other body.</param>
    /// <remarks>Learn: "AppendToItemField".</remarks>
    public ItemBody Append(ItemBody other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!IsHtml)
            return this with { Content = Content + other.ToText().Content };
        var added = other.IsHtml ? other.Content : TextToHtml(other.Content);
        var end = Content.LastIndexOf(BodyEnd, StringComparison.OrdinalIgnoreCase);
        return this with { Content = Content.Insert(end < 0 ? Content.Length : end, added) };
    }

    /// <summary>Returns the start of the text.</summary>
    /// <remarks>Learn: "Preview".</remarks>
    public string Preview()
    {
        var text = ToText().Content;
        if (text.Length <= PreviewLength)
            return text;
        return text[..(char.IsHighSurrogate(text[PreviewLength - 1]) ? PreviewLength - 1 : PreviewLength)];
    }

    /// <summary>Returns the start of the content. HTML is not cut inside a tag or a comment.</summary>
    /// <param name="bytes">The maximum length in UTF-8.</param>
    /// <returns>The start; this instance if it is not longer.</returns>
    public ItemBody Truncate(long bytes)
    {
        if (Encoding.UTF8.GetByteCount(Content) <= bytes)
            return this;
        return this with { Content = Content[..(IsHtml ? HtmlLength(Content, bytes) : TextLength(Content, bytes))] };
    }

    /// <summary>Returns text as the content or the value of an attribute of an HTML element.</summary>
    internal static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>Returns the number of characters of text that fit into a number of bytes.</summary>
    private static int TextLength(string text, long bytes)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
                break;
            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    /// <summary>Returns the number of characters of HTML that fit into a number of bytes, without a part of a tag or a comment.</summary>
    private static int HtmlLength(string html, long bytes)
    {
        var length = 0;
        foreach (var token in new HtmlReader(html).Read())
        {
            var size = Encoding.UTF8.GetByteCount(token.Source);
            if (size > bytes)
                return token.Kind is HtmlTokenKind.Text or HtmlTokenKind.RawText ? length + TextLength(token.Source, bytes) : length;
            bytes -= size;
            length += token.Source.Length;
        }

        return length;
    }

    /// <summary>Returns text as HTML that looks the same: lines end with <c>br</c>, and no blank collapses with another.</summary>
    private static string TextToHtml(string text) => Escape(text)
        .Replace("\r\n", "\n", StringComparison.Ordinal)
        .Replace("\r", "\n", StringComparison.Ordinal)
        .Replace("\n", "<br>\r\n", StringComparison.Ordinal)
        .Replace("  ", "&nbsp; ", StringComparison.Ordinal)
        .Replace("  ", "&nbsp; ", StringComparison.Ordinal);
}
