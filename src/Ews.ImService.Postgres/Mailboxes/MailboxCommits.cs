using System.Diagnostics;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>Commits changes of mailboxes: a batch of statements in one round trip, and the commit in a second one.</summary>
/// <param name="connections">The connections to the database.</param>
internal sealed class MailboxCommits(PostgresConnections connections)
{
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OutcomeInterval = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc cref="IMailboxDatabase.Commit"/>
    public IReadOnlyCollection<int> Commit(RowChanges changes)
    {
        var net = new NetChanges(changes.Rows);
        for (var isRepetition = false; ; isRepetition = true)
        {
            using var connection = connections.Open();
            using var transaction = new MailboxTransaction(connection, changes, net);
            try
            {
                if (!transaction.TryExecute())
                    return transaction.Conflicts;
            }
            catch (PostgresException e) when (transaction.IsConflict(e))
            {
                return transaction.Conflicts;
            }
            catch (Exception e) when (!isRepetition && PostgresErrors.IsConnectionLost(e))
            {
                connections.DataSource.Clear(); // The connections of the pool may be older than the server.
                continue;
            }
            catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
            {
                throw connections.Errors.Rejected(e);
            }

            try
            {
                transaction.Commit();
                return [];
            }
            catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
            {
                return IsCommitted(transaction.Id, e) ? [] : transaction.Conflicts;
            }
        }
    }

    /// <summary>Asks the database for the outcome of a transaction, over a new connection.</summary>
    /// <exception cref="StorageException">The database cannot be asked.</exception>
    private bool IsCommitted(string transactionId, Exception failure)
    {
        connections.DataSource.Clear();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < OutcomeTimeout)
        {
            try
            {
                if (ReadStatus(transactionId) is var status and not "in progress")
                    return status == "committed" || (status == "aborted" ? false : throw connections.Errors.OutcomeUnknown(failure));
            }
            catch (Exception e) when (PostgresErrors.IsConnectionLost(e))
            {
                connections.DataSource.Clear(); // The server may be starting.
            }
            catch (PostgresException e)
            {
                throw connections.Errors.OutcomeUnknown(e); // Another server, which does not know the transaction.
            }

            Thread.Sleep(OutcomeInterval);
        }

        throw connections.Errors.OutcomeUnknown(failure);
    }

    /// <returns><c>null</c> if the transaction is too old.</returns>
    private string? ReadStatus(string transactionId)
    {
        using var connection = connections.DataSource.OpenConnection();
        using var command = new NpgsqlCommand("SELECT pg_xact_status($1::xid8)", connection)
        {
            Parameters = { new NpgsqlParameter { Value = transactionId, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Unknown } },
        };
        return command.ExecuteScalar() as string;
    }
}
