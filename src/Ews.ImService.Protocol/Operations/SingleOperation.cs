using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations;

/// <summary>An operation whose response element is its only response message.</summary>
/// <typeparam name="TRequest">The content of the request.</typeparam>
/// <typeparam name="TResult">The content of the response; <see cref="Done"/> if it has none.</typeparam>
internal abstract class SingleOperation<TRequest, TResult> : EwsOperation<TRequest, TResult, TResult>
{
    /// <inheritdoc/>
    protected override OperationResponse Respond(EwsResult<TResult> outcome) =>
        new(CodeOf(outcome), xml => WriteMessage(xml, ResponseElement, outcome));
}
