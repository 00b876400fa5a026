using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Realms;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ews.ImService.Control.Replays;

/// <summary>Sends recorded requests again, through the pipeline of the service.</summary>
/// <param name="mailboxes">The mailboxes of the realms.</param>
internal sealed class RequestReplay(RealmMailboxes mailboxes)
{
    /// <summary>Gets or sets the pipeline behind the recording of requests.</summary>
    public RequestDelegate? Pipeline { get; set; }

    /// <summary>Sends a request again, and waits until it ends. A request that was admitted is admitted as the same user, without its
    /// credentials.</summary>
    /// <param name="recorded">The recorded request.</param>
    /// <param name="realm">The realm of the request.</param>
    /// <param name="call">The control call.</param>
    /// <param name="timeout">The time after which the client of the request disconnects.</param>
    /// <returns>
    /// The new journal entry, or <c>null</c> if the service did not receive the body of the recorded request, or stored it without its
    /// secrets.
    /// </returns>
    public async Task<RecordedRequest?> SendAsync(RecordedRequest recorded, Realm realm, HttpContext call, TimeSpan timeout)
    {
        var stopping = call.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var client = new ReplayClient(timeout, call.RequestAborted, stopping);
        if (ReplayedRequest.Create(recorded, realm, call, client) is not { } context)
            return null;
        await mailboxes.EnsureSeededAsync(realm);
        var interceptor = new RequestInterceptor(context, realm, recorded);
        context.Features.Set<IEwsInterceptor>(interceptor);
        try
        {
            await Pipeline!(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected; the journal entry shows it.
        }
        finally
        {
            await interceptor.CompleteAsync();
        }

        return interceptor.Entry;
    }
}
