using System.Diagnostics;
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
    private readonly JournalEntry _entry;
    private Fault? _fault;

    public RequestInterceptor(HttpContext context, Realm realm)
    {
        _realm = realm;
        var request = context.Request;
        var (time, path, headers) = (realm.Clock.GetUtcNow(), request.Path + Redaction.Query(request.QueryString.ToString()), Headers(request.Headers));
        _entry = realm.Journal.Add(id => new JournalEntry(id, time, request.Method, path, headers));
        context.Features.Set(new UncompressedBody(context.Response.Body));
    }

    public void OnReceived(ReadOnlyMemory<byte> body) => _realm.Journal.Update(_entry, entry => entry.RequestBody = body);

    public ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken)
    {
        var mailbox = request.Mailbox?.SmtpAddress.Value;
        var (ruleId, fault, earlyBy) = _realm.Faults.Match(request.Operation, mailbox);
        _fault = fault;
        _realm.Journal.Update(_entry, entry => (entry.Operation, entry.Mailbox, entry.Fault, entry.EarlyByMilliseconds) =
            (request.Operation, mailbox, ruleId, earlyBy is { } by ? Math.Round(by.TotalMilliseconds, 1) : null));
        return fault is null ? request.ExecuteAsync(cancellationToken) : fault.RespondAsync(request, cancellationToken);
    }

    public async Task SendAsync(HttpContext context, EwsResponse response)
    {
        if (_fault is { Delay.Ticks: > 0 })
            await DelayAsync(context, _fault.Delay);
        _realm.Journal.Update(_entry, entry => (entry.ResponseCode, entry.ResponseBody) = (response.ResponseCode, response.Body));
        await (_fault is null ? response.SendAsync(context) : _fault.SendAsync(context, response));
    }

    /// <summary>Completes the journal entry when the request has ended.</summary>
    public void Complete(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var headers = Headers(context.Response.Headers);
        var wasAnswered = _fault is not { BreaksResponse: true } && !context.RequestAborted.IsCancellationRequested;
        var milliseconds = Math.Round(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, 2);
        _realm.Journal.Update(_entry, entry =>
        {
            entry.State = wasAnswered ? JournalState.Answered : JournalState.Failed;
            entry.Status = wasAnswered ? status : null;
            entry.ResponseHeaders = headers;
            entry.Milliseconds = milliseconds;
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

    private static Dictionary<string, string> Headers(IHeaderDictionary headers) =>
        headers.ToDictionary(header => header.Key, header => Redaction.Header(header.Key, header.Value.ToString()), StringComparer.OrdinalIgnoreCase);
}
