namespace Ews.ImService.Mailbox;

/// <summary>The kind of an <see cref="HtmlToken"/>.</summary>
internal enum HtmlTokenKind
{
    /// <summary>Text with character references.</summary>
    Text,

    /// <summary>Text without character references, which a script, a style sheet or a similar element contains.</summary>
    RawText,

    /// <summary>A start tag.</summary>
    StartTag,

    /// <summary>An end tag.</summary>
    EndTag,

    /// <summary>A comment, a document type or a processing instruction.</summary>
    Comment,
}

/// <summary>A part of an HTML document.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Source">The part as in the document.</param>
internal sealed record HtmlToken(HtmlTokenKind Kind, string Source)
{
    /// <summary>Gets the name of a tag, or of the element that contains raw text, in lower case; empty for other kinds.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Gets a value that indicates whether a start tag ends with <c>/&gt;</c>.</summary>
    public bool IsSelfClosing { get; init; }

    /// <summary>Gets the attributes of a start tag: names in lower case, and values without character references.</summary>
    public IReadOnlyList<(string Name, string Value)> Attributes { get; init; } = [];

    /// <summary>Determines whether the token is the start tag of an element.</summary>
    /// <param name="name">The name of the element.</param>
    public bool IsStart(string name) => Kind == HtmlTokenKind.StartTag && Name == name;

    /// <summary>Returns the value of an attribute, or <c>null</c> if it is absent.</summary>
    /// <param name="name">The name of the attribute.</param>
    public string? Attribute(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name).Value;
}
