using System.Buffers;
using System.Globalization;
using System.Text;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Xml;

/// <summary>
/// Writes elements as UTF-8. As in Exchange, a namespace is declared as the default namespace where it changes, after the attributes.
/// </summary>
/// <remarks>
/// Characters that XML 1.0 does not allow are omitted from texts and attribute values, so that every response is
/// well-formed.
/// </remarks>
internal sealed class EwsXmlWriter
{
    /// <summary>Control characters, markup, surrogates and the two noncharacters that XML does not allow.</summary>
    private static readonly SearchValues<char> NeedsEscaping = SearchValues.Create(
        [
            '&', '<', '>', '"', '\uFFFE', '\uFFFF',
            .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0xD800, 0x800)).Select(c => (char)c),
        ]);

    /// <summary>ASCII that needs no escaping: the whole of most texts and attribute values.</summary>
    private static readonly SearchValues<char> NeedsNoEscaping =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Except("&<>\"")]);

    private const int MaxBytesPerChar = 3;
    private const int ShortText = 512;

    private readonly ChunkedBuffer _output;
    private readonly Stack<(string Name, string Namespace)> _open = new();
    private bool _inStartTag;
    private string? _pendingNamespace;

    /// <summary>Initializes a writer of a whole message.</summary>
    public EwsXmlWriter(ChunkedBuffer output, EwsNamespaces namespaces) => (_output, Namespaces) = (output, namespaces);

    /// <summary>Gets the spelling of the namespaces of Exchange.</summary>
    public EwsNamespaces Namespaces { get; }

    /// <summary>Gets a value that indicates whether times have milliseconds; the default is <c>false</c>.</summary>
    /// <remarks>Learn: "DateTimePrecision".</remarks>
    public bool HasMilliseconds { get; init; }

    /// <summary>
    /// Gets the length of the message in bytes from which on <see cref="IsFull"/> is <c>true</c>; the default is 2,147,483,647.
    /// </summary>
    public int MaxBytes { get; init; } = int.MaxValue;

    /// <summary>Gets a value that indicates whether the message has the maximum length or more.</summary>
    public bool IsFull => _output.Length >= MaxBytes;

    /// <summary>Creates a writer of elements that are inserted into an element of the types namespace.</summary>
    public static EwsXmlWriter CreateForTypes(ChunkedBuffer output, EwsNamespaces namespaces, bool hasMilliseconds)
    {
        var writer = new EwsXmlWriter(output, namespaces) { HasMilliseconds = hasMilliseconds };
        writer._open.Push((string.Empty, namespaces.Types));
        return writer;
    }

    /// <summary>Starts an element in the messages namespace.</summary>
    public void StartMessage(string name) => Start(name, Namespaces.Messages);

    /// <summary>Starts an element in the types namespace.</summary>
    public void StartType(string name) => Start(name, Namespaces.Types);

    /// <summary>Writes an element in the types namespace that contains only text.</summary>
    public void Type(string name, string text) => WriteElement(name, Namespaces.Types, text);

    /// <summary>Writes a time as an element in the types namespace.</summary>
    public void Type(string name, DateTime utc) => Type(name, FormatTime(utc));

    /// <summary>Returns a time with the precision that the client requests. It is cut, not rounded.</summary>
    public string FormatTime(DateTime utc) => HasMilliseconds ? Milliseconds.Format(utc) : WholeSeconds.Format(utc);

    /// <summary>Returns a time with the precision that the client requests; a text that is not a time is returned unchanged.</summary>
    public string FormatTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? FormatTime(time.UtcDateTime)
            : text;

    /// <summary>Writes an element in the messages namespace that contains only text.</summary>
    public void Message(string name, string text) => WriteElement(name, Namespaces.Messages, text);

    /// <summary>Writes a boolean element in the types namespace as <c>true</c> or <c>false</c>: clients compare the text.</summary>
    public void Type(string name, bool value) => Type(name, value ? "true" : "false");

    /// <summary>
    /// Writes an element with the prefix <c>t</c>, which must be bound to the types namespace. Exchange uses the prefix
    /// in MessageXml.
    /// </summary>
    public void Prefixed(string name, string text) => Prefixed(name, string.Empty, text);

    /// <inheritdoc cref="Prefixed(string, string)"/>
    /// <param name="name">The local name.</param>
    /// <param name="attributes">The attributes as markup, with a leading space.</param>
    /// <param name="text">The text.</param>
    public void Prefixed(string name, string attributes, string text)
    {
        CloseStartTag();
        Raw($"<t:{name}{attributes}>");
        WriteEscaped(text, inAttribute: false);
        Raw($"</t:{name}>");
    }

    /// <summary>Writes an attribute of the element that was started last.</summary>
    public void Attribute(string name, string value)
    {
        Raw(" "u8, name, "=\""u8);
        WriteEscaped(value, inAttribute: true);
        Raw("\""u8);
    }

    /// <summary>Writes text in the current element.</summary>
    public void Text(string text)
    {
        CloseStartTag();
        WriteEscaped(text, inAttribute: false);
    }

    /// <summary>Ends the current element.</summary>
    public void End()
    {
        var (name, _) = _open.Pop();
        if (_inStartTag)
        {
            FinishStartTag("/>"u8);
            return;
        }

        Raw("</"u8, name, ">"u8);
    }

    /// <summary>Writes markup without escaping it.</summary>
    public void Raw(string markup) => WriteText(markup);

    /// <summary>Inserts elements of the types namespace that another writer has written. The bytes are not copied.</summary>
    public void Insert(ReadOnlyMemory<byte> elements)
    {
        CloseStartTag();
        _output.Insert(elements);
    }

    private void Start(string name, string ns)
    {
        CloseStartTag();
        Raw("<"u8, name, ""u8);
        _pendingNamespace = _open.TryPeek(out var parent) && parent.Namespace == ns ? null : ns;
        _open.Push((name, ns));
        _inStartTag = true;
    }

    private void WriteElement(string name, string ns, string text)
    {
        Start(name, ns);
        if (text.Length > 0)
            Text(text);
        End();
    }

    private void CloseStartTag()
    {
        if (_inStartTag)
            FinishStartTag(">"u8);
    }

    private void FinishStartTag(ReadOnlySpan<byte> end)
    {
        _inStartTag = false;
        if (_pendingNamespace is not null)
            Raw(" xmlns=\""u8, _pendingNamespace, "\""u8);

        Raw(end);
    }

    private void WriteEscaped(ReadOnlySpan<char> text, bool inAttribute)
    {
        if (!text.ContainsAnyExcept(NeedsNoEscaping))
        {
            WriteText(text);
            return;
        }

        while (text.IndexOfAny(NeedsEscaping) is >= 0 and var at)
        {
            WriteText(text[..at]);
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
                    WriteText(text.Slice(at, 2));
                    taken = 2;
                    break;
            }

            text = text[(at + taken)..];
        }

        WriteText(text);
    }

    private void Raw(ReadOnlySpan<byte> markup)
    {
        markup.CopyTo(_output.GetSpan(markup.Length));
        _output.Advance(markup.Length);
    }

    private void Raw(ReadOnlySpan<byte> before, string name, ReadOnlySpan<byte> after)
    {
        var span = _output.GetSpan(before.Length + (name.Length * MaxBytesPerChar) + after.Length);
        before.CopyTo(span);
        var length = before.Length + Encoding.UTF8.GetBytes(name, span[before.Length..]);
        after.CopyTo(span[length..]);
        _output.Advance(length + after.Length);
    }

    /// <summary>Writes characters. Short texts are not counted first, because the maximum size is usually available.</summary>
    private void WriteText(ReadOnlySpan<char> text)
    {
        if (text.Length <= ShortText)
            _output.Advance(Encoding.UTF8.GetBytes(text, _output.GetSpan(text.Length * MaxBytesPerChar)));
        else
            Encoding.UTF8.GetBytes(text, _output);
    }
}
