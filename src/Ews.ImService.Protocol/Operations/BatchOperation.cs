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

    /// <summary>
    /// Gets a value that indicates whether the results beyond <see cref="EwsOptions.MaxResponseBytes"/> are replaced with errors, which an
    /// operation that changes the mailbox must not do; the default is <c>false</c>.
    /// </summary>
    protected virtual bool HasLimitedResponse => false;

    /// <inheritdoc/>
    protected sealed override EwsResult<List<EwsResult<TRequest>>> Read(RequestReader request) => ReadParts(request).ToList();

    /// <inheritdoc/>
    /// <remarks>The response code is that of the first message that is not a success.</remarks>
    protected sealed override OperationResponse Respond(EwsResult<List<EwsResult<TResult>>> outcome)
    {
        var results = outcome.Succeeded ? outcome.Value : [outcome.Error];
        return new OperationResponse(results.Select(CodeOf), xml =>
        {
            xml.StartMessage(ResponseElement);
            xml.StartMessage("ResponseMessages");
            for (var i = 0; i < results.Count; i++)
            {
                if (HasLimitedResponse && xml.IsFull && results[i].Succeeded)
                    results[i] = EwsError.ResponseTooLarge;
                WriteMessage(xml, Name + "ResponseMessage", results[i]);
            }

            xml.End();
            xml.End();
        });
    }
}
