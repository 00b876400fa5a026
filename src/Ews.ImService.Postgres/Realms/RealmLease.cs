using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Realms;

/// <summary>The right to run an operation on all mailboxes of a realm, which one instance of the service has at a time.</summary>
/// <remarks>
/// The lease is renewed until it is disposed. It expires if the instance ends or cannot reach the database; no connection is kept for it.
/// </remarks>
internal sealed class RealmLease : IAsyncDisposable
{
    /// <summary>The time after which a lease expires that is not renewed.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    /// <summary>The time after which an operation asks again for a lease that another one has; it doubles each time.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>The greatest time after which an operation asks again for a lease.</summary>
    public static readonly TimeSpan MaxRetryInterval = TimeSpan.FromMilliseconds(160);

    private const string RenewSql =
        """UPDATE "Realms" SET "LeaseUntil" = clock_timestamp() + $3 WHERE "Name" = $1 AND "LeaseId" = $2""";

    private const string ReleaseSql =
        """UPDATE "Realms" SET "LeaseId" = NULL, "LeaseUntil" = NULL WHERE "Name" = $1 AND "LeaseId" = $2""";

    private static readonly TimeSpan RenewalInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The time before the end of the lease at which its operation is canceled.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly PostgresConnections _connections;
    private readonly string _realm;
    private readonly Guid _id;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewal;

    /// <summary>Keeps a lease that was taken.</summary>
    /// <param name="connections">The connections to the database.</param>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="id">The id of the lease.</param>
    /// <param name="startedAt">A timestamp before the lease was taken.</param>
    public RealmLease(PostgresConnections connections, string realm, Guid id, long startedAt)
    {
        (_connections, _realm, _id) = (connections, realm, id);
        Prolong(startedAt);
        _renewal = RenewAsync();
    }

    /// <summary>Gets a token that is canceled before another instance can take the lease.</summary>
    public CancellationToken Token => _lost.Token;

    /// <summary>Releases the lease.</summary>
    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewal;
        try
        {
            await ExecuteAsync(ReleaseSql, _realm, _id);
        }
        catch (StorageException)
        {
            // The lease expires.
        }

        _released.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(RenewalInterval);
        while (await WaitAsync(timer))
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            try
            {
                if (await ExecuteAsync(RenewSql, _realm, _id, Duration) == 1)
                    Prolong(startedAt);
                else
                    await _lost.CancelAsync();
            }
            catch (StorageException)
            {
                // The next renewal may succeed before the lease expires.
            }
        }
    }

    private async Task<bool> WaitAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_released.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Prolong(long startedAt)
    {
        var remaining = Duration - Margin - TimeProvider.System.GetElapsedTime(startedAt);
        _lost.CancelAfter(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
    }

    private Task<int> ExecuteAsync(string sql, params object[] values) => _connections.QueryAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection).AddValues(values);
            return await command.ExecuteNonQueryAsync();
        },
        CancellationToken.None);
}
