using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations;

/// <summary>An operation whose response contains one response message for each part of the request.</summary>
/// <typeparam name="TRequest">The content of one part of the request.</typeparam>
/// <typeparam name="TResult">The content of one response message; <see cref="Done"/> if it has none.</typeparam>
internal abstract class BatchOperation<TRequest, TResult> : EwsOperation<List<EwsResult<TRequest>>, List<EwsResult<TResult>>, TResult>
{
    /// <summary>Reads the parts of the request, in order. A part that cannot be read does not affect the others.</summary>
    protected abstract IEnumerable<EwsResult<TRequest>> ReadParts(RequestReader request);

    /// <inheritdoc/>
    protected sealed override EwsResult<List<EwsResult<TRequest>>> Read(RequestReader request) => ReadParts(request).ToList();

    /// <inheritdoc/>
    /// <remarks>The response code is that of the first message that is not a success.</remarks>
    protected sealed override OperationResponse Respond(EwsResult<List<EwsResult<TResult>>> outcome)
    {
        var results = outcome.Succeeded ? outcome.Value : [outcome.Error];
        var code = results.Select(CodeOf).FirstOrDefault(code => code != ResponseMessageXml.NoError, ResponseMessageXml.NoError);
        return new OperationResponse(code, xml =>
        {
            xml.StartMessage(ResponseElement);
            xml.StartMessage("ResponseMessages");
            foreach (var result in results)
                WriteMessage(xml, Name + "ResponseMessage", result);
            xml.End();
            xml.End();
        });
    }
}
