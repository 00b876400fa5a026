using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Interception;

namespace Ews.ImService.Control.Faults;

/// <summary>An error response instead of the operation; a SOAP fault for a request that names no supported operation.</summary>
internal sealed record ResponseCodeFault(EwsError Error) : Fault
{
    public static ResponseCodeFault Read(DocumentNode node) => new(node.Error());

    public override ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken) =>
        new(request.CreateErrorResponse(Error));
}
