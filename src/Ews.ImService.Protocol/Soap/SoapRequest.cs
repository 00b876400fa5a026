using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Xml;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Soap;

/// <summary>A request, identified as far as possible.</summary>
/// <param name="Writer">The writer of responses.</param>
/// <param name="Namespaces">The namespace spelling of the request.</param>
/// <param name="InWork">The requests in work.</param>
/// <param name="Store">The mailboxes.</param>
internal sealed record SoapRequest(SoapWriter Writer, EwsNamespaces Namespaces, RequestsInWork InWork, IMailboxStore Store) : IEwsRequest
{
    private const int MaxNameLength = 64;

    /// <summary>The back-off of requests beyond the limits of those in work, which takes far longer than a queue at the limits.</summary>
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    /// <summary>Gets the envelope, or <c>null</c> if reading it failed.</summary>
    public SoapEnvelope? Envelope { get; init; }

    /// <summary>Gets the operation, or <c>null</c> if the request names no supported operation.</summary>
    public EwsOperation? Target { get; init; }

    /// <summary>Gets the schema version that the request specifies; the default is Exchange 2013.</summary>
    public ExchangeVersion Version { get; init; } = ExchangeVersion.Exchange2013;

    /// <summary>Gets the caller, or <c>null</c> if the request is rejected.</summary>
    public Caller? Caller { get; init; }

    /// <summary>Gets the reason why the request is rejected, or <c>null</c> if the operation can be executed.</summary>
    public SoapFault? Rejection { get; init; }

    /// <inheritdoc/>
    public string? Operation => Target?.Name ?? BodyElementName();

    /// <inheritdoc/>
    public MailboxKey? Mailbox => Caller?.Mailbox;

    /// <inheritdoc/>
    public async ValueTask<EwsResponse> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (Rejection is not null)
            return CreateFault(Rejection);
        if (!InWork.TryBegin(Caller!.Mailbox))
            return Busy();
        try
        {
            var culture = RequestHeader.ReadCulture(Envelope!.Headers);
            if (culture is not null && MailboxFolders.IsTranslated(culture))
                await Store.EnsureCreatedAsync(Caller.Mailbox, culture, cancellationToken);
            var reader = new RequestReader(Envelope.Body[0]) { Version = Version, Culture = culture };
            return CreateResponse(await Target!.RespondAsync(reader, Caller, cancellationToken));
        }
        finally
        {
            InWork.End(Caller.Mailbox);
        }
    }

    /// <inheritdoc/>
    public EwsResponse CreateErrorResponse(EwsError ewsError) =>
        Target is null ? CreateFault(ewsError) : CreateResponse(Target.Reject(ewsError));

    /// <inheritdoc/>
    public EwsResponse CreateFault(EwsError ewsError) => CreateFault(new SoapFault(ewsError));

    private EwsResponse Busy() =>
        CreateFault(EwsError.ServerBusy(BackOff.TotalMilliseconds.ToString(CultureInfo.InvariantCulture))) with { BackOff = BackOff };

    private EwsResponse CreateFault(SoapFault fault) =>
        new(StatusCodes.Status500InternalServerError, SoapWriter.WriteFault(Namespaces, fault), fault.Code);

    private EwsResponse CreateResponse(OperationResponse response) =>
        new(StatusCodes.Status200OK, response.Encode(HasMilliseconds ? Writer.WithMilliseconds : Writer, Namespaces), response.Code);

    private bool HasMilliseconds => Envelope is not null && RequestHeader.HasMilliseconds(Envelope.Headers);

    private string? BodyElementName() => Envelope?.Body is [var first, ..]
        ? first.Name.LocalName[..Math.Min(first.Name.LocalName.Length, MaxNameLength)]
        : null;
}
