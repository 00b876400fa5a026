using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>Runs transactions that take effect once.</summary>
/// <param name="connections">The connections to the database.</param>
internal sealed class PostgresTransactions(PostgresConnections connections)
{
    private const int MaxAttempts = 5;

    private readonly TransactionOutcome _outcome = new(connections);

    /// <summary>Runs and commits a transaction, again if it was rolled back because of another one, or because its connection was lost.
    /// </summary>
    /// <exception cref="StorageException">The database cannot be used. The transaction may be committed if
    /// <see cref="StorageException.MayRunAgain"/> is <c>false</c>.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> run, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var connection = await connections.OpenAsync(cancellationToken);
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var id = await ReadIdAsync(connection, cancellationToken);
                var result = await run(connection);
                await CommitAsync(connection, transaction, id);
                return result;
            }
            catch (PostgresException e) when (PostgresErrors.IsConflict(e) && attempt < MaxAttempts)
            {
                await Task.Delay(attempt, cancellationToken);
            }
            catch (Exception e) when (PostgresErrors.IsConnectionLost(e) && attempt < MaxAttempts)
            {
                connections.DataSource.Clear();
            }
            catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
            {
                throw connections.Errors.Rejected(e);
            }
        }
    }

    private static async Task<TransactionId> ReadIdAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TransactionOutcome.SelectId, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return TransactionOutcome.ReadId(reader);
    }

    /// <summary>Commits a transaction. An exception that is not a <see cref="StorageException"/> means that it was rolled back.</summary>
    private async Task CommitAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, TransactionId id)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (TransactionOutcome.IsUnknown(e))
        {
            if (!await _outcome.IsCommittedAsync(connection, id, e))
                throw;
        }
    }
}
