using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations;

/// <summary>One EWS operation: its class has the name of its request element.</summary>
internal abstract class EwsOperation
{
    protected EwsOperation() => (Name, ResponseElement) = (GetType().Name, GetType().Name + "Response");

    /// <summary>The request element's local name.</summary>
    public string Name { get; }

    /// <summary>The response element's local name.</summary>
    public virtual string ResponseElement { get; }

    /// <summary>Runs a request that the schema has found valid.</summary>
    /// <returns>What writes the result into the answer, or the error that the operation answers with.</returns>
    public abstract ValueTask<EwsResult<Action<EwsXmlWriter>>> AnswerAsync(RequestReader request, Caller caller, CancellationToken cancellation);
}

/// <summary>An operation as three steps: read the request, run the rule, write its result.</summary>
/// <typeparam name="TRequest">The request's content.</typeparam>
/// <typeparam name="TResult">What the rule returns; <see cref="Done"/> where the answer holds no result.</typeparam>
internal abstract class EwsOperation<TRequest, TResult> : EwsOperation
{
    /// <inheritdoc/>
    public sealed override async ValueTask<EwsResult<Action<EwsXmlWriter>>> AnswerAsync(RequestReader request, Caller caller, CancellationToken cancellation)
    {
        var result = await ExecuteAsync(Read(request), caller, cancellation);
        return result.Select<Action<EwsXmlWriter>>(value => xml => Write(xml, value));
    }

    /// <summary>Reads the request's content.</summary>
    protected abstract TRequest Read(RequestReader request);

    /// <summary>Runs the rule on the caller's mailbox.</summary>
    protected abstract Task<EwsResult<TResult>> ExecuteAsync(TRequest request, Caller caller, CancellationToken cancellation);

    /// <summary>Writes what follows the response code of a success; nothing unless overridden.</summary>
    protected virtual void Write(EwsXmlWriter xml, TResult result)
    {
    }
}
