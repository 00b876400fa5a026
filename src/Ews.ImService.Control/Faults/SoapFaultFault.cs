using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Interception;

namespace Ews.ImService.Control.Faults;

/// <summary>A SOAP fault instead of the operation.</summary>
internal sealed record SoapFaultFault(EwsError Error) : Fault
{
    public static SoapFaultFault Read(FaultRule rule, DocumentProblems problems) => new(ResponseCodeFault.ReadError(rule, problems));

    public override ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken) =>
        new(request.CreateFault(Error));
}
