using System.Buffers;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Faults;

/// <summary>A complete response that is not well-formed XML: the slash of the first end tag is removed.</summary>
internal sealed record MalformedFault : Fault
{
    public override Task SendAsync(HttpContext context, EwsResponse response, Func<Task> onEnding)
    {
        var body = response.Body.Bytes.ToArray();
        var endTag = body.AsSpan().IndexOf("</"u8);
        body[endTag + 1] = (byte)'<';
        return base.SendAsync(context, response with { Body = new ResponseBody(body) }, onEnding);
    }
}
