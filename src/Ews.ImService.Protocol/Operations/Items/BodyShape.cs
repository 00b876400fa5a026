using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>The requested form of a body.</summary>
/// <param name="Type">The type: HTML or Text. Every other type means that of the stored body.</param>
/// <param name="Rewriter">The changes of HTML.</param>
/// <param name="MaxBytes">The maximum length in UTF-8, or <c>null</c> for no limit.</param>
/// <remarks>Learn: "BodyType", "UniqueBodyType", "NormalizedBodyType", "MaximumBodySize".</remarks>
internal sealed record BodyShape(string Type, HtmlRewriter Rewriter, long? MaxBytes)
{
    /// <summary>The stored body.</summary>
    public const string Best = "Best";

    /// <summary>The text of the body.</summary>
    public const string Text = "Text";

    private const int Kilobyte = 1024;

    /// <summary>The form without any request.</summary>
    public static readonly BodyShape Default = new(Best, new HtmlRewriter(), MaxBytes: null);

    /// <summary>Reads the form of a body from a <c>t:ItemResponseShapeType</c>.</summary>
    /// <param name="shape">The element.</param>
    /// <param name="typeElement">The name of the child element with the type of the body.</param>
    public static BodyShape Read(XElement shape, string typeElement)
    {
        var rewriter = new HtmlRewriter(
            RemovesUnsafeContent: IsTrue("FilterHtmlContent", defaultValue: false),
            DeclaresUtf8: IsTrue("ConvertHtmlCodePageToUTF8", defaultValue: true),
            BlocksExternalImages: IsTrue("BlockExternalImages", defaultValue: false),
            OpensLinksInNewWindow: IsTrue("AddBlankTargetToLinks", defaultValue: false));
        var kilobytes = Child("MaximumBodySize") is { } size ? int.Parse(size, CultureInfo.InvariantCulture) : 0;
        return new BodyShape(Child(typeElement) ?? Best, rewriter, kilobytes > 0 ? (long)kilobytes * Kilobyte : null);

        string? Child(string name) => shape.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim();

        bool IsTrue(string name, bool defaultValue) => Child(name) is { } value ? XmlConvert.ToBoolean(value) : defaultValue;
    }

    /// <summary>Writes the body in this form.</summary>
    public void Write(EwsXmlWriter xml, string element, ItemBody body)
    {
        var converted = Type switch
        {
            "HTML" => body.ToHtml(),
            Text => body.ToText(),
            _ => body,
        };
        if (converted.IsHtml)
            converted = converted with { Content = Rewriter.Rewrite(converted.Content) };
        var written = MaxBytes is { } maximum ? converted.Truncate(maximum) : converted;
        xml.StartType(element);
        xml.Attribute("BodyType", written.Type);
        if (written.Content.Length < converted.Content.Length)
            xml.Attribute("IsTruncated", "true");
        if (written.Content.Length > 0)
            xml.Text(written.Content);
        xml.End();
    }
}
