using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Faults;

/// <summary>A connection that closes without a response after the operation ran.</summary>
internal sealed record DropAfterFault : Fault
{
    public override bool BreaksResponse => true;

    public override async Task SendAsync(HttpContext context, EwsResponse response, Func<Task> onEnding)
    {
        response.SetHeaders(context); // For the journal.
        await onEnding();
        context.Abort();
    }
}
