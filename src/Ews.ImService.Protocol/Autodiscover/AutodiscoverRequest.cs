using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Protocol.Autodiscover;

/// <summary>Reads the XML of an Autodiscover request by local names, whatever the namespaces' spelling.</summary>
internal static class AutodiscoverRequest
{
    /// <summary>The most that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The document, or null for what is none.</summary>
    public static XDocument? Read(byte[]? body)
    {
        if (body is null)
            return null;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader);
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The texts of all elements with a name.</summary>
    public static IEnumerable<string> Texts(XDocument document, string name) =>
        document.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value.Trim());
}
