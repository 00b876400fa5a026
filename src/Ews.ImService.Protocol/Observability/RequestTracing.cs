using System.Diagnostics;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Observability;

/// <summary>Traces EWS requests: one activity for each request, while a listener is interested in them.</summary>
/// <remarks>Activities contain no mailboxes and no users. The log event and the journal entry of the request have the trace id.</remarks>
internal sealed class RequestTracing(Instrumentation instrumentation)
{
    private readonly ActivitySource _source = instrumentation.ActivitySource;

    /// <summary>Gets a value that indicates whether a listener is interested in activities.</summary>
    public bool IsActive => _source.HasListeners();

    /// <summary>Passes a request on, and traces it.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        using var activity = _source.StartActivity("EWS", ActivityKind.Server, TraceContext.FindParent(context.Request));
        if (activity is null)
        {
            await next(context);
            return;
        }

        activity.SetTag("http.request.method", context.Request.Method);
        activity.SetTag("url.path", context.Request.Path.Value);
        activity.SetTag("ews.request_id", context.TraceIdentifier);
        if (RequestRealm.Get(context) is { Length: > 0 } realm)
            activity.SetTag("ews.realm", realm);
        await next(context);
        var status = context.Response.StatusCode;
        activity.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
            activity.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Names the activity of a request after its operation.</summary>
    public void OnResponded(IEwsRequest request, EwsResponse response)
    {
        if (!IsActive || Activity.Current is not { } activity || activity.Source != _source)
            return;
        var operation = RequestMetrics.KnownOperation(request.Operation);
        activity.DisplayName = $"EWS {operation}";
        activity.SetTag("ews.operation", operation);
        if (response.ResponseCode is { } code)
            activity.SetTag("ews.response_code", code);
    }
}
