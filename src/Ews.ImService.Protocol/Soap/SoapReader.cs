using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>Reads an envelope through a validating reader.</summary>
/// <remarks>
/// Whoever finds an operation in the Body that another part of the schema has begins anew with that part.
/// Damage to the XML anywhere wins over a violation of the schema before it, so reading goes on after the first violation.
/// What the validator says of the envelope and of headers is dropped: headers have rules of their own.
/// </remarks>
internal sealed class SoapReader
{
    /// <summary>SOAP 1.1's envelope namespace.</summary>
    public const string EnvelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/";

    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most attributes that one element may have, namespace declarations included.</summary>
    public const int MaxAttributes = 64;

    private const string DtdProhibited = "DTD is prohibited in this XML document.";

    private readonly RequestText _text;
    private readonly EwsSchema _schema;
    private readonly List<XElement> _headers = [];
    private readonly List<XElement> _body = [];
    private readonly Stack<XElement> _open = new();
    private EnvelopePart _part;
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

    /// <summary>Reads a request.</summary>
    /// <param name="text">The request as received.</param>
    /// <param name="request">The envelope, where there is no fault.</param>
    /// <returns>Null, or ErrorSchemaValidation for XML that is not well formed, or ErrorInvalidRequest for what is no envelope.</returns>
    public static SoapFault? Read(RequestText text, out SoapRequest? request)
    {
        var reader = new SoapReader(text, EwsSchema.First);
        request = null;
        try
        {
            reader.ReadDocument();
            if (reader._betterSchema is { } better)
            {
                reader = new SoapReader(text, better);
                reader.ReadDocument();
            }
        }
        catch (XmlException e)
        {
            var message = e.Message.StartsWith("For security reasons DTD", StringComparison.Ordinal) ? DtdProhibited : e.Message;
            return SoapFault.SchemaValidation(new SchemaViolation(e.LineNumber, e.LinePosition, message));
        }

        if (reader._invalidEnvelope || !reader._bodySeen)
            return new SoapFault(EwsError.InvalidRequest);

        var namespaces = reader._body.Count > 0 ? EwsNamespaces.OfMessages(reader._body[0].Name.NamespaceName) : null;
        request = new SoapRequest(namespaces ?? EwsNamespaces.Guess(text.Text), reader._headers, reader._body, reader._violation);
        return null;
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
        settings.ValidationEventHandler += NoteViolation;
        using var text = _text.Open();
        using var xml = XmlReader.Create(text, settings);
        while (_betterSchema is null && xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    StartElement(xml);
                    break;
                case XmlNodeType.EndElement:
                    EndElement(xml.Depth);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    Text(xml.Value);
                    break;
            }
        }
    }

    private void NoteViolation(object? sender, ValidationEventArgs e)
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
                _betterSchema = _schema.BetterFor(new XmlQualifiedName(xml.LocalName, xml.NamespaceURI));
            Keep(xml);
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

    private void Keep(XmlReader xml)
    {
        var element = new XElement(XName.Get(xml.LocalName, xml.NamespaceURI));
        var isEmpty = xml.IsEmptyElement;
        while (xml.MoveToNextAttribute())
        {
            if (xml.NamespaceURI != XNamespace.Xmlns.NamespaceName)
                element.Add(new XAttribute(XName.Get(xml.LocalName, xml.NamespaceURI), xml.Value));
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

    private void Text(string value)
    {
        if (_open.TryPeek(out var parent))
            parent.Add(new XText(value));
        else if (_part != EnvelopePart.Other && !string.IsNullOrWhiteSpace(value))
            _invalidEnvelope = true;
    }
}
