using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>Reads an envelope through a validating reader.</summary>
/// <remarks>
/// If the operation in the Body belongs to another part of the schema, reading starts again with that part.
/// An XML error anywhere takes precedence over an earlier schema violation, so reading continues after the first violation.
/// Schema violations in the envelope and in headers are ignored: headers have their own rules.
/// </remarks>
internal sealed partial class SoapReader
{
    /// <summary>The envelope namespace of SOAP 1.1.</summary>
    public const string EnvelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/";

    /// <summary>The maximum depth of elements.</summary>
    public const int MaxDepth = 64;

    /// <summary>The maximum number of attributes of an element, including namespace declarations.</summary>
    public const int MaxAttributes = 64;

    private const string DtdProhibited = "DTD is prohibited in this XML document.";

    private readonly RequestText _text;
    private readonly EwsSchema _schema;
    private readonly List<XElement> _headers = [];
    private readonly List<XElement> _body = [];
    private readonly Stack<XElement> _open = new();
    private readonly RequestNames _names = new();
    private EnvelopePart _part;
    private string? _bodyNamespace;
    private bool _headerSeen;
    private bool _bodySeen;
    private bool _invalidEnvelope;
    private SchemaViolation? _violation;
    private EwsSchema? _betterSchema;

    private SoapReader(RequestText text, EwsSchema schema) => (_text, _schema) = (text, schema);

    private enum EnvelopePart
    {
        Outside,
        Envelope,
        Header,
        Body,
        Other,
    }

    /// <summary>Reads the envelope of a request.</summary>
    /// <param name="text">The text of the request.</param>
    /// <returns>
    /// The envelope. Its fault is ErrorSchemaValidation for XML that is not well-formed, and ErrorInvalidRequest for XML that is not
    /// an envelope.
    /// </returns>
    public static SoapEnvelope Read(RequestText text)
    {
        var reader = new SoapReader(text, EwsSchema.First);
        try
        {
            reader.ReadDocument();
            if (reader._betterSchema is { } better)
            {
                reader = new SoapReader(text, better);
                reader.ReadDocument();
            }

            reader = reader.ReadAccepted() ?? reader;
        }
        catch (XmlException e)
        {
            var message = e.Message.StartsWith("For security reasons DTD", StringComparison.Ordinal) ? DtdProhibited : e.Message;
            var violation = new SchemaViolation(e.LineNumber, e.LinePosition, message);
            return SoapEnvelope.Invalid(EwsNamespaces.Guess(text.Text), SoapFault.SchemaValidation(violation));
        }

        if (reader._invalidEnvelope || !reader._bodySeen)
            return SoapEnvelope.Invalid(EwsNamespaces.Guess(text.Text), new SoapFault(EwsError.InvalidRequest));

        var namespaces = EwsNamespaces.OfMessages(reader._bodyNamespace);
        var headers = reader._headers.FindAll(header => !RequestHeader.IsNil(header));
        return new SoapEnvelope(namespaces ?? EwsNamespaces.Guess(text.Text), headers, reader._body)
        {
            Violation = reader._violation,
        };
    }

    /// <summary>Reads a request that violates the published schema again, with the forms that are accepted in addition.</summary>
    /// <returns>The reader of a valid request; otherwise, <c>null</c>.</returns>
    private SoapReader? ReadAccepted()
    {
        if (_violation is null || _body.Count != 1 || _schema.Accepting(_body[0].Name.LocalName) is not { } accepting)
            return null;
        var reader = new SoapReader(_text, accepting);
        reader.ReadDocument();
        return reader._violation is null ? reader : null;
    }

