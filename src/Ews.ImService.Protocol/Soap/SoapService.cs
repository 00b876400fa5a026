using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Observation;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Xml;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol.Soap;

/// <summary>Answers a request's bytes: the checks in Exchange's order, then the operation.</summary>
/// <remarks>
/// The order is: well-formed, an envelope, headers understood, version known, one known operation, version new enough, schema,
/// mailbox. Version codes come first because clients choose their version by them.
/// </remarks>
internal sealed partial class SoapService(OperationTable operations, CallerResolver callerResolver, SoapWriter writer, EwsOptions options, ILogger<SoapService> logger)
{
    private const int LongestLoggedName = 64;

    /// <summary>Answers a request.</summary>
    /// <param name="body">The bytes as received.</param>
    /// <param name="charset">The charset parameter of Content-Type, or null.</param>
    /// <param name="realm">The realm of the request.</param>
    /// <param name="user">Who signed in; null for the default mailbox.</param>
    /// <param name="observed">Somebody who looks on, or null.</param>
    /// <param name="cancellationToken">Gives up waiting for the store.</param>
    public async ValueTask<SoapResponse> RespondAsync(ReadOnlyMemory<byte> body, string? charset, string realm, string? user, IObservedRequest? observed, CancellationToken cancellationToken)
    {
        RequestText? text = null;
        SoapRequest? request = null;
        EwsOperation? operation = null;
        Caller? caller = null;
        InjectedFault? injected = null;
        try
        {
            text = RequestDecoder.Decode(body.Span, charset);
            var refusal = SoapReader.Read(text, out request) ?? Check(request!, realm, user, out operation, out caller);
            var name = operation?.Name ?? LoggedName(request);
            injected = observed?.Identified(name, caller?.Mailbox.SmtpAddress);
            var namespaces = request?.Namespaces ?? EwsNamespaces.Guess(text.Text);
            if (injected is { IsInsteadOfOperation: true })
                return Spoil(injected, namespaces, operation, name, caller);
            if (refusal is not null)
                return Refuse(namespaces, refusal, name) with { Injected = injected };
            return await RunAsync(operation!, request!, caller!, cancellationToken) with { Injected = injected };
        }
#pragma warning disable CA1031 // The one place that turns our own bugs, and a disk that refuses, into Exchange's answer for them.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, operation?.Name, caller?.Mailbox, e);
            var namespaces = request?.Namespaces ?? EwsNamespaces.Guess(text?.Text ?? string.Empty);
            return Refuse(namespaces, new SoapFault(EwsError.InternalServerError), operation?.Name, caller?.Mailbox) with { Injected = injected };
        }
    }

    private static string? LoggedName(SoapRequest? request) =>
        request?.Body is [var first, ..] ? first.Name.LocalName[..Math.Min(first.Name.LocalName.Length, LongestLoggedName)] : null;

    private static SoapResponse Refuse(EwsNamespaces namespaces, SoapFault fault, string? operation, MailboxKey? mailbox = null) =>
        new(IsFault: true, SoapWriter.Fault(namespaces, fault), fault.Code, operation, mailbox);

    private SoapFault? Check(SoapRequest request, string realm, string? user, out EwsOperation? operation, out Caller? caller)
    {
        operation = null;
        caller = null;
        if (RequestHeader.CheckMandatory(request.Headers) is { } notUnderstood)
            return notUnderstood;
        if (RequestHeader.ReadVersion(request.Headers, out var version) is { } unknownVersion)
            return new SoapFault(unknownVersion);
        if (FindOperation(request.Body, out operation) is { } noOperation)
            return new SoapFault(noOperation);
        if (RequestHeader.CheckVersion(version, operation!.SinceVersion, options.AllowMissingVersion) is { } oldVersion)
            return new SoapFault(oldVersion);
        if (request.Violation is { } violation)
            return SoapFault.SchemaValidation(violation);
        if (RequestHeader.ReadImpersonation(request.Headers, out var connectingSid) is { } badImpersonation)
            return new SoapFault(badImpersonation);

        var found = callerResolver.Resolve(realm, user, connectingSid);
        caller = found.Value;
        return found.Succeeded ? null : new SoapFault(found.Error);
    }

    private EwsError? FindOperation(IReadOnlyList<XElement> body, out EwsOperation? operation)
    {
        operation = null;
        if (body.Count != 1 || EwsNamespaces.OfMessages(body[0].Name.NamespaceName) is null)
            return EwsError.InvalidRequest;
        if (operations.TryFind(body[0].Name.LocalName, out operation))
            return null;
        return ExchangeOperationNames.All.Contains(body[0].Name.LocalName) ? EwsError.NotSupported(body[0].Name.LocalName) : EwsError.InvalidRequest;
    }

    private async ValueTask<SoapResponse> RunAsync(EwsOperation operation, SoapRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var answer = await operation.RespondAsync(new RequestReader(request.Body[0]), caller, cancellationToken);
        return Respond(request.Namespaces, answer, operation, caller);
    }

    private SoapResponse Respond(EwsNamespaces namespaces, OperationResponse answer, EwsOperation operation, Caller? caller) =>
        new(IsFault: false, writer.Response(namespaces, answer.Write), answer.Code, operation.Name, caller?.Mailbox);

    /// <summary>What goes wrong on demand instead of the operation; an error response needs an operation that it is of.</summary>
    private SoapResponse Spoil(InjectedFault injected, EwsNamespaces namespaces, EwsOperation? operation, string? name, Caller? caller)
    {
        var answer = injected.Error is { } error && !injected.IsSoapFault && operation is not null
            ? Respond(namespaces, operation.Reject(error), operation, caller)
            : Refuse(namespaces, new SoapFault(injected.Error ?? EwsError.InternalServerError), name, caller?.Mailbox);
        return answer with { Injected = injected };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Operation} for {Mailbox} failed")]
        public static partial void Failed(ILogger logger, string? operation, MailboxKey? mailbox, Exception exception);
    }
}
