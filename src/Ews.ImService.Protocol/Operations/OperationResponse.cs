using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations;

/// <summary>The response of an operation.</summary>
/// <param name="Code">The response code; for several messages, the first code that is not a success.</param>
/// <param name="Encode">Returns the whole message in a namespace spelling.</param>
internal sealed record OperationResponse(string Code, Func<SoapWriter, EwsNamespaces, ResponseBody> Encode)
{
    /// <summary>Initializes a response that is written for each request.</summary>
    /// <param name="code">The response code; for several messages, the first code that is not a success.</param>
    /// <param name="write">Writes the response element.</param>
    public OperationResponse(string code, Action<EwsXmlWriter> write)
        : this(code, (writer, namespaces) => writer.WriteResponse(namespaces, write))
    {
    }
}
