using System.Text;
using Ews.ImService.Control.Realms;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control;

/// <summary>Creates and seeds the realm of a request that is admitted, and then passes the request on to its recorder.</summary>
/// <remarks>Requests that are rejected, such as those without valid credentials, create no realm.</remarks>
internal sealed class RealmInterceptor : IEwsInterceptor
{
    private readonly HttpContext _context;
    private readonly RealmRegistry _realms;
    private readonly RealmMailboxes _mailboxes;
    private readonly bool _isRecorded;
    private Realm? _realm;
    private RequestInterceptor? _recorder;

    /// <summary>The creation of the realm while it is under way. The recorder receives the steps of the request afterwards.</summary>
    private Task<Realm?>? _creation;
    private Admission? _admission;
    private ReadOnlyMemory<byte>? _body;
    private bool _isAborted;

    /// <summary>Observes a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="realms">The realms.</param>
    /// <param name="mailboxes">The mailboxes of the realms.</param>
    /// <param name="isRecorded"><c>true</c> to record the request in the journal of its realm.</param>
    public RealmInterceptor(HttpContext context, RealmRegistry realms, RealmMailboxes mailboxes, bool isRecorded)
    {
        (_context, _realms, _mailboxes, _isRecorded) = (context, realms, mailboxes, isRecorded);
        Enter(realms.Find(RequestRealm.Get(context)));
    }

    public bool InjectsFault => _recorder is { InjectsFault: true };

    public void OnAdmitted(Admission admission)
    {
        if (_realm is null)
        {
            var creation = _realms.FindOrCreateAsync(RequestRealm.Get(_context));
            if (!creation.IsCompletedSuccessfully)
            {
                (_creation, _admission) = (creation.AsTask(), admission);
                _context.Response.OnStarting(TryEnterCreatedAsync);
                return;
            }

            Enter(creation.Result);
        }

        _recorder?.OnAdmitted(admission);
    }

    public void OnReceived(ReadOnlyMemory<byte> body)
    {
        if (_creation is not null)
            _body = body;
        _recorder?.OnReceived(body);
    }

    public async ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken)
    {
        await EnterCreatedAsync();
        if (_realm is null)
        {
            var reason = new ResponseBody(Encoding.UTF8.GetBytes(_realms.LimitReason + "\n"));
            return new EwsResponse(StatusCodes.Status503ServiceUnavailable, reason, ResponseCode: null)
            {
                ContentType = "text/plain; charset=utf-8",
                RejectionReason = _realms.LimitReason,
            };
        }

        await _mailboxes.EnsureSeededAsync(_realm);
        return await (_recorder?.RespondAsync(request, cancellationToken) ?? request.ExecuteAsync(cancellationToken));
    }

    public Task SendAsync(HttpContext context, EwsResponse response) =>
        _recorder?.SendAsync(context, response) ?? response.SendAsync(context);

    public void OnAborted()
    {
        _isAborted = true;
        _recorder?.OnAborted();
    }

    /// <summary>Completes the journal entry when the request has ended.</summary>
    public Task CompleteAsync() =>
        _creation is not null ? CompleteCreatedAsync() : _recorder?.CompleteAsync() ?? Task.CompletedTask;

    private async Task CompleteCreatedAsync()
    {
        await TryEnterCreatedAsync();
        if (_recorder is null)
            return;
        if (_isAborted)
            _recorder.OnAborted();
        await _recorder.CompleteAsync();
    }

    /// <summary>Enters the realm when it is created. Without effect if it cannot be created, which a response reports.</summary>
    private async Task TryEnterCreatedAsync()
    {
        try
        {
            await EnterCreatedAsync();
        }
        catch (IOException)
        {
            // There is no realm whose journal could contain the request.
        }
    }

    private async ValueTask EnterCreatedAsync()
    {
        if (_creation is null)
            return;
        var realm = await _creation;
        _creation = null;
        Enter(realm);
        _recorder?.OnAdmitted(_admission!);
        if (_body is { } body)
            _recorder?.OnReceived(body);
    }

    private void Enter(Realm? realm)
    {
        _realm = realm;
        _recorder = realm is not null && _isRecorded ? new RequestInterceptor(_context, realm) : null;
    }
}
