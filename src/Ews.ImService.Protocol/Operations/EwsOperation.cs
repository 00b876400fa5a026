using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations;

/// <summary>An EWS operation. The name of the class is the name of the operation.</summary>
internal abstract class EwsOperation
{
    protected EwsOperation() => (Name, ResponseElement) = (GetType().Name, GetType().Name + "Response");

    /// <summary>Gets the name of the operation.</summary>
    public string Name { get; }

    /// <summary>Gets the local name of the request element; the default is <see cref="Name"/>.</summary>
    public virtual string RequestElement => Name;

    /// <summary>Gets the local name of the response element; the default is <see cref="Name"/> followed by <c>Response</c>.</summary>
    public virtual string ResponseElement { get; }

    /// <summary>Gets the oldest RequestServerVersion that has the operation; the default is <c>Exchange2013</c>.</summary>
    public virtual string SinceVersion => "Exchange2013";

    /// <summary>Gets the SOAP headers that the contract declares for a request, in the order of Exchange's contract.</summary>
    public virtual IReadOnlyList<string> Headers => ["ExchangeImpersonation", "MailboxCulture", "RequestServerVersion"];

    /// <summary>
    /// Gets the unsupported parts of the operation, as sentences for the documentation; <c>null</c> if everything is
    /// supported.
    /// </summary>
    public virtual string? Limitations => null;

    /// <summary>Reads a request that is valid against the schema, executes it and returns the response.</summary>
    public abstract ValueTask<OperationResponse> RespondAsync(RequestReader request, Caller caller, CancellationToken cancellationToken);

    /// <summary>Returns an error response without executing the operation.</summary>
    public abstract OperationResponse Reject(EwsError error);
}

/// <summary>An operation in three steps: read the request, execute it, write the response messages.</summary>
/// <remarks>
/// <see cref="SingleOperation{TRequest, TResult}"/> and <see cref="BatchOperation{TRequest, TResult}"/> differ in the number of response
/// messages: the response of the former is one message, the response of the latter contains one for each part of the request.
/// </remarks>
/// <typeparam name="TRequest">The content of the request.</typeparam>
/// <typeparam name="TOutcome">The outcome of the execution: one result, or one for each part of the request.</typeparam>
/// <typeparam name="TResult">The content of one response message; <see cref="Done"/> if it has none.</typeparam>
internal abstract class EwsOperation<TRequest, TOutcome, TResult> : EwsOperation
{
    /// <inheritdoc/>
    public sealed override async ValueTask<OperationResponse> RespondAsync(
        RequestReader request, Caller caller, CancellationToken cancellationToken)
    {
        var read = Read(request);
        return Respond(read.Succeeded ? await ExecuteAsync(read.Value, caller, cancellationToken) : read.Error);
    }

    /// <inheritdoc/>
    public sealed override OperationResponse Reject(EwsError error) => Respond(error);

    /// <summary>Reads the content of the request.</summary>
    protected abstract EwsResult<TRequest> Read(RequestReader request);

    /// <summary>Executes the request on the mailbox of the caller.</summary>
    protected abstract Task<EwsResult<TOutcome>> ExecuteAsync(TRequest request, Caller caller, CancellationToken cancellationToken);

    /// <summary>Creates the response from the outcome, or from an error of the whole request.</summary>
    protected abstract OperationResponse Respond(EwsResult<TOutcome> outcome);

    /// <summary>Returns the warning of a result that is only a partial success; <c>null</c> unless overridden.</summary>
    protected virtual EwsError? WarningOf(TResult result) => null;

    /// <summary>Writes the content of a response message after its response code; nothing unless overridden.</summary>
    protected virtual void Write(EwsXmlWriter xml, TResult result)
    {
    }

    /// <summary>Writes the elements that the schema also requires in an error message; nothing unless overridden.</summary>
    protected virtual void WriteAfterError(EwsXmlWriter xml)
    {
    }

    /// <summary>Returns the response code of a result.</summary>
    protected string CodeOf(EwsResult<TResult> result) =>
        result.Match(value => WarningOf(value)?.Code ?? ResponseMessageXml.NoError, error => error.Code);

    /// <summary>Writes the response message of a result.</summary>
    protected void WriteMessage(EwsXmlWriter xml, string element, EwsResult<TResult> result)
    {
        if (!result.Succeeded)
            ResponseMessageXml.WriteError(xml, element, result.Error, () => WriteAfterError(xml));
        else if (WarningOf(result.Value) is { } warning)
            ResponseMessageXml.WriteWarning(xml, element, warning, () => Write(xml, result.Value));
        else
            ResponseMessageXml.WriteSuccess(xml, element, () => Write(xml, result.Value));
    }
}
