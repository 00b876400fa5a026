using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations;

/// <summary>The response of an operation.</summary>
/// <param name="Code">The response code; for several messages, the first code that is not a success.</param>
/// <param name="Write">Writes the response element.</param>
internal sealed record OperationResponse(string Code, Action<EwsXmlWriter> Write);
