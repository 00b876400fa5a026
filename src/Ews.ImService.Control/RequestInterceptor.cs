using System.Diagnostics;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Realms;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ews.ImService.Control;

/// <summary>Records one request in the journal of its realm, and injects the fault of the rule that it triggers.</summary>
internal sealed class RequestInterceptor : IEwsInterceptor
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Realm _realm;
    private readonly RequestJournal.Recording _recording;
    private Fault? _fault;

    public RequestInterceptor(HttpContext context, Realm realm)
    {
        _realm = realm;
        var request = context.Request;
        _recording = realm.Journal.Add(new RecordedRequest
        {
            Time = realm.Clock.GetUtcNow(),
            Method = request.Method,
            Path = request.Path + Redaction.Query(request.QueryString.ToString()),
            RequestHeaders = Headers(request.Headers),
        });
        context.Features.Set(new UncompressedBody(context.Response.Body));
    }

    public void OnReceived(ReadOnlyMemory<byte> body) =>
        _recording.Update(entry => entry with { RequestBody = body });

    public ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken)
    {
        var mailbox = request.Mailbox?.SmtpAddress.Value;
        var (ruleId, fault, earlyBy) = _realm.Faults.Match(request.Operation, mailbox);
        _fault = fault;
        _recording.Update(entry => entry with { Operation = request.Operation, Mailbox = mailbox, Fault = ruleId, EarlyBy = earlyBy });
        return fault is null ? request.ExecuteAsync(cancellationToken) : fault.RespondAsync(request, cancellationToken);
    }

    public async Task SendAsync(HttpContext context, EwsResponse response)
    {
        if (_fault is { Delay.Ticks: > 0 })
            await DelayAsync(context, _fault.Delay);
        _recording.Update(entry => entry with { ResponseCode = response.ResponseCode, ResponseBody = response.Body.Bytes });
        await (_fault is null ? response.SendAsync(context) : _fault.SendAsync(context, response));
    }

    /// <summary>Completes the journal entry when the request has ended.</summary>
    public void Complete(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var headers = Headers(context.Response.Headers);
        var isComplete = _fault is not { BreaksResponse: true } && !context.RequestAborted.IsCancellationRequested;
        var duration = Stopwatch.GetElapsedTime(_started);
        _recording.Update(entry => entry with
        {
            State = isComplete ? JournalState.Answered : JournalState.Failed,
            Status = isComplete ? status : null,
            ResponseHeaders = headers,
            Duration = duration,
        });
    }

    /// <summary>Delays a response, at most until the service stops.</summary>
    private static async Task DelayAsync(HttpContext context, TimeSpan delay)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(delay, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.RequestAborted.ThrowIfCancellationRequested();
    }

    private static Dictionary<string, string> Headers(IHeaderDictionary headers) => headers.ToDictionary(
        header => header.Key,
        header => Redaction.Header(header.Key, header.Value.ToString()),
        StringComparer.OrdinalIgnoreCase);
}
