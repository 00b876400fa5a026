using System.Buffers;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Faults;

/// <summary>The response of the operation at a limited rate.</summary>
internal sealed record SlowBodyFault(int BytesPerSecond) : Fault
{
    private const int DefaultBytesPerSecond = 100;
    private const int SlicesPerSecond = 10;

    public static SlowBodyFault Read(FaultRule rule, DocumentProblems problems) => new(rule.BytesPerSecond ?? DefaultBytesPerSecond);

    public override async Task SendAsync(HttpContext context, EwsResponse response, Func<Task> onEnding)
    {
        response.SetHeaders(context);
        var slice = Math.Max(1, BytesPerSecond / SlicesPerSecond);
        var pause = TimeSpan.FromSeconds(Math.Max(1.0 / SlicesPerSecond, (double)slice / BytesPerSecond));
        var body = response.Body.Bytes.ToArray().AsMemory();
        for (var sent = 0; sent < body.Length; sent += slice)
        {
            if (sent > 0)
                await WaitAsync(context, pause);
            if (sent + slice >= body.Length)
                await onEnding();
            await context.Response.Body.WriteAsync(body.Slice(sent, Math.Min(slice, body.Length - sent)), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
