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

    /// <summary>The oldest RequestServerVersion that has the operation.</summary>
    public virtual string SinceVersion => "Exchange2013";

    /// <summary>The SOAP headers that the contract declares for a request, in Exchange's order.</summary>
    public virtual IReadOnlyList<string> Headers => ["ExchangeImpersonation", "MailboxCulture", "RequestServerVersion"];

    /// <summary>What of it is not supported here, in sentences for the list of operations; null where all of it is.</summary>
    public virtual string? Limits => null;

    /// <summary>Answers with an error instead of running.</summary>
    public abstract OperationAnswer Refuse(EwsError error);

    /// <summary>Runs a request that the schema has found valid.</summary>
    public abstract ValueTask<OperationAnswer> AnswerAsync(RequestReader request, Caller caller, CancellationToken cancellation);
}

/// <summary>What an operation answers.</summary>
/// <param name="Code">Its response code; of several, the first that is no success.</param>
/// <param name="Write">Writes the response element.</param>
internal sealed record OperationAnswer(string Code, Action<EwsXmlWriter> Write)
{
    /// <summary>The code of a success.</summary>
    public const string NoError = ResponseMessageXml.NoError;
}

/// <summary>An operation as three steps: read the request, run the rule, write its result.</summary>
/// <typeparam name="TRequest">The request's content.</typeparam>
/// <typeparam name="TResult">What the rule returns; <see cref="Done"/> where the answer holds no result.</typeparam>
internal abstract class EwsOperation<TRequest, TResult> : EwsOperation
{
    /// <inheritdoc/>
    public sealed override async ValueTask<OperationAnswer> AnswerAsync(RequestReader request, Caller caller, CancellationToken cancellation)
    {
        var result = await ExecuteAsync(Read(request), caller, cancellation);
        return result.Succeeded
            ? new OperationAnswer(OperationAnswer.NoError, xml => ResponseMessageXml.WriteSuccess(xml, ResponseElement, () => Write(xml, result.Value)))
            : Refuse(result.Error);
    }

    /// <inheritdoc/>
    public sealed override OperationAnswer Refuse(EwsError error) =>
        new(error.Code, xml => ResponseMessageXml.WriteError(xml, ResponseElement, error, () => WriteAfterError(xml)));

    /// <summary>Reads the request's content.</summary>
    protected abstract TRequest Read(RequestReader request);

    /// <summary>Runs the rule on the caller's mailbox.</summary>
    protected abstract Task<EwsResult<TResult>> ExecuteAsync(TRequest request, Caller caller, CancellationToken cancellation);

    /// <summary>Writes what follows the response code of a success; nothing unless overridden.</summary>
    protected virtual void Write(EwsXmlWriter xml, TResult result)
    {
    }

    /// <summary>Writes what the schema wants behind an error too; nothing unless overridden.</summary>
    protected virtual void WriteAfterError(EwsXmlWriter xml)
    {
    }
}

/// <summary>An operation that answers each thing that it is asked with a response message of its own.</summary>
/// <typeparam name="TRequest">The request's content.</typeparam>
/// <typeparam name="TResult">What the rule returns for each; <see cref="Done"/> where a message holds no result.</typeparam>
internal abstract class BatchOperation<TRequest, TResult> : EwsOperation
{
    /// <inheritdoc/>
    public sealed override async ValueTask<OperationAnswer> AnswerAsync(RequestReader request, Caller caller, CancellationToken cancellation)
    {
        var results = await ExecuteAsync(Read(request), caller, cancellation);
        return AnswerOf(results);
    }

    /// <inheritdoc/>
    public sealed override OperationAnswer Refuse(EwsError error) => AnswerOf([error]);

    /// <summary>Reads the request's content.</summary>
    protected abstract TRequest Read(RequestReader request);

    /// <summary>Runs the rule for each thing that is asked, in order.</summary>
    protected abstract Task<IReadOnlyList<EwsResult<TResult>>> ExecuteAsync(TRequest request, Caller caller, CancellationToken cancellation);

    /// <summary>A success that is not entirely one: the client is warned with this code.</summary>
    protected virtual EwsError? WarningOf(TResult result) => null;

    /// <summary>Writes what follows the response code of a success; nothing unless overridden.</summary>
    protected virtual void Write(EwsXmlWriter xml, TResult result)
    {
    }

    /// <summary>Writes what the schema wants behind an error too; nothing unless overridden.</summary>
    protected virtual void WriteAfterError(EwsXmlWriter xml)
    {
    }

    private OperationAnswer AnswerOf(IReadOnlyList<EwsResult<TResult>> results)
    {
        var code = results.Select(CodeOf).FirstOrDefault(code => code != OperationAnswer.NoError, OperationAnswer.NoError);
        return new OperationAnswer(code, xml =>
        {
            xml.StartMessage(ResponseElement);
            xml.StartMessage("ResponseMessages");
            foreach (var result in results)
                WriteMessage(xml, result);
            xml.End();
            xml.End();
        });
    }

    private string CodeOf(EwsResult<TResult> result) => result.Succeeded ? WarningOf(result.Value)?.Code ?? OperationAnswer.NoError : result.Error.Code;

    private void WriteMessage(EwsXmlWriter xml, EwsResult<TResult> result)
    {
        var element = Name + "ResponseMessage";
        if (!result.Succeeded)
            ResponseMessageXml.WriteError(xml, element, result.Error, () => WriteAfterError(xml));
        else if (WarningOf(result.Value) is { } warning)
            ResponseMessageXml.WriteWarning(xml, element, warning, () => Write(xml, result.Value));
        else
            ResponseMessageXml.WriteSuccess(xml, element, () => Write(xml, result.Value));
    }
}
