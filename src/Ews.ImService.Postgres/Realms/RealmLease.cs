using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

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

    /// <summary>The lease of the operation that is running, which its transactions verify: a suspended process cannot observe in time that
    /// it lost the lease.</summary>
    private static readonly AsyncLocal<ReplacementLease?> CurrentLease = new();

    private readonly PostgresConnections _connections;
    private readonly ReplacementLease _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewal;

    /// <summary>Keeps a lease that was taken.</summary>
    /// <param name="connections">The connections to the database.</param>
    /// <param name="lease">The realm and the id.</param>
    /// <param name="startedAt">A timestamp before the lease was taken.</param>
    public RealmLease(PostgresConnections connections, ReplacementLease lease, long startedAt)
    {
        (_connections, _lease) = (connections, lease);
        Prolong(startedAt);
        _renewal = RenewAsync();
    }

    /// <summary>Gets the lease of the operation that the caller is part of, or <c>null</c> if it is not part of one.</summary>
    public static ReplacementLease? Current => CurrentLease.Value;

    /// <summary>Returns the exception for an operation whose lease another instance has taken.</summary>
    /// <param name="realm">The name of the realm.</param>
    public static StorageException Lost(string realm) => new(
        $"The operation on the realm '{realm}' was canceled: this instance was suspended or could not reach the database, and another "
        + "instance runs an operation on it. Repeat the request.")
    {
        MayRunAgain = false,
    };

    /// <summary>Runs an operation.</summary>
    /// <param name="lease">The lease of the operation, or <c>null</c> if it needs none.</param>
    /// <param name="work">The operation. Its token is canceled before another instance can take the lease.</param>
    /// <exception cref="StorageException">The lease was lost.</exception>
    public static async Task RunAsync(RealmLease? lease, Func<CancellationToken, Task> work)
    {
        CurrentLease.Value = lease?._lease; // Until the end of this method.
        var token = lease?._lost.Token ?? CancellationToken.None;
        try
        {
            await work(token);
        }
        catch (OperationCanceledException e) when (token.IsCancellationRequested)
        {
            throw new StorageException("The operation was canceled, because the database did not respond.", e);
        }
    }

    /// <summary>Releases the lease.</summary>
    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewal;
        try
        {
            await ExecuteAsync(ReleaseSql);
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
                if (await ExecuteAsync(RenewSql, Duration) == 1)
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

    private Task<int> ExecuteAsync(string sql, TimeSpan? duration = null) => _connections.QueryAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection).With(Value(_lease.Realm), Value(_lease.Id));
            if (duration is { } prolonged)
                command.With(Value(prolonged));
            return await command.ExecuteNonQueryAsync();
        },
        CancellationToken.None);
}
