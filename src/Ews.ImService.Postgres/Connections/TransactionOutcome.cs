using Ews.ImService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Ews.ImService.Postgres.Connections;

/// <summary>Finds out whether a transaction was committed whose connection was lost during the commit.</summary>
/// <param name="connections">The connections to the database.</param>
internal sealed class TransactionOutcome(PostgresConnections connections)
{
    /// <summary>
    /// Selects the id of the transaction, for <see cref="ReadId"/>. If this process is suspended before the end of the transaction, the
    /// database ends it, so that its locks do not block other instances for long.
    /// </summary>
    public const string SelectId = """
        WITH known AS (
            SELECT "Id" FROM "ServerRun"
        ), added AS (
            INSERT INTO "ServerRun" ("Key", "Id") SELECT 1, gen_random_uuid() WHERE NOT EXISTS (SELECT FROM known)
            ON CONFLICT DO NOTHING RETURNING "Id"
        )
        SELECT pg_current_xact_id()::text, coalesce((SELECT "Id" FROM known), (SELECT "Id" FROM added)),
            set_config('idle_in_transaction_session_timeout', '3000', true)
        """;

    private const string SelectStatus = """SELECT pg_xact_status($1::xid8), (SELECT "Id" FROM "ServerRun")""";
    private const string InProgress = "in progress";
    private const string Committed = "committed";
    private const string Aborted = "aborted";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Determines whether a commit that failed may have taken place: the database did not report an error.</summary>
    public static bool IsUnknown(Exception e) =>
        PostgresErrors.IsOfDatabase(e) && (e is not PostgresException || PostgresErrors.IsConnectionLost(e));

    /// <summary>Reads the result of <see cref="SelectId"/>.</summary>
    public static TransactionId ReadId(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetGuid(1));

    /// <summary>Asks the database, over a new connection.</summary>
    /// <param name="connection">The connection of the transaction, which is closed.</param>
    /// <param name="id">The id of the transaction.</param>
    /// <param name="failure">The exception of the commit.</param>
    /// <returns><c>true</c> if the transaction was committed; <c>false</c> if it was rolled back.</returns>
    /// <exception cref="StorageException">The database cannot be asked.</exception>
    public async Task<bool> IsCommittedAsync(NpgsqlConnection connection, TransactionId id, Exception failure)
    {
        await connection.CloseAsync();
        connections.DataSource.Clear();
        using var deadline = new CancellationTokenSource(Timeout);
        try
        {
            while (true)
            {
                var (status, run) = await ReadStatusAsync(id, deadline.Token);
                if (status == Aborted)
                    return false;
                if (status == Committed && run is not null && run == id.Run)
                    return true;
                if (status != InProgress)
                    throw connections.Errors.OutcomeUnknown(failure);
                await Task.Delay(Interval, deadline.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException || PostgresErrors.IsOfDatabase(e))
        {
            throw connections.Errors.OutcomeUnknown(failure); // Another server does not know the transaction.
        }
    }

    /// <returns>The status, or <c>null</c> if the transaction is too old; and the run of the database.</returns>
    private async Task<(string? Status, Guid? Run)> ReadStatusAsync(TransactionId id, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connections.DataSource.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(SelectStatus, connection)
            {
                Parameters = { new NpgsqlParameter { Value = id.Number, NpgsqlDbType = NpgsqlDbType.Unknown } },
            };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return (reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetGuid(1));
        }
        catch (Exception e) when (PostgresErrors.IsConnectionLost(e))
        {
            connections.DataSource.Clear();
            return (InProgress, null); // The server may be starting.
        }
    }
}
