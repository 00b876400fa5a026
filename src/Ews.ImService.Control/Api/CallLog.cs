using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Control.Api;

/// <summary>Writes one log event for each control call: calls that can change something at level Information, others at Debug.</summary>
internal sealed class CallLog(RequestDelegate next, ILogger<CallLog> logger)
{
    private const string None = "-";

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var request = context.Request;
        var level = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? LogLevel.Debug : LogLevel.Information;
        if (!logger.IsEnabled(level))
            return;
        var target = request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        var realm = RequestRealm.Get(context) is { Length: > 0 } name ? name : None;
        var caller = context.Connection.RemoteIpAddress?.ToString() ?? None;
        ControlLog.Called(logger, level, request.Method, target, realm, context.Response.StatusCode, caller);
    }
}
