using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>Verifies that the database can be read and written, at most once per second.</summary>
/// <param name="connections">The connections to the database.</param>
/// <param name="clock">The clock that measures the second.</param>
internal sealed class PostgresReadiness(PostgresConnections connections, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

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

    private async Task<bool> VerifyAsync()
    {
        try
        {
            // A standby server reports its transactions as read-only.
            await using var connection = await connections.OpenAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand("SELECT current_setting('transaction_read_only') = 'off'", connection);
            return (bool)(await command.ExecuteScalarAsync())!;
        }
        catch (Exception e) when (e is StorageException || PostgresErrors.IsOfDatabase(e))
        {
            return false;
        }
    }
}
