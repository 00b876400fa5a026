using System.Diagnostics;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Observability;
using Ews.ImService.Control.Realms;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Control;

/// <summary>Records one request in the journal of its realm, and injects the fault of the rule that it triggers.</summary>
internal sealed class RequestInterceptor : IEwsInterceptor
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly HttpContext _context;
    private readonly Realm _realm;
    private readonly RecordedRequest _entry;
    private readonly Stream _uncompressedBody;
    private Fault? _fault;
    private EwsResponse? _response;
    private bool _isAborted;
    private bool _isSent;

    /// <summary>Adds the request to the journal.</summary>
    /// <param name="context">The request.</param>
    /// <param name="realm">The realm of the request.</param>
    /// <param name="replayed">The recorded request that the request repeats, or <c>null</c>.</param>
    public RequestInterceptor(HttpContext context, Realm realm, RecordedRequest? replayed = null)
    {
        Admission = replayed?.Admission;
        (_context, _realm) = (context, realm);
        _uncompressedBody = context.Response.Body;
        var request = context.Request;
        _entry = new RecordedRequest
        {
            Time = realm.Clock.GetUtcNow(),
            ReplayOf = replayed?.Id,
            Trace = Activity.Current?.TraceId,
            Method = request.Method,
            Scheme = request.Scheme,
            RawPathBase = request.PathBase,
            RawPath = request.Path,
            RawQuery = request.QueryString,
            RawRequestHeaders = new RecordedHeaders(request.Headers),
        };
        realm.Journal.Add(_entry);
        context.Response.OnStarting(static interceptor => ((RequestInterceptor)interceptor).OnStartingAsync(), this);
    }

    /// <summary>Gets the journal entry.</summary>
    public RecordedRequest Entry => _entry;

    /// <summary>Gets the admission of the recorded request that the request repeats.</summary>
    public Admission? Admission { get; }

    /// <summary>Gets a value that indicates whether a fault is injected.</summary>
    public bool InjectsFault => _fault is not null;

    public void OnAdmitted(Admission admission) => _entry.Admission = admission;

    public void OnReceived(ReadOnlyMemory<byte> body)
    {
        using (_realm.Journal.Update(_entry))
        {
            _entry.RequestBody = body;
            _entry.IsBodyReceived = true;
        }
    }

    public ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken)
    {
        var mailbox = request.Mailbox?.SmtpAddress.Value;
        var matching = _realm.MatchFaultsAsync(request.Operation, mailbox, cancellationToken);
        return matching.IsCompletedSuccessfully
            ? RespondAsync(request, mailbox, matching.Result, cancellationToken)
            : RespondLaterAsync(request, mailbox, matching, cancellationToken);
    }

    private async ValueTask<EwsResponse> RespondLaterAsync(
        IEwsRequest request, string? mailbox, ValueTask<FaultMatch> matching, CancellationToken cancellationToken) =>
        await RespondAsync(request, mailbox, await matching, cancellationToken);

    private ValueTask<EwsResponse> RespondAsync(
        IEwsRequest request, string? mailbox, FaultMatch match, CancellationToken cancellationToken)
    {
        _fault = match.Fault;
        using (_realm.Journal.Update(_entry))
        {
            _entry.Operation = request.Operation;
            _entry.Mailbox = mailbox;
            _entry.Fault = match.RuleId;
            _entry.FaultKind = match.Kind;
            _entry.EarlyBy = match.EarlyBy;
        }

        if (_fault is null)
            return request.ExecuteAsync(cancellationToken);
        _context.RequestServices.GetRequiredService<RealmMetrics>().OnInjected(match.Kind!.Value);
        Activity.Current?.SetTag(RealmMetrics.FaultKindAttribute, RealmMetrics.NameOf(match.Kind.Value));
        return _fault.RespondAsync(request, cancellationToken);
    }

    public Task SendAsync(HttpContext context, EwsResponse response)
    {
        if (_fault is not null)
            return SendFaultAsync(context, response, _fault);
        Begin(response);
        if (response.BackOff > TimeSpan.Zero && _entry.Mailbox is { } mailbox)
            return BackOffAndSendAsync(context, response, mailbox);
        var sending = response.SendAsync(context);
        if (!sending.IsCompletedSuccessfully)
            return SendAsync(sending);
        OnSent();
        return sending;
    }

    private async Task SendAsync(Task sending)
    {
        await sending;
        OnSent();
    }

    /// <summary>Observes that the response was sent: a client that disconnects now has received it.</summary>
    private void OnSent() => _isSent = !_context.RequestAborted.IsCancellationRequested;

    private async Task BackOffAndSendAsync(HttpContext context, EwsResponse response, string mailbox)
    {
        await _realm.ChangeAsync(
            state =>
            {
                state.Faults.BackOff(mailbox, response.BackOff);
                return true;
            },
            context.RequestAborted);
        await SendAsync(response.SendAsync(context));
    }

    public void OnAborted() => _isAborted = true;

    /// <summary>Completes the journal entry when the request has ended, unless it is complete.</summary>
    public Task CompleteAsync()
    {
        var isFailed = _fault is { BreaksResponse: true } || _isAborted || (!_isSent && _context.RequestAborted.IsCancellationRequested);
        var state = isFailed ? JournalState.Failed : JournalState.Answered;
        if (_entry.State != state)
            End(state);
        _entry.IsFinal = true;
        var isStarting = !isFailed && !_context.Response.HasStarted && _entry.ReplayOf is null;
        return isStarting ? Task.CompletedTask : _realm.Journal.StoreAsync(_entry); // The start of the response stores it.
    }

    /// <summary>Completes the journal entry before the first byte of the response is sent, so that a client that has received the response
    /// finds a complete entry. A fault completes it by itself, and a stream when it ends: its entry exists when it begins.</summary>
    private Task OnStartingAsync()
    {
        if (_fault is not null)
            return Task.CompletedTask;
        return _response is { Body.IsStream: true } ? _realm.Journal.StoreAsync(_entry) : EndAsync(JournalState.Answered);
    }

    private Task EndAsync(JournalState state)
    {
        End(state);
        return _realm.Journal.StoreAsync(_entry);
    }

    private void End(JournalState state)
    {
        var isComplete = state == JournalState.Answered;
        var headers = new RecordedHeaders(_context.Response.Headers);
        var body = JournalSize.Compact(_response?.Body.Sent ?? default);
        using (_realm.Journal.Update(_entry))
        {
            _entry.ResponseCode = _response?.ResponseCode;
            _entry.ResponseBody = body;
            _entry.State = state;
            _entry.Status = isComplete ? _context.Response.StatusCode : null;
            _entry.RawResponseHeaders = headers;
            _entry.Duration = Stopwatch.GetElapsedTime(_started);
        }
    }

    private async Task SendFaultAsync(HttpContext context, EwsResponse response, Fault fault)
    {
        if (fault.Delay > TimeSpan.Zero)
            await Fault.WaitAsync(context, fault.Delay);
        Begin(response);
        context.Features.Set(new UncompressedBody(_uncompressedBody));
        await fault.SendAsync(context, response, () => EndAsync(fault.BreaksResponse ? JournalState.Failed : JournalState.Answered));
    }

    /// <summary>Keeps the response for the end of the request, and records the beginning of a stream.</summary>
    private void Begin(EwsResponse response)
    {
        _response = response;
        if (!response.Body.IsStream)
            return;
        using (_realm.Journal.Update(_entry))
        {
            _entry.ResponseCode = response.ResponseCode;
            _entry.ResponseBody = JournalSize.Compact(response.Body.Sent);
        }
    }
}
