using System.Buffers.Binary;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>The type of a subscription.</summary>
internal enum SubscriptionKind
{
    /// <summary>The client requests events with GetEvents.</summary>
    Pull,

    /// <summary>The client receives events with GetStreamingEvents.</summary>
    Streaming,

    /// <summary>The service sends events to a URL of the client.</summary>
    Push,
}

/// <summary>The events that a subscription covers.</summary>
/// <param name="Folders">The folders; <c>null</c> for all folders of the mailbox.</param>
/// <param name="Kinds">The kinds of changes.</param>
internal sealed record EventFilter(IReadOnlyList<MailboxFolder>? Folders, IReadOnlySet<ChangeKind> Kinds)
{
    /// <summary>Determines whether the subscription covers an event.</summary>
    public bool Includes(MailboxEvent one) => Kinds.Contains(one.Kind) && (Folders is null || Folders.Any(one.Concerns));
}

/// <summary>A subscription to the events of a mailbox: its owner, its filter, and its position in the change log.</summary>
/// <param name="kind">The type.</param>
/// <param name="mailbox">The mailbox.</param>
/// <param name="owner">The account that subscribed.</param>
/// <param name="filter">The events.</param>
/// <param name="position">The position after which events are delivered.</param>
/// <param name="lifetime">The time for which the subscription exists without being used.</param>
/// <remarks>The service keeps subscriptions in memory, so that they end with it.</remarks>
#pragma warning disable CA1001 // A cancellation source without a timer has nothing to dispose of.
internal sealed class Subscription(
    SubscriptionKind kind, MailboxKey mailbox, string owner, EventFilter filter, Watermark position, TimeSpan lifetime)
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private Watermark _position = position;
    private PullResponse? _lastResponse;
    private EventConnection? _connection;
    private DateTimeOffset _expiresAt;

    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the clock of the realm.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Gets the type.</summary>
    public SubscriptionKind Kind => kind;

    /// <summary>Gets the mailbox.</summary>
    public MailboxKey Mailbox => mailbox;

    /// <summary>Gets the account that subscribed.</summary>
    public string Owner => owner;

    /// <summary>Gets the events that the subscription covers.</summary>
    public EventFilter Filter => filter;

    /// <summary>Gets a token that is canceled when the subscription ends.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Gets a value that indicates whether the subscription was not used for its lifetime.</summary>
    public bool IsExpired
    {
        get
        {
            lock (_lock)
                return Clock.GetUtcNow() >= _expiresAt;
        }
    }

    /// <summary>Gets the position after which events are delivered.</summary>
    public Watermark Position
    {
        get
        {
            lock (_lock)
                return _position;
        }
    }

    /// <summary>Gets the streaming connection that uses the subscription, or <c>null</c> if there is none.</summary>
    public EventConnection? Connection
    {
        get
        {
            lock (_lock)
                return _connection;
        }
    }

    /// <summary>Gets the id of the change log that was replaced last, of which a client may still have watermarks; otherwise, 0.</summary>
    public long LostLogId { get; private set; }

    /// <summary>Returns the position from which the events for a GetEvents request are read.</summary>
    /// <param name="watermark">The watermark of the request.</param>
    /// <remarks>
    /// Events leave the subscription when they are returned, whatever watermark a client sends: some send the first one until there are no
    /// more events. Only the watermark of the last request, sent again after its response contained all events, means that the response
    /// was lost.
    /// </remarks>
    public Watermark BeginPull(Watermark watermark)
    {
        lock (_lock)
            return _lastResponse is { HasMore: false } last && last.Requested == watermark ? last.Start : _position;
    }

    /// <summary>Records the response to a GetEvents request.</summary>
    public void EndPull(Watermark watermark, EventBatch events)
    {
        lock (_lock)
        {
            _lastResponse = new PullResponse(watermark, events.Start, events.HasMore);
            _position = events.End;
        }
    }

    /// <summary>Records that a connection has sent events, unless another connection uses the subscription by now.</summary>
    public void EndStream(EventConnection connection, EventBatch events)
    {
        lock (_lock)
        {
            if (_connection == connection)
                _position = events.End;
        }
    }

    /// <summary>Restarts the lifetime.</summary>
    public void Prolong()
    {
        lock (_lock)
            _expiresAt = Clock.GetUtcNow() + lifetime;
    }

    /// <summary>Records that the receiver of a push subscription has the events.</summary>
    public void EndPush(EventBatch events)
    {
        lock (_lock)
            _position = events.End;
    }

    /// <summary>Cancels <see cref="Ended"/>, and lets the streaming connection that uses the subscription examine it.</summary>
    public void End()
    {
        _ended.Cancel();
        Connection?.Wake();
    }

    /// <summary>Continues at the end of the change log, because events were lost.</summary>
    public void Skip(Watermark end)
    {
        lock (_lock)
        {
            LostLogId = _position.LogId;
            _position = end;
            _lastResponse = null;
        }
    }

    /// <summary>Sets the connection that uses the subscription.</summary>
    /// <returns>The connection that used it before, or <c>null</c>.</returns>
    public EventConnection? Attach(EventConnection connection)
    {
        lock (_lock)
            return (_connection, _connection = connection).Item1;
    }

    /// <summary>Ends the use by a connection, unless another one uses the subscription by now.</summary>
    public void Detach(EventConnection connection)
    {
        lock (_lock)
        {
            if (_connection == connection)
                _connection = null;
        }
    }

    /// <summary>Creates an id from a GUID.</summary>
    /// <remarks>
    /// It has the form of the ids of Exchange: the length and name of the server, the length and bytes of a GUID, and a number.
    /// </remarks>
    public static string CreateId(Guid guid)
    {
        var server = "localhost"u8;
        Span<byte> id = stackalloc byte[2 + server.Length + 4 + 16 + 8];
        BinaryPrimitives.WriteInt16LittleEndian(id, (short)server.Length);
        server.CopyTo(id[2..]);
        BinaryPrimitives.WriteInt32LittleEndian(id[(2 + server.Length)..], 16);
        guid.TryWriteBytes(id[(6 + server.Length)..]);
        id[^8..].Clear();
        return Convert.ToBase64String(id);
    }

    /// <summary>The response to a GetEvents request.</summary>
    private sealed record PullResponse(Watermark Requested, Watermark Start, bool HasMore);
}
