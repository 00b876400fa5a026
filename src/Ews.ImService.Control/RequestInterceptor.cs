using System.Diagnostics;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Realms;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control;

/// <summary>Records one request in the journal of its realm, and injects the fault of the rule that it triggers.</summary>
internal sealed class RequestInterceptor : IEwsInterceptor
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Realm _realm;
    private readonly RecordedRequest _entry;
    private readonly Stream _uncompressedBody;
    private Fault? _fault;
    private bool _isAborted;

    public RequestInterceptor(HttpContext context, Realm realm)
    {
        _realm = realm;
        _uncompressedBody = context.Response.Body;
        var request = context.Request;
        _entry = new RecordedRequest
        {
            Time = realm.Clock.GetUtcNow(),
            Method = request.Method,
            RawPath = request.Path,
            RawQuery = request.QueryString,
            RawRequestHeaders = new RecordedHeaders(request.Headers),
        };
        realm.Journal.Add(_entry);
    }

    public void OnReceived(ReadOnlyMemory<byte> body)
    {
        using (_realm.Journal.Update(_entry))
            _entry.RequestBody = body;
    }

    public ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken)
    {
        var mailbox = request.Mailbox?.SmtpAddress.Value;
        var match = _realm.Faults.Match(request.Operation, mailbox);
        _fault = match.Fault;
        using (_realm.Journal.Update(_entry))
        {
            _entry.Operation = request.Operation;
            _entry.Mailbox = mailbox;
            _entry.Fault = match.RuleId;
            _entry.EarlyBy = match.EarlyBy;
        }

        return _fault is null ? request.ExecuteAsync(cancellationToken) : _fault.RespondAsync(request, cancellationToken);
    }

    public Task SendAsync(HttpContext context, EwsResponse response)
    {
        if (_fault is not null)
            return SendFaultAsync(context, response, _fault);
        if (response.BackOff > TimeSpan.Zero && _entry.Mailbox is { } mailbox)
            _realm.Faults.BackOff(mailbox, response.BackOff);
        Record(response);
        return response.Body.IsStream ? SendStreamAsync(response, () => response.SendAsync(context)) : response.SendAsync(context);
    }

    public void OnAborted() => _isAborted = true;

    /// <summary>Completes the journal entry when the request has ended.</summary>
    public void Complete(HttpContext context)
    {
        var isComplete = _fault is not { BreaksResponse: true } && !_isAborted && !context.RequestAborted.IsCancellationRequested;
        var headers = new RecordedHeaders(context.Response.Headers);
        using (_realm.Journal.Update(_entry))
        {
            _entry.State = isComplete ? JournalState.Answered : JournalState.Failed;
            _entry.Status = isComplete ? context.Response.StatusCode : null;
            _entry.RawResponseHeaders = headers;
            _entry.Duration = Stopwatch.GetElapsedTime(_started);
        }
    }

    private async Task SendFaultAsync(HttpContext context, EwsResponse response, Fault fault)
    {
        if (fault.Delay > TimeSpan.Zero)
            await Fault.WaitAsync(context, fault.Delay);
        Record(response);
        context.Features.Set(new UncompressedBody(_uncompressedBody));
        await SendStreamAsync(response, () => fault.SendAsync(context, response));
    }

    /// <summary>Sends a response that may be a stream, and records what was sent when it ends.</summary>
    private async Task SendStreamAsync(EwsResponse response, Func<Task> sendAsync)
    {
        try
        {
            await sendAsync();
        }
        finally
        {
            if (response.Body.IsStream)
                Record(response);
        }
    }

    private void Record(EwsResponse response)
    {
        var body = JournalSize.Compact(response.Body.Sent);
        using (_realm.Journal.Update(_entry))
        {
            _entry.ResponseCode = response.ResponseCode;
            _entry.ResponseBody = body;
        }
    }
}
