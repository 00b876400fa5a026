using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>Commits changes of mailboxes: a batch of statements in one round trip, and the commit in a second one.</summary>
/// <param name="connections">The connections to the database.</param>
internal sealed class MailboxCommits(PostgresConnections connections)
{
    private readonly TransactionOutcome _outcome = new(connections);

    /// <inheritdoc cref="IMailboxDatabase.TryCommit"/>
    public bool TryCommit(RowChanges changes)
    {
        var net = new NetChanges(changes.Rows);
        for (var isRepetition = false; ; isRepetition = true)
        {
            using var connection = connections.Open();
            using var transaction = new MailboxTransaction(connection, changes, net);
            try
            {
                transaction.Execute();
            }
            catch (PostgresException e) when (transaction.IsConflict(e))
            {
                return false;
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
                return true;
            }
            catch (Exception e) when (TransactionOutcome.IsUnknown(e))
            {
                return _outcome.IsCommittedAsync(connection, transaction.Id, e).GetAwaiter().GetResult(); // Not on the pool.
            }
            catch (PostgresException e)
            {
                return transaction.IsConflict(e) ? false : throw connections.Errors.Rejected(e);
            }
        }
    }
}
