using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Realms;

/// <summary>Runs transactions on the states of realms.</summary>
internal static class RealmTransactions
{
    private const int MaxAttempts = 5;

    /// <summary>Runs a transaction, again after a conflict with another one or on another connection if it was lost, and commits it.
    /// </summary>
    /// <exception cref="StorageException">The database cannot be used. If the connection was lost during the commit, the transaction may be
    /// committed.</exception>
    public static async Task<T> ChangeAsync<T>(
        this PostgresConnections connections, Func<NpgsqlConnection, Task<T>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var connection = await connections.OpenAsync(cancellationToken);
            var isCommitting = false;
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var result = await change(connection);
                isCommitting = true;
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (PostgresException e) when (PostgresErrors.IsConflict(e) && attempt < MaxAttempts)
            {
                await Task.Delay(attempt, cancellationToken);
            }
            catch (Exception e) when (!isCommitting && PostgresErrors.IsConnectionLost(e) && attempt < MaxAttempts)
            {
                connections.DataSource.Clear();
            }
            catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
            {
                throw connections.Errors.Rejected(e);
            }
        }
    }

    /// <summary>Adds the values of the parameters $1, $2 and so on.</summary>
    public static NpgsqlCommand AddValues(this NpgsqlCommand command, params object[] values)
    {
        AddValues(command.Parameters, values);
        return command;
    }

    /// <summary>Adds a statement with the values of its parameters $1, $2 and so on.</summary>
    public static NpgsqlBatch Add(this NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        AddValues(command.Parameters, values);
        batch.BatchCommands.Add(command);
        return batch;
    }

    private static void AddValues(NpgsqlParameterCollection parameters, object[] values)
    {
        foreach (var value in values)
            parameters.Add(new NpgsqlParameter { Value = value });
    }
}
