using System.Xml.Linq;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>The SOAP envelope of a request.</summary>
/// <param name="Namespaces">The namespace spelling of the request.</param>
/// <param name="Headers">The children of Header.</param>
/// <param name="Body">The children of Body.</param>
internal sealed record SoapEnvelope(EwsNamespaces Namespaces, IReadOnlyList<XElement> Headers, IReadOnlyList<XElement> Body)
{
    /// <summary>Gets the fault of a text that is not an envelope, or <c>null</c>.</summary>
    public SoapFault? Fault { get; init; }

    /// <summary>Gets the first schema violation inside Body, or <c>null</c>.</summary>
    public SchemaViolation? Violation { get; init; }

    /// <summary>Creates the envelope of a text that is not an envelope.</summary>
    public static SoapEnvelope Invalid(EwsNamespaces namespaces, SoapFault fault) => new(namespaces, [], []) { Fault = fault };
}
