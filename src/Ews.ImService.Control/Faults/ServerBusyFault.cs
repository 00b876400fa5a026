using System.Globalization;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Interception;

namespace Ews.ImService.Control.Faults;

/// <summary>A SOAP fault with the code ErrorServerBusy, which requests a back-off.</summary>
/// <remarks>Learn: "EWS throttling in Exchange".</remarks>
internal sealed record ServerBusyFault(TimeSpan RequestedBackOff) : Fault
{
    private const int DefaultBackOffMilliseconds = 1000;

    public override TimeSpan BackOff => RequestedBackOff;

    public static ServerBusyFault Read(FaultRule rule, DocumentProblems problems) =>
        new(TimeSpan.FromMilliseconds(rule.BackOffMilliseconds ?? DefaultBackOffMilliseconds));

    public override ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken) =>
        new(request.CreateFault(EwsError.ServerBusy(RequestedBackOff.TotalMilliseconds.ToString(CultureInfo.InvariantCulture))));
}
