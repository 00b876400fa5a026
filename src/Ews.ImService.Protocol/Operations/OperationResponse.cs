using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations;

/// <summary>The response of an operation.</summary>
/// <param name="Code">The response code; for several messages, the first code that is not a success.</param>
/// <param name="Encode">Returns the whole message in a namespace spelling.</param>
internal sealed record OperationResponse(string Code, Func<SoapWriter, EwsNamespaces, ResponseBody> Encode)
{
    private readonly IEnumerable<string> _codes = [];

    /// <summary>Gets the response code; for several messages, the first code that is not a success.</summary>
    public string Code { get => _codes.FirstOrDefault(code => code != ResponseMessageXml.NoError, field); init; } = Code;

    /// <summary>Initializes a response that is written for each request.</summary>
    /// <param name="code">The response code; for several messages, the first code that is not a success.</param>
    /// <param name="write">Writes the response element.</param>
    public OperationResponse(string code, Action<EwsXmlWriter> write)
        : this(code, (writer, namespaces) => writer.WriteResponse(namespaces, write))
    {
    }

    /// <summary>Initializes a response with several messages, which can still fail while they are written.</summary>
    /// <param name="codes">The response codes of the messages.</param>
    /// <param name="write">Writes the response element.</param>
    public OperationResponse(IEnumerable<string> codes, Action<EwsXmlWriter> write)
        : this(ResponseMessageXml.NoError, write) => _codes = codes;
}
