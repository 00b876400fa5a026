using System.Xml.Linq;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>A request's envelope, read whole.</summary>
/// <param name="Namespaces">The spelling that the operation uses.</param>
/// <param name="Headers">The children of Header.</param>
/// <param name="Body">The children of Body.</param>
/// <param name="Violation">The first violation of the schema inside Body, if there is one.</param>
internal sealed record SoapRequest(
    EwsNamespaces Namespaces,
    IReadOnlyList<XElement> Headers,
    IReadOnlyList<XElement> Body,
    SchemaViolation? Violation);
