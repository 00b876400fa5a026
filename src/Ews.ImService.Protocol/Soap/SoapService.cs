using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Observability;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Xml;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol.Soap;

/// <summary>Responds to SOAP requests: identifies the request by checks in the order of Exchange, and executes its operation.</summary>
/// <remarks>
/// The order is: well-formed, an envelope, headers understood, version known, one known operation, version new enough, schema,
/// mailbox. Version codes come first because clients choose their version by them.
/// </remarks>
internal sealed class SoapService(
    OperationTable operations,
    CallerResolver callerResolver,
    SoapWriter writer,
    IMailboxStore store,
    EwsOptions options,
    ILogger<SoapService> logger)
{
    private readonly RequestsInWork _inWork = new(options);

    /// <summary>Responds to a request.</summary>
    /// <param name="body">The body as received.</param>
    /// <param name="charset">The charset parameter of Content-Type, or <c>null</c>.</param>
    /// <param name="realm">The realm of the request.</param>
    /// <param name="user">The authenticated user, or <c>null</c> for an anonymous request.</param>
    /// <param name="interceptor">The interceptor of the request.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async ValueTask<SoapExchange> RespondAsync(
        ReadOnlyMemory<byte> body,
        string? charset,
        string realm,
        string? user,
        IEwsInterceptor interceptor,
        CancellationToken cancellationToken)
    {
        RequestText? text = null;
        SoapRequest? request = null;
        try
        {
            var envelope = PlainRequestReader.Read(body.Span, charset) ?? SoapReader.Read(text = RequestDecoder.Decode(body.Span, charset));
            request = Identify(envelope, realm, user);
            return new SoapExchange(request, await interceptor.RespondAsync(request, cancellationToken));
        }
#pragma warning disable CA1031 // The only place that converts unexpected exceptions to ErrorInternalServerError.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            request ??= new SoapRequest(writer, EwsNamespaces.Guess(text?.Text ?? string.Empty), _inWork, store);
            if (e is IOException) // The store names the reason. Its place in the code would be repeated for each request.
                ProtocolLog.StorageFailed(logger, request.Operation, request.Mailbox, e.Message);
            else
                ProtocolLog.RequestFailed(logger, request.Operation, request.Mailbox, e);
            return new SoapExchange(request, request.CreateFault(EwsError.InternalServerError));
        }
    }

    /// <summary>Checks the envelope, and finds its operation and its caller.</summary>
    private SoapRequest Identify(SoapEnvelope envelope, string realm, string? user)
    {
        var request = new SoapRequest(writer, envelope.Namespaces, _inWork, store) { Envelope = envelope };
        if ((envelope.Fault ?? RequestHeader.CheckMandatory(envelope.Headers)) is { } fault)
            return request with { Rejection = fault };

        var version = RequestHeader.ReadVersion(envelope.Headers, options.AllowMissingVersion);
        if (!version.Succeeded)
            return request with { Rejection = new SoapFault(version.Error) };

        var operation = FindOperation(envelope.Body);
        if (!operation.Succeeded)
            return request with { Rejection = new SoapFault(operation.Error) };

        request = request with { Target = operation.Value, Version = version.Value };
        if (!version.Value.Includes(operation.Value.SinceVersion))
            return request with { Rejection = new SoapFault(EwsError.IncorrectSchemaVersion) };
        if (envelope.Violation is { } violation)
            return request with { Rejection = SoapFault.SchemaValidation(violation) };

        var caller = callerResolver.Resolve(realm, user, envelope.Headers);
        if (!caller.Succeeded)
            return request with { Rejection = new SoapFault(caller.Error) };

        var hasTimeZone = version.Value.Includes(ExchangeVersion.Exchange2010);
        return hasTimeZone && RequestHeader.FindTimeZone(envelope.Headers) is { } timeZone
            && RequestTimes.ConvertToUtc(envelope.Body[0], timeZone) is { } error
                ? request with { Rejection = new SoapFault(error) }
                : request with { Caller = caller.Value };
    }

    private EwsResult<EwsOperation> FindOperation(IReadOnlyList<XElement> body)
    {
        if (body.Count != 1 || EwsNamespaces.OfMessages(body[0].Name.NamespaceName) is null)
            return EwsError.InvalidRequest;
        var name = body[0].Name.LocalName;
        if (operations.TryFind(name, out var operation))
            return operation;
        return ExchangeOperationNames.FindByElement(name) is { } known ? EwsError.NotSupported(known) : EwsError.InvalidRequest;
    }
}

/// <summary>A request and its response.</summary>
/// <param name="Request">The request.</param>
/// <param name="Response">The response.</param>
internal sealed record SoapExchange(IEwsRequest Request, EwsResponse Response);
