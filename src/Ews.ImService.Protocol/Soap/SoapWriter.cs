using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>Writes SOAP envelopes: the only place that determines envelope and header.</summary>
/// <param name="version">The version of the server.</param>
/// <param name="maxBytes">The length of a response in bytes beyond which it contains errors instead of results.</param>
/// <param name="hasMilliseconds"><c>true</c> if times have milliseconds.</param>
internal sealed class SoapWriter(ServerVersion version, int maxBytes, bool hasMilliseconds = false)
{
    private const string Declaration = """<?xml version="1.0" encoding="utf-8"?>""";
    private const string EnvelopeStart = $"""<s:Envelope xmlns:s="{SoapReader.EnvelopeNamespace}">""";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string Schema = "http://www.w3.org/2001/XMLSchema";

    private SoapWriter? _withMilliseconds;

    private readonly string _httpStart = ResponseStart(version, EwsNamespaces.Http);
    private readonly string _httpsStart = ResponseStart(version, EwsNamespaces.Https);

    /// <summary>Gets the writer of responses whose times have milliseconds.</summary>
    public SoapWriter WithMilliseconds =>
        hasMilliseconds ? this : _withMilliseconds ??= new SoapWriter(version, maxBytes, hasMilliseconds: true);

    /// <summary>Gets a value that indicates whether times have milliseconds.</summary>
    public bool HasMilliseconds => hasMilliseconds;

    /// <summary>Writes the response of an operation.</summary>
    /// <param name="namespaces">The namespace spelling of the request.</param>
    /// <param name="writeBody">Writes the response element.</param>
    public ResponseBody WriteResponse(EwsNamespaces namespaces, Action<EwsXmlWriter> writeBody)
    {
        var output = new ChunkedBuffer();
        var xml = new EwsXmlWriter(output, namespaces) { HasMilliseconds = hasMilliseconds, MaxBytes = maxBytes };
        xml.Raw(namespaces == EwsNamespaces.Https ? _httpsStart : _httpStart);
        writeBody(xml);
        xml.Raw("</s:Body></s:Envelope>");
        return output.ToBody();
    }

    /// <summary>Writes an envelope of a response that consists of several.</summary>
    /// <remarks>
    /// Clients find the envelopes by the text of their tags: the prefix of the root is missing, and there is no declaration, which XML
    /// allows only at the start of a document.
    /// </remarks>
    /// <param name="namespaces">The namespace spelling of the request.</param>
    /// <param name="writeBody">Writes the response element.</param>
    public ResponseBody WriteStreamed(EwsNamespaces namespaces, Action<EwsXmlWriter> writeBody)
    {
        var output = new ChunkedBuffer();
        var xml = new EwsXmlWriter(output, namespaces) { HasMilliseconds = hasMilliseconds };
        xml.Raw($"""<Envelope xmlns="{SoapReader.EnvelopeNamespace}"><s:Header xmlns:s="{SoapReader.EnvelopeNamespace}">""");
        xml.Raw(VersionInfo(version, namespaces));
        xml.Raw($"""</s:Header><s:Body xmlns:s="{SoapReader.EnvelopeNamespace}" xmlns:xsi="{Instance}" xmlns:xsd="{Schema}">""");
        writeBody(xml);
        xml.Raw("</s:Body></Envelope>");
        return output.ToBody();
    }

    /// <summary>Writes a request to a client.</summary>
    /// <param name="writeBody">Writes the request element.</param>
    public ResponseBody WriteRequest(Action<EwsXmlWriter> writeBody)
    {
        var output = new ChunkedBuffer();
        var xml = new EwsXmlWriter(output, EwsNamespaces.Http);
        xml.Raw($"""{Declaration}{EnvelopeStart}<s:Header><t:RequestServerVersion Version="{version.Version}" """);
        xml.Raw($"""xmlns:t="{EwsNamespaces.Http.Types}"/></s:Header><s:Body>""");
        writeBody(xml);
        xml.Raw("</s:Body></s:Envelope>");
        return output.ToBody();
    }

    /// <summary>Writes a SOAP fault. It has no header, and its MessageXml is in the types namespace.</summary>
    /// <param name="namespaces">The namespace spelling of the request.</param>
    /// <param name="fault">The fault.</param>
    public static ResponseBody WriteFault(EwsNamespaces namespaces, SoapFault fault)
    {
        var output = new ChunkedBuffer();
        var xml = new EwsXmlWriter(output, namespaces);
        xml.Raw(Declaration + EnvelopeStart + "<s:Body><s:Fault>");
        xml.Raw(fault.MustUnderstand
            ? "<faultcode>s:MustUnderstand</faultcode>"
            : $"""<faultcode xmlns:a="{namespaces.Types}">a:{fault.Error.Code}</faultcode>""");
        xml.Raw("<faultstring xml:lang=\"en-US\">");
        xml.Text(fault.Text);
        xml.Raw("</faultstring>");
        if (!fault.MustUnderstand)
            WriteDetail(xml, fault);
        xml.Raw("</s:Fault></s:Body></s:Envelope>");
        return output.ToBody();
    }

    private static void WriteDetail(EwsXmlWriter xml, SoapFault fault)
    {
        var errors = xml.Namespaces.Errors;
        xml.Raw($"""<detail><e:ResponseCode xmlns:e="{errors}">{fault.Error.Code}</e:ResponseCode><e:Message xmlns:e="{errors}">""");
        xml.Text(fault.Error.MessageText);
        xml.Raw("</e:Message>");
        if (fault.Violation is not null || fault.Error.Values.Length > 0)
        {
            xml.Raw($"""<t:MessageXml xmlns:t="{xml.Namespaces.Types}">""");
            WriteViolation(xml, fault.Violation);
            ResponseMessageXml.WriteValues(xml, fault.Error.Values, string.Empty);
            xml.Raw("</t:MessageXml>");
        }

        xml.Raw("</detail>");
    }

    private static void WriteViolation(EwsXmlWriter xml, SchemaViolation? violation)
    {
        if (violation is null)
            return;
        xml.Prefixed("LineNumber", violation.LineNumber.ToString(CultureInfo.InvariantCulture));
        xml.Prefixed("LinePosition", violation.LinePosition.ToString(CultureInfo.InvariantCulture));
        xml.Prefixed("Violation", violation.Message);
    }

    private static string ResponseStart(ServerVersion version, EwsNamespaces namespaces) =>
        $"""{Declaration}{EnvelopeStart}<s:Header>{VersionInfo(version, namespaces)}</s:Header>"""
        + $"""<s:Body xmlns:xsi="{Instance}" xmlns:xsd="{Schema}">""";

    private static string VersionInfo(ServerVersion version, EwsNamespaces namespaces)
    {
        var types = namespaces.Types;
        var numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"""MajorVersion="{version.MajorVersion}" MinorVersion="{version.MinorVersion}" """
            + $"""MajorBuildNumber="{version.MajorBuildNumber}" MinorBuildNumber="{version.MinorBuildNumber}" """);
        return $"""<h:ServerVersionInfo {numbers}Version="{version.Version}" """
            + $"""xmlns:h="{types}" xmlns="{types}" xmlns:xsd="{Schema}" xmlns:xsi="{Instance}"/>""";
    }
}
