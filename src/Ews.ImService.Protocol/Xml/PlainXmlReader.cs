using System.Buffers;
using System.Text;
using System.Text.Unicode;
using System.Xml.Linq;
using Ews.ImService.Protocol.Soap;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Reads plain XML, the subset of XML in which clients write requests, from UTF-8.</summary>
/// <remarks>
/// <para>
/// Plain XML has an optional XML declaration, and elements with ASCII names that contain either elements or text. The only attributes with
/// a prefix are namespace declarations and those of SOAP. The only references are the five predefined entities. Text has no carriage
/// return, and an attribute value no other white space than blanks, so that nothing is normalized.
/// </para>
/// <para>
/// Everything else is left to the XML reader of .NET, well-formed or not. The subset is small so that its documents are evidently
/// well-formed.
/// </para>
/// </remarks>
internal ref struct PlainXmlReader
{
    /// <summary>The maximum number of elements, so that little of a large document is read twice.</summary>
    private const int MaxElements = 32;

    private const int MaxDepth = 16;
    private const int MaxAttributes = 8;
    private const int MaxDeclarations = 16;

    private static readonly XNamespace Soap = SoapReader.EnvelopeNamespace;

    /// <summary>The namespaces that are recognized without creating a string.</summary>
    private static readonly (byte[] Uri, XNamespace Namespace)[] KnownNamespaces =
    [
        Known(SoapReader.EnvelopeNamespace),
        Known(EwsNamespaces.Http.Types),
        Known(EwsNamespaces.Http.Messages),
        Known(EwsNamespaces.Https.Types),
        Known(EwsNamespaces.Https.Messages),
    ];

    private static readonly SearchValues<byte> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"u8);

    private readonly ReadOnlySpan<byte> _document;
    private readonly Func<XNamespace, string, int, bool> _isExpected;

    /// <summary>The attributes of the current start tag.</summary>
    private readonly PlainAttribute[] _attributes = new PlainAttribute[MaxAttributes];

    /// <summary>The namespace declarations in scope, from the outermost to the innermost.</summary>
    private readonly PlainAttribute[] _declarations = new PlainAttribute[MaxDeclarations];

    private int _position;
    private int _elements;

    private PlainXmlReader(ReadOnlySpan<byte> document, Func<XNamespace, string, int, bool> isExpected)
    {
        _document = document;
        _isExpected = isExpected;
    }

    /// <summary>Reads a document.</summary>
    /// <param name="document">The document, with or without a byte order mark.</param>
    /// <param name="isExpected">
    /// Returns <c>false</c> to stop at an element, or at an attribute of an element, with a namespace and a local name at a depth, which is
    /// 0 for the root element.
    /// </param>
    /// <returns>
    /// The root element, with text as it is, without white space around elements and without namespace declarations; <c>null</c> if the
    /// document is not plain XML, or if it contains an element that is not expected.
    /// </returns>
    public static XElement? Read(ReadOnlySpan<byte> document, Func<XNamespace, string, int, bool> isExpected)
    {
        var mark = Encoding.UTF8.Preamble;
        return new PlainXmlReader(document.StartsWith(mark) ? document[mark.Length..] : document, isExpected).ReadDocument();
    }

    private static (byte[] Uri, XNamespace Namespace) Known(string uri) => (Encoding.UTF8.GetBytes(uri), uri);

    private XElement? ReadDocument()
    {
        if (At("<?"u8) && !SkipDeclaration())
            return null;
        SkipSpace();
        var root = ReadElement(depth: 0, declared: 0);
        SkipSpace();
        return _position == _document.Length ? root : null;
    }

    /// <summary>Skips the XML declaration of version 1.0 in UTF-8.</summary>
    private bool SkipDeclaration()
    {
        if (!Skip("<?xml"u8) || !SkipSpace() || !SkipAttribute("version"u8, "1.0"u8))
            return false;
        if (SkipSpace() && At("encoding"u8) && !SkipAttribute("encoding"u8, "utf-8"u8))
            return false;
        SkipSpace();
        return Skip("?>"u8);
    }

    private bool SkipAttribute(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCaseValue) =>
        ReadAttribute() is { } attribute
        && !attribute.Name.HasPrefix
        && Get(attribute.Name.Local).SequenceEqual(name)
        && Ascii.EqualsIgnoreCase(Get(attribute.Value), lowerCaseValue);

    private XElement? ReadElement(int depth, int declared)
    {
        if (_elements++ == MaxElements || depth == MaxDepth || !Skip("<"u8))
            return null;
        if (ReadName() is not { } name || !ReadAttributes(out var count, ref declared))
            return null;
        if (CreateElement(name, count, depth, declared) is not { } element)
            return null;
        if (Skip("/>"u8))
            return element;
        return Skip(">"u8) && ReadContent(element, depth, declared) && SkipEndTag(name) ? element : null;
    }

    /// <summary>Reads the attributes of a start tag, and adds its namespace declarations to those in scope.</summary>
    private bool ReadAttributes(out int count, ref int declared)
    {
        count = 0;
        var inherited = declared;
        while (SkipSpace() && !At(">"u8) && !At("/"u8))
        {
            if (ReadAttribute() is not { } attribute)
                return false;
            if (!IsDeclaration(attribute.Name))
            {
                if (count == MaxAttributes)
                    return false;
                _attributes[count++] = attribute;
            }
            else if (declared == MaxDeclarations || !CanDeclare(attribute, inherited, declared))
            {
                return false;
            }
            else
            {
                _declarations[declared++] = attribute;
            }
        }

        return true;
    }

    private readonly bool IsDeclaration(PlainName name) => Get(name.HasPrefix ? name.Prefix : name.Local).SequenceEqual("xmlns"u8);

    /// <summary>
    /// Returns <c>true</c> for a declaration of a namespace whose prefix and URI are not reserved, and which is not repeated.
    /// </summary>
    private readonly bool CanDeclare(PlainAttribute declaration, int inherited, int declared)
    {
        var prefix = DeclaredPrefix(declaration);
        for (var i = inherited; i < declared; i++)
        {
            if (DeclaredPrefix(_declarations[i]).SequenceEqual(prefix))
                return false;
        }

        var uri = Get(declaration.Value);
        return !(prefix.Length >= 3 && Ascii.EqualsIgnoreCase(prefix[..3], "xml"u8))
            && !uri.IsEmpty
            && !uri.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            && !uri.Contains((byte)'&')
            && !uri.StartsWith("http://www.w3.org/XML/"u8)
            && !uri.StartsWith("http://www.w3.org/2000/xmlns"u8);
    }

    /// <summary>Returns the prefix that a declaration declares; empty for the default namespace.</summary>
    private readonly ReadOnlySpan<byte> DeclaredPrefix(PlainAttribute declaration) =>
        declaration.Name.HasPrefix ? Get(declaration.Name.Local) : [];

    private readonly XElement? CreateElement(PlainName name, int attributes, int depth, int declared)
    {
        if (FindNamespace(name, declared) is not { } space || CreateName(space, name, depth) is not { } elementName)
            return null;
        var element = new XElement(elementName);
        for (var i = 0; i < attributes; i++)
        {
            var attribute = _attributes[i];
            var attributeSpace = attribute.Name.HasPrefix ? FindNamespace(attribute.Name, declared) : XNamespace.None;
            if (attributeSpace is null || (attribute.Name.HasPrefix && attributeSpace != Soap))
                return null;
            if (CreateName(attributeSpace, attribute.Name, depth) is not { } attributeName || element.Attribute(attributeName) is not null)
                return null;
            if (Decode(attribute.Value, isAttribute: true) is not { } value)
                return null;
            element.Add(new XAttribute(attributeName, value));
        }

        return element;
    }

    private readonly XName? CreateName(XNamespace space, PlainName name, int depth)
    {
        var local = Encoding.UTF8.GetString(Get(name.Local));
        return _isExpected(space, local, depth) ? space + local : null;
    }

    /// <summary>Returns the namespace of a prefix, or <c>null</c> if the prefix is not declared.</summary>
    private readonly XNamespace? FindNamespace(PlainName name, int declared)
    {
        var prefix = name.HasPrefix ? Get(name.Prefix) : [];
        for (var i = declared - 1; i >= 0; i--)
        {
            if (DeclaredPrefix(_declarations[i]).SequenceEqual(prefix))
                return NamespaceOf(Get(_declarations[i].Value));
        }

        return name.HasPrefix ? null : XNamespace.None;
    }

    private static XNamespace NamespaceOf(ReadOnlySpan<byte> uri)
    {
        foreach (var known in KnownNamespaces)
        {
            if (uri.SequenceEqual(known.Uri))
                return known.Namespace;
        }

        return Encoding.UTF8.GetString(uri);
    }

    private bool ReadContent(XElement element, int depth, int declared)
    {
        var start = _position;
        SkipSpace();
        if (!At("<"u8) || At("</"u8))
            return ReadText(element, start);
        while (!At("</"u8))
        {
            if (ReadElement(depth + 1, declared) is not { } child)
                return false;
            element.Add(child);
            SkipSpace();
        }

        return true;
    }

    private bool ReadText(XElement element, int start)
    {
        var length = _document[start..].IndexOf((byte)'<');
        if (length < 0 || Decode(new Part(start, length), isAttribute: false) is not { } text)
            return false;
        if (text.Length > 0)
            element.Value = text;
        _position = start + length;
        return true;
    }

    private bool SkipEndTag(PlainName name)
    {
        if (!Skip("</"u8) || ReadName() is not { } end || !Get(end.Whole).SequenceEqual(Get(name.Whole)))
            return false;
        SkipSpace();
        return Skip(">"u8);
    }

    private PlainAttribute? ReadAttribute()
    {
        if (ReadName() is not { } name)
            return null;
        SkipSpace();
        if (!Skip("="u8))
            return null;
        SkipSpace();
        if (!At("\""u8) && !At("'"u8))
            return null;
        var quote = _document[_position++];
        var length = _document[_position..].IndexOfAny(quote, (byte)'<');
        if (length < 0 || _document[_position + length] != quote)
            return null;
        var value = new Part(_position, length);
        _position += length + 1;
        return new PlainAttribute(name, value);
    }

    /// <summary>Reads a name with at most one prefix.</summary>
    private PlainName? ReadName()
    {
        if (ReadNamePart() is not { } first)
            return null;
        if (!Skip(":"u8))
            return new PlainName(new Part(first.Start, 0), first);
        return ReadNamePart() is { } second ? new PlainName(first, second) : null;
    }

    private Part? ReadNamePart()
    {
        var rest = _document[_position..];
        if (rest.IsEmpty || !(char.IsAsciiLetter((char)rest[0]) || rest[0] == '_'))
            return null;
        var length = rest.IndexOfAnyExcept(NameCharacters);
        if (length < 0)
            return null;
        var part = new Part(_position, length);
        _position += length;
        return part;
    }

    /// <summary>Returns the text of a part, or <c>null</c> if it has characters or references that plain XML does not have.</summary>
    private readonly string? Decode(Part part, bool isAttribute)
    {
        var bytes = Get(part);
        if (bytes.IsEmpty)
            return string.Empty;
        var hasReferences = false;
        var isAscii = true;
        foreach (var value in bytes)
        {
            if (value < ' ' && (isAttribute || value is not ((byte)'\t' or (byte)'\n')))
                return null;
            hasReferences |= value == '&';
            isAscii &= value < 0x80;
        }

        if (!isAscii && !(Utf8.IsValid(bytes) && bytes.IndexOf("\uFFFE"u8) < 0 && bytes.IndexOf("\uFFFF"u8) < 0))
            return null;
        if (!isAttribute && bytes.IndexOf("]]>"u8) >= 0)
            return null;
        var text = Encoding.UTF8.GetString(bytes);
        return hasReferences ? ReplaceReferences(text) : text;
    }

    private static string? ReplaceReferences(string text)
    {
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (var start = rest.IndexOf('&'); start >= 0; start = rest.IndexOf('&'))
        {
            result.Append(rest[..start]);
            rest = rest[(start + 1)..];
            var end = rest.IndexOf(';');
            char? character = end < 0 ? null : rest[..end] switch
            {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => null,
            };
            if (character is null)
                return null;
            result.Append(character);
            rest = rest[(end + 1)..];
        }

        return result.Append(rest).ToString();
    }

    private readonly ReadOnlySpan<byte> Get(Part part) => _document.Slice(part.Start, part.Length);

    private readonly bool At(ReadOnlySpan<byte> token) => _document[_position..].StartsWith(token);

    private bool Skip(ReadOnlySpan<byte> token)
    {
        if (!At(token))
            return false;
        _position += token.Length;
        return true;
    }

    /// <summary>Skips white space.</summary>
    /// <returns><c>true</c> if there was any.</returns>
    private bool SkipSpace()
    {
        var start = _position;
        while (_position < _document.Length && _document[_position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            _position++;
        return _position > start;
    }

    /// <summary>A part of the document.</summary>
    private readonly record struct Part(int Start, int Length);

    /// <summary>A name. Its prefix is empty if it has none.</summary>
    private readonly record struct PlainName(Part Prefix, Part Local)
    {
        public bool HasPrefix => Prefix.Length > 0;

        public Part Whole => new(Prefix.Start, Local.Start + Local.Length - Prefix.Start);
    }

    private readonly record struct PlainAttribute(PlainName Name, Part Value);
}
