using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>The changes that a client requests of the HTML in a response.</summary>
/// <remarks>
/// Learn: "ItemShape" with its children FilterHtmlContent, ConvertHtmlCodePageToUTF8, BlockExternalImages and AddBlankTargetToLinks.
/// Exchange does not list the content that it regards as unsafe; the lists are chosen by this project.
/// </remarks>
/// <param name="RemovesUnsafeContent"><c>true</c> to remove scripts and other content that is executed.</param>
/// <param name="DeclaresUtf8"><c>true</c> to replace the character set that the document declares with UTF-8.</param>
/// <param name="BlocksExternalImages"><c>true</c> to remove the addresses of images on other servers.</param>
/// <param name="OpensLinksInNewWindow"><c>true</c> to add a blank target to links.</param>
public sealed record HtmlRewriter(
    bool RemovesUnsafeContent = false,
    bool DeclaresUtf8 = true,
    bool BlocksExternalImages = false,
    bool OpensLinksInNewWindow = false)
{
    private const string Charset = "charset";

    /// <summary>The unsafe elements that are removed with their content.</summary>
    private static readonly HashSet<string> RemovedElements =
    [
        "applet", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object", "plaintext", "script", "select", "svg",
        "template", "textarea", "xmp",
    ];

    /// <summary>The unsafe elements of which only the tags are removed.</summary>
    private static readonly HashSet<string> RemovedTags =
        ["base", "button", "embed", "fieldset", "form", "frame", "input", "label", "legend", "link", "option", "param"];

    /// <summary>The texts that make a style sheet unsafe.</summary>
    private static readonly string[] UnsafeStyles = ["expression", "javascript:", "vbscript:", "behavior", "-moz-binding", "@import"];

    private static readonly string[] UnsafeSchemes = ["javascript:", "vbscript:", "data:text/html"];

    /// <summary>The attributes that contain addresses.</summary>
    private static readonly HashSet<string> AddressAttributes =
        ["href", "src", "action", "background", "cite", "formaction", "longdesc", "lowsrc", "dynsrc", "poster", "usemap"];

    /// <summary>Changes a document.</summary>
    /// <param name="html">The document.</param>
    /// <returns>The changed document; the same instance if no change applies.</returns>
    public string Rewrite(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var declaresCharset = html.Contains(Charset, StringComparison.OrdinalIgnoreCase);
        return RemovesUnsafeContent || BlocksExternalImages || OpensLinksInNewWindow || (DeclaresUtf8 && declaresCharset)
            ? RewriteTokens(html)
            : html;
    }

    private string RewriteTokens(string html)
    {
        var output = new StringBuilder(html.Length);
        var unclosed = RemovesUnsafeContent ? UnclosedElements(html) : [];
        string? removed = null;
        var depth = 0;
        foreach (var (index, token) in new HtmlReader(html).Read().Index())
        {
            if (removed is not null)
            {
                if (token.Name == removed)
                    depth += StartsElement(token) ? 1 : token.Kind == HtmlTokenKind.EndTag ? -1 : 0;
                removed = depth > 0 ? removed : null;
            }
            else if (RemovesUnsafeContent && RemovedElements.Contains(token.Name) && StartsElement(token) && !unclosed.Contains(index))
            {
                (removed, depth) = (token.Name, 1);
            }
            else
            {
                Append(output, token);
            }
        }

        return output.ToString();
    }

    /// <summary>Returns the indexes of the start tags of unsafe elements that have no end tag, in one pass.</summary>
    /// <remarks>Only the tags of these elements are removed. A text element without an end tag contains the rest of the document.</remarks>
    private static HashSet<int> UnclosedElements(string html)
    {
        var open = RemovedElements.Where(name => !HtmlReader.IsTextElement(name)).ToDictionary(name => name, _ => new Stack<int>());
        foreach (var (index, token) in new HtmlReader(html).Read().Index())
        {
            if (!open.TryGetValue(token.Name, out var indexes))
                continue;
            if (StartsElement(token))
                indexes.Push(index);
            else if (token.Kind == HtmlTokenKind.EndTag)
                indexes.TryPop(out _);
        }

        return [.. open.Values.SelectMany(indexes => indexes)];
    }

    /// <summary>Determines whether a token is the start tag of an element that can have content.</summary>
    private static bool StartsElement(HtmlToken token) =>
        token.Kind == HtmlTokenKind.StartTag && !(token.IsSelfClosing && token.Name is "svg" or "math");

    private void Append(StringBuilder output, HtmlToken token)
    {
        switch (token.Kind)
        {
            case HtmlTokenKind.Text when RemovesUnsafeContent:
                output.Append(token.Source.Replace("<", "&lt;", StringComparison.Ordinal));
                break;
            case HtmlTokenKind.RawText when RemovesUnsafeContent && IsUnsafeStyle(token.Source):
            case HtmlTokenKind.RawText when BlocksExternalImages && token.Name == "style" && ExternalImages.IsInStyleSheet(token.Source):
            case HtmlTokenKind.Comment when RemovesUnsafeContent:
                break;
            case HtmlTokenKind.EndTag when RemovesUnsafeContent:
                if (!IsRemovedTag(token.Name))
                    output.Append("</").Append(token.Name).Append('>');
                break;
            case HtmlTokenKind.StartTag:
                AppendStartTag(output, token);
                break;
            default:
                output.Append(token.Source);
                break;
        }
    }

    private void AppendStartTag(StringBuilder output, HtmlToken token)
    {
        if (RemovesUnsafeContent && (IsRemovedTag(token.Name) || IsRefresh(token)))
            return;
        var attributes = token.Attributes.Select(attribute => Rewrite(token, attribute)).OfType<(string Name, string Value)>().ToList();
        if (OpensLinksInNewWindow && token.Name is "a" or "area" && token.Attribute("href") is not null)
        {
            attributes.RemoveAll(attribute => attribute.Name == "target");
            attributes.Add(("target", "_blank"));
        }

        // Browsers know more character references than the reader; values that were checked are written as they were read.
        var isChecked = RemovesUnsafeContent || (BlocksExternalImages && token.Source.Contains('&', StringComparison.Ordinal));
        if (!isChecked && attributes.SequenceEqual(token.Attributes))
        {
            output.Append(token.Source);
            return;
        }

        output.Append('<').Append(token.Name);
        foreach (var (name, value) in attributes)
            output.Append(' ').Append(name).Append("=\"").Append(ItemBody.Escape(value)).Append('"');
        output.Append(token.IsSelfClosing ? "/>" : ">");
    }

    /// <summary>Returns the attribute of the response, or <c>null</c> to remove it.</summary>
    private (string Name, string Value)? Rewrite(HtmlToken token, (string Name, string Value) attribute)
    {
        var (name, value) = attribute;
        if (RemovesUnsafeContent && IsUnsafe(name, value))
            return null;
        if (BlocksExternalImages && ExternalImages.IsInAttribute(token.Name, name, value))
            return null;
        if (DeclaresUtf8 && token.Name == "meta")
        {
            if (name == Charset)
                return (name, "utf-8");
            if (name == "content" && value.IndexOf(Charset + "=", StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
                return (name, value[..(at + Charset.Length + 1)] + "utf-8");
        }

        return attribute;
    }

    /// <summary>The name of a tag is also removed if it has characters that elements of HTML do not have.</summary>
    private static bool IsRemovedTag(string name) => RemovedTags.Contains(name) || RemovedElements.Contains(name) || !IsName(name);

    private static bool IsRefresh(HtmlToken token) =>
        token.Name == "meta" && string.Equals(token.Attribute("http-equiv")?.Trim(), "refresh", StringComparison.OrdinalIgnoreCase);

    private static bool IsUnsafe(string name, string value) => !IsName(name)
        || name.StartsWith("on", StringComparison.Ordinal)
        || (name == "style" && IsUnsafeStyle(value))
        || (AddressAttributes.Contains(name) && HasUnsafeScheme(value))
        || name is "srcdoc" or "srcset";

    private static bool IsUnsafeStyle(string style) =>
        Array.Exists(UnsafeStyles, text => style.Contains(text, StringComparison.OrdinalIgnoreCase)) || style.Contains('\\');

    /// <summary>Determines whether an address is executed. Browsers ignore white space and control characters in the scheme.</summary>
    private static bool HasUnsafeScheme(string address)
    {
        var compact = string.Concat(address.Where(c => c > ' '));
        return Array.Exists(UnsafeSchemes, scheme => compact.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsName(string name) =>
        char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':');
}
