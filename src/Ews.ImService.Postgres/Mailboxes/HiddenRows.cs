using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>Deletes the rows of hidden mailboxes, slice by slice.</summary>
internal static class HiddenRows
{
    /// <summary>
    /// Locks a hidden mailbox, and changes its version: an instance that is writing the mailbox cannot make it visible any more. Another
    /// mailbox is not deleted, because an instance has made it visible.
    /// </summary>
    private const string Claim =
        """UPDATE "Mailboxes" SET "Version" = -1 WHERE "Id" = $1 AND "Realm" >= '*' AND "Realm" < '+'""";

    /// <summary>Deletes rows of a hidden mailbox in one transaction: its content first, then its own row.</summary>
    /// <param name="connections">The connections to the database.</param>
    /// <param name="mailboxId">The key of the mailbox's row, which need not exist.</param>
    /// <param name="maxRows">The maximum number of rows to delete.</param>
    /// <returns><c>true</c> if no row of the mailbox remains, or it is not hidden; otherwise, <c>false</c>.</returns>
    /// <exception cref="StorageException">The transaction failed; the database is unchanged.</exception>
    public static bool Delete(PostgresConnections connections, int mailboxId, int maxRows)
    {
        try
        {
            using var connection = connections.Open();
            using var transaction = connection.BeginTransaction();
            var rest = maxRows;
            var isHidden = Execute(connection, Claim, mailboxId) > 0;
            foreach (var table in isHidden ? MailboxTables.Content : [])
                rest -= rest > 0 ? Execute(connection, table.DeleteSlice, mailboxId, rest) : 0;
            if (isHidden && rest > 0)
                Execute(connection, MailboxTables.Mailboxes.DeleteSlice, mailboxId, 1);
            transaction.Commit();
            return rest > 0;
        }
        catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
        {
            throw connections.Errors.Rejected(e);
        }
    }

    private static int Execute(NpgsqlConnection connection, string text, params int[] values)
    {
        using var command = new NpgsqlCommand(text, connection).With([.. values.Select(Value)]);
        return command.ExecuteNonQuery();
    }
}
