using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>Verifies that the database can be read and written, at most once per second.</summary>
/// <remarks>It has a connection of its own: a service whose connections are all in use is ready.</remarks>
/// <param name="options">The settings of the connections.</param>
/// <param name="clock">The clock that measures the second.</param>
internal sealed class PostgresReadiness(PostgresOptions options, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The time after which a database without a response is not ready. The documented load balancer waits 2 seconds.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    private readonly Lazy<PostgresConnections> _connections = new(() => new PostgresConnections(WithOneConnection(options)));
    private readonly Lock _lock = new();
    private Task<bool>? _verification;
    private long _startedAt;

    /// <summary>Returns <c>true</c> if the last verification succeeded; otherwise, <c>false</c>.</summary>
    public Task<bool> IsReadyAsync()
    {
        lock (_lock)
        {
            if (_verification is null || (_verification.IsCompleted && clock.GetElapsedTime(_startedAt) >= Interval))
            {
                _startedAt = clock.GetTimestamp();
                _verification = VerifyAsync();
            }

            return _verification;
        }
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _connections.IsValueCreated ? _connections.Value.DisposeAsync() : default;

    private static PostgresOptions WithOneConnection(PostgresOptions options)
    {
        var settings = PostgresConnectionString.ReadWithDefaults(options.ConnectionString);
        settings.MinPoolSize = 0;
        settings.MaxPoolSize = 1;
        settings.Timeout = (int)MaxTime.TotalSeconds; // Npgsql does not observe a token while it waits for a server that is connected.
        settings.CancellationTimeout = -1; // A command that takes too long ends with its connection, without a request to the server.
        return options with { ConnectionString = settings.ConnectionString };
    }

    private async Task<bool> VerifyAsync()
    {
        using var timeout = new CancellationTokenSource(MaxTime);
        try
        {
            // A standby server reports its transactions as read-only.
            return await _connections.Value.QueryAsync(
                async connection =>
                {
                    await using var command = new NpgsqlCommand("SELECT current_setting('transaction_read_only') = 'off'", connection);
                    return (bool)(await command.ExecuteScalarAsync(timeout.Token))!;
                },
                timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException)
        {
            return false;
        }
    }
}
