using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Observability;
using Ews.ImService.Protocol.Soap;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Sends the events of a push subscription to its receiver, until the subscription ends.</summary>
/// <remarks>
/// Learn: "PushSubscriptionRequest", "StatusFrequency". The first notification follows Subscribe at once and contains no events.
/// Notifications are sent one after the other. One that the receiver does not accept is sent again after 30 seconds, then after twice the
/// time, as long as that is not more than the status frequency; then the subscription ends.
/// </remarks>
/// <param name="services">The services of push subscriptions.</param>
/// <param name="subscription">The subscription.</param>
/// <param name="receiver">The receiver.</param>
internal sealed class PushDelivery(PushServices services, Subscription subscription, PushReceiver receiver)
{
    private const string Continue = "OK";
    private const string End = "Unsubscribe";

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock = subscription.Clock;

    /// <summary>The time of the last notification, before the receiver could respond to it.</summary>
    private long _sent;

    /// <summary>
    /// Sends notifications until the subscription ends, and deletes it if the receiver ends it or the mailbox does not exist anymore.
    /// </summary>
    /// <param name="stopping">A token that is canceled when the service stops.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, subscription.Ended);
        try
        {
            await SendAllAsync(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The subscription or the service ended.
        }
#pragma warning disable CA1031 // No request waits for the notifications.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ProtocolLog.DeliveryFailed(services.Logger, subscription.Mailbox, e);
        }

        services.Subscriptions.Delete(subscription);
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        var isDue = true;
        while (true)
        {
            var changed = services.Store.WaitForChangeAsync(subscription.Mailbox);
            if (await services.Store.FindAsync(subscription.Mailbox, cancellationToken) is null)
                return;
            var (batch, error) = await ReadAsync(cancellationToken);
            if ((isDue || error is not null || batch.Events.Count > 0) && !await SendAsync(batch, error, cancellationToken))
                return;
            subscription.EndPush(batch);
            isDue = !batch.HasMore && await IsDueAsync(changed, receiver.StatusFrequency - _clock.GetElapsedTime(_sent), cancellationToken);
        }
    }

    /// <summary>Reads the next events, or those after the events that were lost.</summary>
    private async Task<(EventBatch Events, EwsError? Error)> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await services.Subscriptions.ReadAsync(subscription, subscription.Position, cancellationToken);
        if (read.Succeeded)
            return (read.Value, null);
        var next = await services.Subscriptions.ReadAsync(subscription, subscription.Position, cancellationToken);
        return next.Succeeded ? (next.Value, read.Error) : await ReadAsync(cancellationToken);
    }

    /// <summary>Sends a notification until the receiver accepts it.</summary>
    /// <returns><c>true</c> if the receiver accepted it; <c>false</c> if the subscription ends.</returns>
    private async Task<bool> SendAsync(EventBatch batch, EwsError? error, CancellationToken cancellationToken)
    {
        var envelope = services.Writer.WriteRequest(xml => PushMessage.Write(xml, subscription, batch, error));
        for (var delay = FirstRetry; ; delay *= 2)
        {
            _sent = _clock.GetTimestamp();
            var (status, failure) = await services.Client.SendAsync(subscription.Owner, receiver.Url, envelope, cancellationToken);
            if (status is Continue or End)
                return status == Continue;
            var reason = failure ?? $"SubscriptionStatus {status}";
            ProtocolLog.NotificationFailed(services.Logger, receiver.Url, subscription.Mailbox, reason);
            if (delay > receiver.StatusFrequency)
                return false;
            await Task.Delay(delay, _clock, cancellationToken);
        }
    }

    /// <summary>Waits for a change, or until a notification without events is due.</summary>
    /// <returns><c>true</c> if the notification is due; <c>false</c> if the mailbox changed.</returns>
    private async Task<bool> IsDueAsync(Task changed, TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (time <= TimeSpan.Zero)
            return true;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var elapsed = Task.Delay(time, _clock, end.Token);
        var first = await Task.WhenAny(changed, elapsed);
        await end.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == elapsed;
    }
}

/// <summary>The services of push subscriptions.</summary>
internal sealed class PushServices(
    IMailboxStore store,
    Subscriptions subscriptions,
    IRealms realms,
    SoapWriter writer,
    EwsOptions options,
    Func<IServer> getServer,
    ILogger<PushServices> logger,
    Func<CancellationToken> getStopping) : IDisposable
{
    private readonly Lazy<PushClient> _client = new();

    /// <summary>Gets the mailboxes.</summary>
    public IMailboxStore Store => store;

    /// <summary>Gets the subscriptions.</summary>
    public Subscriptions Subscriptions => subscriptions;

    /// <summary>Gets the source of ids and clocks.</summary>
    public IRealms Realms => realms;

    /// <summary>Gets the writer of envelopes.</summary>
    public SoapWriter Writer => writer;

    /// <summary>Gets the HTTP client, which is created for the first push subscription.</summary>
    public PushClient Client => _client.Value;

    /// <summary>Gets the hosts to which notifications are sent in addition to this machine.</summary>
    public IReadOnlyCollection<string> Hosts => options.PushHosts;

    /// <summary>Gets the ports on which the service listens.</summary>
    public IReadOnlyCollection<int> OwnPorts =>
        getServer().Features.Get<IServerAddressesFeature>()?.Addresses.Select(address => BindingAddress.Parse(address).Port).ToList() ?? [];

    /// <summary>Gets the log.</summary>
    public ILogger Logger => logger;

    /// <summary>Starts to send the events of a push subscription.</summary>
    public void Start(Subscription subscription, PushReceiver receiver)
    {
        var delivery = new PushDelivery(this, subscription, receiver);
        var stopping = getStopping();
        _ = Task.Run(() => delivery.RunAsync(stopping), CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }
}
