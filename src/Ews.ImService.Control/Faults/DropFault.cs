using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Faults;

/// <summary>A connection that closes before the operation runs.</summary>
internal sealed record DropFault : Fault
{
    private static readonly EwsResponse NoResponse = new(StatusCodes.Status500InternalServerError, ResponseBody.Empty, ResponseCode: null);

    public override bool BreaksResponse => true;

    public override ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken) =>
        new(NoResponse);

    public override async Task SendAsync(HttpContext context, EwsResponse response, Func<Task> onEnding)
    {
        await onEnding();
        context.Abort();
    }
}
