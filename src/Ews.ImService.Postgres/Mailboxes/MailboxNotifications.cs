using System.Threading.Channels;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>Announces changed mailboxes to other instances with the notifications of PostgreSQL.</summary>
/// <remarks>
/// Notifications are hints. Without a connection, or behind a pooler that does not pass them on, any mailbox may have changed: this is
/// reported every two seconds, until a notification of this instance to itself arrives.
/// </remarks>
/// <param name="connections">The connections to the database.</param>
internal sealed class MailboxNotifications(PostgresConnections connections) : IDisposable
{
    private const string Listen = $"LISTEN {NotificationText.Channel}";

    /// <summary>The transaction of a hint does not wait for the disk.</summary>
    private const string Notify = $"""
        SELECT set_config('synchronous_commit', 'off', true), pg_notify('{NotificationText.Channel}', payload) FROM unnest($1) AS payload
        """;

    /// <summary>The number of changed mailboxes above which a notification does not name them.</summary>
    private const int MaxNamed = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The time in which changes are collected: each notification locks the queue of all notifications of the server.</summary>
    private static readonly TimeSpan CollectionTime = TimeSpan.FromMilliseconds(5);

    private readonly Channel<MailboxKey> _changed =
        Channel.CreateUnbounded<MailboxKey>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private volatile bool _isReceiving;

    /// <inheritdoc cref="ISharedMailboxes.Changed"/>
    public event Action<MailboxKey?>? Changed;

    /// <summary>Gets a task that completes when the first notification has arrived.</summary>
    public Task WhenListening => _listening.Task;

    /// <summary>Starts to listen and to announce.</summary>
    public void Start() => _running = Task.WhenAll(Task.Run(ListenAsync), Task.Run(AnnounceAsync));

    /// <inheritdoc cref="ISharedMailboxes.Announce"/>
    public void Announce(IReadOnlyCollection<MailboxKey> mailboxes)
    {
        foreach (var mailbox in mailboxes)
            _changed.Writer.TryWrite(mailbox);
    }

    /// <summary>Stops to listen and to announce.</summary>
    public void Dispose()
    {
        _changed.Writer.TryComplete();
        _stopping.Cancel();
        _running.GetAwaiter().GetResult();
        _stopping.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ReceiveAsync();
            }
            catch (Exception e) when (PostgresErrors.IsFailure(e))
            {
                _isReceiving = false;
                Changed?.Invoke(null);
                await Task.Delay(Interval, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ReceiveAsync()
    {
        await using var connection = new NpgsqlConnection(connections.Listening.ConnectionString);
        connection.Notification += (_, notification) => OnReceived(notification.Payload);
        await connection.OpenAsync(_stopping.Token);
        await using (var listen = new NpgsqlCommand(Listen, connection))
            await listen.ExecuteNonQueryAsync(_stopping.Token);
        Changed?.Invoke(null); // Notifications may have been missed.
        while (true)
        {
            if (!_isReceiving)
                await SendAsync([NotificationText.ToItself(connections.InstanceName)]);
            if (!await connection.WaitAsync(Interval, _stopping.Token) && !_isReceiving)
                Changed?.Invoke(null);
        }
    }

    private void OnReceived(string payload)
    {
        if (NotificationText.TryRead(payload, connections.InstanceName, out var mailbox, out var isOwn))
            Changed?.Invoke(mailbox);
        if (!isOwn)
            return;
        _isReceiving = true;
        _listening.TrySetResult();
    }

    private async Task AnnounceAsync()
    {
        var hasFailed = false;
        while (await _changed.Reader.WaitToReadAsync())
        {
            await Task.Delay(CollectionTime, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var mailboxes = new HashSet<MailboxKey>();
            while (_changed.Reader.TryRead(out var mailbox))
                mailboxes.Add(mailbox);
            try
            {
                await SendAsync(
                    hasFailed || mailboxes.Count > MaxNamed
                        ? [NotificationText.OfAny(connections.InstanceName)]
                        : [.. mailboxes.Select(mailbox => NotificationText.Of(connections.InstanceName, mailbox))]);
                hasFailed = false;
            }
            catch (Exception e) when (PostgresErrors.IsFailure(e))
            {
                hasFailed = true; // The next notification reports that any mailbox may have changed.
            }
        }
    }

    private async Task SendAsync(string[] payloads)
    {
        await using var connection = await connections.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(Notify, connection).With(Value(payloads));
        await command.ExecuteNonQueryAsync();
    }
}
