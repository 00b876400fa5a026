using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>A streaming connection: sends the events of subscriptions as they occur, until its time is over.</summary>
/// <remarks>
/// Learn: "Stream notifications about mailbox events by using EWS in Exchange". It waits for a signal of the store, of another request or
/// of the service, or for the next heartbeat, and uses no thread meanwhile. The comments state the clients that require a behavior.
/// </remarks>
/// <param name="services">The services of a connection.</param>
/// <param name="owner">The account that opened the connection.</param>
/// <param name="requested">The subscriptions.</param>
/// <param name="timeout">The time after which the connection ends.</param>
internal sealed class EventConnection(
    EventConnectionServices services, string owner, IReadOnlyList<Subscription> requested, TimeSpan timeout)
{
    /// <summary>The time without an envelope after which a heartbeat is sent: the EWS Managed API waits for 90 seconds.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(30);

    /// <summary>The minimum time between two envelopes: some clients find the end of an envelope by a pause.</summary>
    private static readonly TimeSpan EnvelopeInterval = TimeSpan.FromMilliseconds(300);

    private readonly TimeProvider _clock = requested[0].Clock;
    private readonly List<Subscription> _subscriptions = [.. requested];
    private volatile TaskCompletionSource _wake = NewSignal();
    private long _lastSent;

    /// <summary>Gets the message that a connection sends first, so that clients know that it is open.</summary>
    public static StreamMessage Opened { get; } = StreamMessage.Status("OK");

    /// <summary>Lets the connection examine its subscriptions.</summary>
    public void Wake() => _wake.TrySetResult();

    /// <summary>Sends events, after the first message was sent, until the connection ends.</summary>
    /// <param name="sendAsync">Sends a message.</param>
    /// <param name="aborted">A token that is canceled when the client disconnects.</param>
    /// <param name="stopping">A token that is canceled when the service stops.</param>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public async Task RunAsync(Func<StreamMessage, Task> sendAsync, CancellationToken aborted, CancellationToken stopping)
    {
        var opened = _lastSent = _clock.GetTimestamp();
        if (!services.Subscriptions.TryConnect(owner))
        {
            // Other requests that arrived at the same time opened the last connections.
            await SendAsync(StreamMessage.Rejected(EwsError.ExceededConnectionCount, []));
            return;
        }

        try
        {
            foreach (var subscription in _subscriptions)
                subscription.Attach(this)?.Wake();
            using var onStopping = stopping.Register(Wake);
            while (true)
            {
                _wake = NewSignal();
                var changes = _subscriptions.Select(one => one.Mailbox).Distinct().Select(services.Store.WaitForChangeAsync).ToList();
                var isOpen = await SendEndedAsync(SendAsync) && await SendEventsAsync(SendAsync, aborted);
                if (!isOpen || stopping.IsCancellationRequested || _clock.GetElapsedTime(opened) >= timeout)
                    break;
                if (_clock.GetElapsedTime(_lastSent) >= HeartbeatInterval)
                    await SendAsync(Opened);
                var untilEnd = timeout - _clock.GetElapsedTime(opened);
                var untilHeartbeat = HeartbeatInterval - _clock.GetElapsedTime(_lastSent);
                await WaitAsync(changes, untilEnd < untilHeartbeat ? untilEnd : untilHeartbeat, aborted);
            }

            await SendAsync(StreamMessage.Status("Closed"));
        }
        finally
        {
            foreach (var subscription in requested)
            {
                subscription.Prolong();
                subscription.Detach(this);
            }

            services.Subscriptions.Disconnect(owner);
        }

        async Task SendAsync(StreamMessage message)
        {
            var pause = EnvelopeInterval - _clock.GetElapsedTime(_lastSent);
            if (pause > TimeSpan.Zero && !stopping.IsCancellationRequested)
                await WaitAsync([], pause, aborted, isInterruptible: false);
            await sendAsync(message);
            _lastSent = _clock.GetTimestamp();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reports the subscriptions that ended, or that another connection uses.</summary>
    /// <returns><c>true</c> if there are others; <c>false</c> if the connection must end.</returns>
    private async Task<bool> SendEndedAsync(Func<StreamMessage, Task> sendAsync)
    {
        var deleted = _subscriptions.Where(one => !services.Subscriptions.Contains(one)).ToList();
        var taken = _subscriptions.Where(one => one.Connection != this).Except(deleted).ToList();
        _subscriptions.RemoveAll(one => deleted.Contains(one) || taken.Contains(one));
        if (deleted.Count > 0)
            await sendAsync(StreamMessage.Failed(EwsError.SubscriptionUnsubscribed, Ids(deleted)));
        if (taken.Count > 0)
            await sendAsync(StreamMessage.Failed(EwsError.NewEventStreamConnectionOpened, Ids(taken)));
        return _subscriptions.Count > 0;
    }

    /// <summary>Sends the events that occurred.</summary>
    /// <returns><c>true</c> if all events were sent; <c>false</c> if events were lost and the connection must end.</returns>
    private async Task<bool> SendEventsAsync(Func<StreamMessage, Task> sendAsync, CancellationToken cancellationToken)
    {
        var hasMore = true;
        while (hasMore)
        {
            var missed = new List<Subscription>();
            var batches = new List<(Subscription Subscription, EventBatch Events)>();
            foreach (var subscription in _subscriptions)
            {
                if (!await HasChangedAsync(subscription, cancellationToken))
                    continue;
                var events = await services.Subscriptions.ReadAsync(subscription, subscription.Position, cancellationToken);
                if (events.Succeeded)
                    batches.Add((subscription, events.Value));
                else
                    missed.Add(subscription);
            }

            var notifications = batches.Where(batch => batch.Events.Events.Count > 0).ToList();
            if (notifications.Count > 0)
                await sendAsync(StreamMessage.Notify(notifications));
            batches.ForEach(batch => batch.Subscription.EndStream(this, batch.Events));
            if (missed.Count > 0)
            {
                // The clients that keep the subscription open a new connection; one reads nothing that follows an unknown error.
                await sendAsync(StreamMessage.Failed(EwsError.MissedNotificationEvents, Ids(missed)));
                return false;
            }

            hasMore = batches.Exists(batch => batch.Events.HasMore);
        }

        return true;
    }

    /// <summary>Determines whether the mailbox changed, without reading the change log. A mailbox that was deleted has no events.</summary>
    private async ValueTask<bool> HasChangedAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        var position = subscription.Position;
        return await services.Store.FindAsync(subscription.Mailbox, cancellationToken) is { Log: var log }
            && (log.Id != position.LogId || log.End != position.Position);
    }

    /// <summary>Waits for a change, a signal or the end of a time.</summary>
    private async Task WaitAsync(IEnumerable<Task> changes, TimeSpan time, CancellationToken aborted, bool isInterruptible = true)
    {
        if (time <= TimeSpan.Zero)
            return;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var elapsed = Task.Delay(time, _clock, end.Token);
        await (isInterruptible ? Task.WhenAny([.. changes, _wake.Task, elapsed]) : Task.WhenAny(elapsed));
        await end.CancelAsync();
        aborted.ThrowIfCancellationRequested();
    }

    private static List<string> Ids(IEnumerable<Subscription> subscriptions) => subscriptions.Select(one => one.Id).ToList();
}

/// <summary>The services of a streaming connection.</summary>
/// <param name="Store">The mailboxes.</param>
/// <param name="Subscriptions">The subscriptions.</param>
internal sealed record EventConnectionServices(IMailboxStore Store, Subscriptions Subscriptions);
