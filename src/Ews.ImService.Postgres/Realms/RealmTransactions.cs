using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Realms;

/// <summary>Runs queries and transactions on the states of realms. They run again on another connection if theirs was lost.</summary>
internal static class RealmTransactions
{
    private const int MaxAttempts = 5;

    /// <summary>Runs a query.</summary>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public static async Task<T> ReadAsync<T>(
        this PostgresConnections connections, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var connection = await connections.OpenAsync(cancellationToken);
            try
            {
                return await read(connection);
            }
            catch (Exception e) when (PostgresErrors.IsConnectionLost(e) && attempt < MaxAttempts)
            {
                connections.DataSource.Clear();
            }
            catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
            {
                throw connections.Errors.CannotRead(e);
            }
        }
    }

    /// <summary>Runs a transaction, again after a conflict with another one, and commits it.</summary>
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

    /// <summary>Executes a statement that can be repeated without harm, and returns its first row. It blocks.</summary>
    /// <returns>The row, or <c>null</c> if there is none.</returns>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public static T? Execute<T>(
        this PostgresConnections connections, string sql, Func<NpgsqlDataReader, T> read, params object[] parameters)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            using var connection = connections.Open();
            try
            {
                using var command = new NpgsqlCommand(sql, connection).AddValues(parameters);
                using var reader = command.ExecuteReader();
                return reader.Read() ? read(reader) : null;
            }
            catch (Exception e) when (PostgresErrors.IsConnectionLost(e) && attempt < MaxAttempts)
            {
                connections.DataSource.Clear();
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && attempt < MaxAttempts)
            {
                // Another instance inserted the row meanwhile, which the next execution finds.
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
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
