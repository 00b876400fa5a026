using System.Text;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Autodiscover;

/// <summary>Reads the XML of Autodiscover requests by local names, because namespaces have several spellings.</summary>
internal static class AutodiscoverRequest
{
    /// <summary>The maximum length of a request in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Reads a document.</summary>
    /// <param name="body">The request body, or <c>null</c> if it was too long.</param>
    /// <returns>The document, or <c>null</c> if the body is not an XML document.</returns>
    public static XDocument? Read(byte[]? body)
    {
        if (body is null)
            return null;
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new MemoryStream(body), settings);
            return ReadDocument(reader);
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Reads the elements and their texts.</summary>
    private static XDocument? ReadDocument(XmlReader xml)
    {
        var names = new RequestNames();
        var document = new XDocument();
        XContainer parent = document;
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.Depth >= SoapReader.MaxDepth:
                    return null;
                case XmlNodeType.Element:
                    var element = new XElement(names.Get(xml.LocalName, xml.NamespaceURI));
                    parent.Add(element);
                    parent = xml.IsEmptyElement ? parent : element;
                    break;
                case XmlNodeType.EndElement:
                    parent = (XContainer?)parent.Parent ?? document;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    parent.Add(new XText(xml.Value));
                    break;
            }
        }

        return document;
    }

    /// <summary>Returns the texts of all elements with a local name.</summary>
    public static IEnumerable<string> Texts(XDocument document, string name) =>
        document.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value.Trim());
}