    private void ReadDocument()
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            ValidationType = ValidationType.Schema,
            Schemas = _schema.Set,
        };
        settings.ValidationEventHandler += OnViolation;
        using var text = _text.Open();
        using var xml = XmlReader.Create(text, settings);
        for (var isRead = xml.Read(); isRead && _betterSchema is null; isRead = ReadNext(xml))
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.XmlDeclaration:
                    CheckEncodingName(xml);
                    break;
                case XmlNodeType.Element:
                    StartElement(xml);
                    break;
                case XmlNodeType.EndElement:
                    EndElement(xml.Depth);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    AddText(xml.Value);
                    break;
            }
        }
    }

    /// <summary>
    /// Reads the next node. What is in an element that is too deep is only checked for malformed XML: the time of validation grows with
    /// the square of the depth.
    /// </summary>
    private static bool ReadNext(XmlReader xml)
    {
        try
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth < MaxDepth)
                return xml.Read();
            xml.Skip();
            return !xml.EOF;
        }
        catch (FormatException e)
        {
            // The validator of .NET does not report an xsi:nil that is not a boolean as a violation.
            var position = (IXmlLineInfo)xml;
            throw new XmlException(e.Message, e, position.LineNumber, position.LinePosition);
        }
    }

    /// <summary>Rejects a name that no encoding has, which the reader of .NET ignores because the text is already decoded.</summary>
    /// <remarks>XML 1.0 [81].</remarks>
    private static void CheckEncodingName(XmlReader xml)
    {
        if (xml.GetAttribute("encoding") is not { } name || EncodingName().IsMatch(name))
            return;
        xml.MoveToAttribute("encoding");
        xml.ReadAttributeValue();
        var position = (IXmlLineInfo)xml;
        throw new XmlException($"System does not support '{name}' encoding.", null, position.LineNumber, position.LinePosition);
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex EncodingName();

    private void OnViolation(object? sender, ValidationEventArgs e)
    {
        if (_part == EnvelopePart.Body && _violation is null)
            _violation = new SchemaViolation(e.Exception.LineNumber, e.Exception.LinePosition, e.Message);
    }

    private void StartElement(XmlReader xml)
    {
        if (xml.Depth >= MaxDepth || xml.AttributeCount > MaxAttributes)
            _invalidEnvelope = true;

        if (xml.Depth <= 1)
        {
            StartEnvelopePart(xml);
            if (xml.IsEmptyElement)
                EndElement(xml.Depth);
        }
        else if (_part is EnvelopePart.Header or EnvelopePart.Body && !_invalidEnvelope)
        {
            if (_part == EnvelopePart.Body && _body.Count == 0)
            {
                _bodyNamespace = xml.NamespaceURI;
                _betterSchema = _schema.BetterFor(new XmlQualifiedName(xml.LocalName, xml.NamespaceURI));
            }

            if (_part == EnvelopePart.Body)
                CheckIsValidated(xml);
            AddElement(xml);
        }
    }

    /// <summary>
    /// Checks that the validator knows an element of the Body. Below the envelope, which has no schema, it ignores an element whose
    /// <c>xsi:type</c> names no type, and everything in it.
    /// </summary>
    private void CheckIsValidated(XmlReader xml)
    {
        if (_violation is null && xml.SchemaInfo?.SchemaElement is null && xml is IXmlLineInfo line)
        {
            var message = $"Could not find schema information for the element '{xml.NamespaceURI}:{xml.LocalName}'.";
            _violation = new SchemaViolation(line.LineNumber, line.LinePosition, message);
        }
    }

    private void StartEnvelopePart(XmlReader xml)
    {
        var isSoap = xml.NamespaceURI == EnvelopeNamespace;
        if (xml.Depth == 0)
        {
            _part = EnvelopePart.Envelope;
            _invalidEnvelope |= !isSoap || xml.LocalName != "Envelope";
        }
        else if (isSoap && xml.LocalName == "Header")
        {
            _invalidEnvelope |= _headerSeen || _bodySeen;
            _headerSeen = true;
            _part = EnvelopePart.Header;
        }
        else if (isSoap && xml.LocalName == "Body")
        {
            _invalidEnvelope |= _bodySeen;
            _bodySeen = true;
            _part = EnvelopePart.Body;
        }
        else
        {
            _invalidEnvelope |= !_bodySeen;
            _part = EnvelopePart.Other;
        }
    }

    private void AddElement(XmlReader xml)
    {
        var element = new XElement(_names.Get(xml.LocalName, xml.NamespaceURI, xml.SchemaInfo?.SchemaElement is not null));
        var isEmpty = xml.IsEmptyElement;
        while (xml.MoveToNextAttribute())
        {
            if (xml.NamespaceURI != XNamespace.Xmlns.NamespaceName)
            {
                var name = _names.Get(xml.LocalName, xml.NamespaceURI, xml.SchemaInfo?.SchemaAttribute is not null);
                element.Add(new XAttribute(name, xml.Value));
            }
        }

        if (_open.TryPeek(out var parent))
            parent.Add(element);
        else
            (_part == EnvelopePart.Header ? _headers : _body).Add(element);
        if (!isEmpty)
            _open.Push(element);
    }

    private void EndElement(int depth)
    {
        if (depth > 1)
            _open.TryPop(out _);
        else
            _part = depth == 1 ? EnvelopePart.Envelope : EnvelopePart.Outside;
    }

    private void AddText(string value)
    {
        if (_open.TryPeek(out var parent))
            parent.Add(new XText(value));
        else if (_part != EnvelopePart.Other && !string.IsNullOrWhiteSpace(value))
            _invalidEnvelope = true;
    }
}
