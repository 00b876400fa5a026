using System.Collections.Concurrent;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>The subscriptions of all realms, and their events.</summary>
/// <remarks>Learn: "Notification subscriptions, mailbox events, and EWS in Exchange".</remarks>
public sealed class Subscriptions
{
    /// <summary>The maximum number of events that are delivered together.</summary>
    /// <remarks>Learn: "GetEvents operation".</remarks>
    internal const int MaxEvents = 50;

    private const int EntriesPerRead = 256;

    private readonly ConcurrentDictionary<(string Realm, string Id), Subscription> _all = new();
    private readonly Dictionary<string, int> _connections = new(StringComparer.Ordinal);
    private readonly IMailboxStore _store;
    private readonly AccountDirectory _accounts;
    private readonly EwsOptions _options;

    internal Subscriptions(IMailboxStore store, AccountDirectory accounts, EwsOptions options) =>
        (_store, _accounts, _options) = (store, accounts, options);

    /// <summary>Gets the number of streaming connections.</summary>
    internal int ConnectionCount
    {
        get
        {
            lock (_connections)
                return _connections.Values.Sum();
        }
    }

    /// <summary>Returns the number of subscriptions of a kind, including those that expired and are not deleted yet.</summary>
    internal int Count(SubscriptionKind kind) => _all.Values.Count(one => one.Kind == kind);

    /// <summary>Deletes the subscriptions of a realm, whose streaming connections end.</summary>
    /// <param name="realm">The name of the realm.</param>
    public void DeleteAll(string realm)
    {
        foreach (var subscription in _all.Values.Where(one => one.Mailbox.Realm == realm))
            Delete(subscription);
    }

    /// <summary>Returns the account that owns what a caller creates: the authenticated one, also if it impersonates another.</summary>
    internal string OwnerOf(Caller caller)
    {
        var account = SmtpAddress.TryParse(caller.User, out var address) ? _accounts.FindBySmtpAddress(address) : default;
        return caller.Mailbox.Realm + "\n" + (account is { Succeeded: true } ? account.Value.Key : caller.User.ToUpperInvariant());
    }

    /// <summary>Adds a subscription, and deletes all that expired.</summary>
    /// <returns>The subscription, or ErrorExceededSubscriptionCount.</returns>
    internal EwsResult<Subscription> Add(Subscription subscription)
    {
        var others = _all.Values.Count(one => !DeleteIfExpired(one) && one.Owner == subscription.Owner);
        if (others >= _options.MaxSubscriptions)
            return EwsError.ExceededSubscriptionCount;
        subscription.Prolong();
        _all[(subscription.Mailbox.Realm, subscription.Id)] = subscription;
        return subscription;
    }

    /// <summary>Finds a subscription of the realm of a caller.</summary>
    /// <returns>The subscription, or ErrorSubscriptionNotFound, or ErrorSubscriptionAccessDenied if it has another owner.</returns>
    internal EwsResult<Subscription> Find(string id, Caller caller)
    {
        if (!_all.TryGetValue((caller.Mailbox.Realm, id), out var found) || DeleteIfExpired(found))
            return EwsError.SubscriptionNotFound;
        return found.Owner == OwnerOf(caller) ? found : EwsError.SubscriptionAccessDenied;
    }

    /// <summary>Determines whether a subscription exists.</summary>
    internal bool Contains(Subscription subscription) => _all.ContainsKey((subscription.Mailbox.Realm, subscription.Id));

    /// <summary>Deletes a subscription, which ends its streaming connection or its push notifications.</summary>
    internal void Delete(Subscription subscription)
    {
        _all.TryRemove((subscription.Mailbox.Realm, subscription.Id), out _);
        subscription.End();
    }

    /// <summary>Determines whether an account has fewer streaming connections than allowed.</summary>
    internal bool CanConnect(string owner)
    {
        lock (_connections)
            return _connections.GetValueOrDefault(owner) < _options.MaxStreamingConnections;
    }

    /// <summary>Begins a streaming connection of an account, unless the account has as many as allowed.</summary>
    internal bool TryConnect(string owner)
    {
        lock (_connections)
        {
            var count = _connections.GetValueOrDefault(owner);
            if (count >= _options.MaxStreamingConnections)
                return false;
            _connections[owner] = count + 1;
            return true;
        }
    }

    /// <summary>Ends a streaming connection of an account.</summary>
    internal void Disconnect(string owner)
    {
        lock (_connections)
        {
            if (--_connections[owner] == 0)
                _connections.Remove(owner);
        }
    }

    /// <summary>Reads the next events of a subscription.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="start">The position after which events are read.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The events; or ErrorMissedNotificationEvents if the change log does not contain them, after which the subscription continues at the
    /// end of the log.
    /// </returns>
    internal async Task<EwsResult<EventBatch>> ReadAsync(
        Subscription subscription, Watermark start, CancellationToken cancellationToken)
    {
        var events = new List<MailboxEvent>();
        var position = start.Position;
        while (true)
        {
            var (mailbox, entries) = await _store.ReadLogAsync(
                subscription.Mailbox, position - LogEntry.MaxFolderChanges, EntriesPerRead, cancellationToken);
            var end = new Watermark(mailbox.Log.Id, mailbox.Log.End);
            if (!mailbox.Log.Continues(start.LogId, position))
            {
                subscription.Skip(end);
                return EwsError.MissedNotificationEvents;
            }

            events.AddRange(MailboxEvent.From(mailbox, entries, position).Where(subscription.Filter.Includes));
            if (events.Count > MaxEvents)
            {
                events.RemoveRange(MaxEvents, events.Count - MaxEvents);
                return new EventBatch(mailbox.MailboxGuid, start, events, end with { Position = events[^1].Number }, HasMore: true);
            }

            if (entries.Count < EntriesPerRead)
                return new EventBatch(mailbox.MailboxGuid, start, events, end, HasMore: false);
            position = entries[^1].LastNumber;
        }
    }

    private bool DeleteIfExpired(Subscription subscription)
    {
        var isInUse = subscription.Connection is not null || subscription.Kind == SubscriptionKind.Push;
        if (isInUse || !subscription.IsExpired)
            return false;
        Delete(subscription);
        return true;
    }
}
