using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes elements straight to UTF-8, each namespace as the default one where it changes, after the attributes, as Exchange does.</summary>
/// <remarks>Characters that XML 1.0 forbids are left out of texts and attribute values, so that every answer is well formed.</remarks>
internal sealed class EwsXmlWriter(IBufferWriter<byte> output, EwsNamespaces namespaces)
{
    private static readonly SearchValues<char> NeedsCare = SearchValues.Create(Enumerable.Range(0, 0x20).Select(c => (char)c)
        .Concat(['&', '<', '>', '"', '\uFFFE', '\uFFFF']).Concat(Enumerable.Range(0xD800, 0x800).Select(c => (char)c)).ToArray());

    private readonly Stack<(string Name, string Namespace)> _open = new();
    private bool _inStartTag;
    private string? _pendingNamespace;

    /// <summary>The spelling of the Exchange namespaces in this answer.</summary>
    public EwsNamespaces Namespaces { get; } = namespaces;

    /// <summary>Opens an element of the messages namespace.</summary>
    public void StartMessage(string name) => Start(name, Namespaces.Messages);

    /// <summary>Opens an element of the types namespace.</summary>
    public void StartType(string name) => Start(name, Namespaces.Types);

    /// <summary>An element of the types namespace with text alone.</summary>
    public void Type(string name, string text) => Whole(name, Namespaces.Types, text);

    /// <summary>An element of the messages namespace with text alone.</summary>
    public void Message(string name, string text) => Whole(name, Namespaces.Messages, text);

    /// <summary>A boolean of the types namespace, written <c>true</c> or <c>false</c>: clients compare the text.</summary>
    public void Type(string name, bool value) => Type(name, value ? "true" : "false");

    /// <summary>A time in whole seconds, UTC.</summary>
    public static string Format(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An element of the types namespace under the prefix <c>t</c>, which has to be bound: what Exchange writes into MessageXml.</summary>
    public void Prefixed(string name, string text) => Prefixed(name, string.Empty, text);

    /// <summary>As <see cref="Prefixed(string, string)"/>, with attributes, written as they are.</summary>
    public void Prefixed(string name, string attributes, string text)
    {
        CloseStartTag();
        Raw($"<t:{name}{attributes}>");
        Escaped(text, inAttribute: false);
        Raw($"</t:{name}>");
    }

    /// <summary>An attribute of the element just opened.</summary>
    public void Attribute(string name, string value)
    {
        Raw(" ");
        Raw(name);
        Raw("=\"");
        Escaped(value, inAttribute: true);
        Raw("\"");
    }

    /// <summary>Text of the open element.</summary>
    public void Text(string text)
    {
        CloseStartTag();
        Escaped(text, inAttribute: false);
    }

    /// <summary>Closes the element opened last.</summary>
    public void End()
    {
        var (name, _) = _open.Pop();
        if (_inStartTag)
        {
            FinishStartTag("/>");
            return;
        }

        Raw("</");
        Raw(name);
        Raw(">");
    }

    /// <summary>Markup written as it is, between elements.</summary>
    public void Raw(string markup) => Encoding.UTF8.GetBytes(markup, output);

    private void Start(string name, string ns)
    {
        CloseStartTag();
        Raw("<");
        Raw(name);
        _pendingNamespace = _open.TryPeek(out var parent) && parent.Namespace == ns ? null : ns;
        _open.Push((name, ns));
        _inStartTag = true;
    }

    private void Whole(string name, string ns, string text)
    {
        Start(name, ns);
        if (text.Length > 0)
            Text(text);
        End();
    }

    private void CloseStartTag()
    {
        if (_inStartTag)
            FinishStartTag(">");
    }

    private void FinishStartTag(string end)
    {
        _inStartTag = false;
        if (_pendingNamespace is not null)
        {
            Raw(" xmlns=\"");
            Raw(_pendingNamespace);
            Raw("\"");
        }

        Raw(end);
    }

    private void Escaped(ReadOnlySpan<char> text, bool inAttribute)
    {
        while (text.IndexOfAny(NeedsCare) is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(text[..at], output);
            var taken = 1;
            switch (text[at])
            {
                case '&': Raw("&amp;"); break;
                case '<': Raw("&lt;"); break;
                case '>': Raw("&gt;"); break;
                case '"': Raw(inAttribute ? "&quot;" : "\""); break;
                case '\r': Raw("&#xD;"); break;
                case '\n': Raw(inAttribute ? "&#xA;" : "\n"); break;
                case '\t': Raw(inAttribute ? "&#x9;" : "\t"); break;
                case var high when char.IsHighSurrogate(high) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]):
                    Encoding.UTF8.GetBytes(text.Slice(at, 2), output);
                    taken = 2;
                    break;
            }

            text = text[(at + taken)..];
        }

        Encoding.UTF8.GetBytes(text, output);
    }
}
