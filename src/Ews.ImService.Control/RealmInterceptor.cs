using System.Runtime.ExceptionServices;
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
    private ExceptionDispatchInfo? _failure;

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
            EnterNewRealm();
        _recorder?.OnAdmitted(admission);
    }

    public void OnReceived(ReadOnlyMemory<byte> body) => _recorder?.OnReceived(body);

    public async ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken)
    {
        _failure?.Throw();
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

    public void OnAborted() => _recorder?.OnAborted();

    /// <summary>Completes the journal entry when the request has ended.</summary>
    public Task CompleteAsync() => _recorder?.CompleteAsync() ?? Task.CompletedTask;

    private void EnterNewRealm()
    {
        try
        {
            Enter(_realms.FindOrCreate(RequestRealm.Get(_context)));
        }
        catch (IOException e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }

    private void Enter(Realm? realm)
    {
        _realm = realm;
        _recorder = realm is not null && _isRecorded ? new RequestInterceptor(_context, realm) : null;
    }
}
