using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Recording;

/// <summary>Reads the SOAP envelopes of requests and responses.</summary>
internal static class SoapXml
{
    /// <summary>The operation whose response consists of several envelopes.</summary>
    public const string StreamingOperation = "GetStreamingEvents";

    private const int MaxDepth = 256;
    private const string NoError = "NoError";
    private const string RequestSuffix = "Request";

    private static readonly string[] Addresses = ["PrimarySmtpAddress", "SmtpAddress", "PrincipalName"];

    /// <summary>Parses a body.</summary>
    /// <param name="body">The body; <c>null</c> if it is not text.</param>
    /// <param name="isStream"><c>true</c> to read the first of several envelopes; otherwise, <c>false</c>.</param>
    /// <returns>The element; <c>null</c> if the body is not well-formed XML, or is nested too deeply.</returns>
    public static XElement? Parse(string? body, bool isStream = false)
    {
        if (string.IsNullOrWhiteSpace(body))
            return null;
        try
        {
            if (!IsReadable(body, isStream))
                return null;
            using var reader = CreateReader(body);
            reader.MoveToContent();
            return XElement.Load(reader.ReadSubtree());
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Returns the operation of a request; <c>null</c> if it has none.</summary>
    public static string? OperationOf(XElement? request)
    {
        var name = Children(request, "Body").Elements().FirstOrDefault()?.Name.LocalName;
        return name is not null && name.EndsWith(RequestSuffix, StringComparison.Ordinal) ? name[..^RequestSuffix.Length] : name;
    }

    /// <summary>Returns the address of the user that a request impersonates; <c>null</c> if it impersonates none.</summary>
    public static string? ImpersonatedAddressOf(XElement? request) => Children(request, "Header")
        .Descendants().Where(element => element.Name.LocalName == "ConnectingSID").Elements()
        .FirstOrDefault(element => Addresses.Contains(element.Name.LocalName))?.Value.Trim();

    /// <summary>Returns the response code of a response: of several, the first one that is not a success.</summary>
    public static string? ResponseCodeOf(XElement? response)
    {
        var codes = response?.Descendants()
            .Where(element => element.Name.LocalName == "ResponseCode").Select(element => element.Value).ToList();
        return codes?.Find(code => code != NoError) ?? codes?.FirstOrDefault();
    }

    private static IEnumerable<XElement> Children(XElement? envelope, string name) =>
        envelope?.Elements().Where(element => element.Name.LocalName == name) ?? [];

    /// <summary>Reads a body, or the first element of a stream, and verifies its depth.</summary>
    private static bool IsReadable(string body, bool isStream)
    {
        using var reader = CreateReader(body);
        reader.MoveToContent();
        using var content = isStream ? reader.ReadSubtree() : reader;
        do
        {
            if (content.Depth > MaxDepth)
                return false;
        }
        while (content.Read());
        return true;
    }

    private static XmlReader CreateReader(string body) => XmlReader.Create(
        new StringReader(body.TrimStart('\uFEFF')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
}
