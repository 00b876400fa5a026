using Ews.ImService.Postgres.Connections;
using Npgsql;

namespace Ews.ImService.Tests.Postgres.Journal;

/// <summary>The lock of a journal in the database, so that its transactions wait until it is released.</summary>
internal sealed class JournalLock : IAsyncDisposable
{
    private readonly PostgresConnections _connections;
    private readonly NpgsqlConnection _connection;

    private JournalLock(PostgresConnections connections) => (_connections, _connection) = (connections, connections.Open());

    /// <summary>Locks the journal of a realm, which has one.</summary>
    public static async Task<JournalLock> AcquireAsync(PostgresConnections connections, string realm)
    {
        var result = new JournalLock(connections);
        await using var command = new NpgsqlCommand(
            $"""BEGIN; SELECT FROM "Journals" WHERE "Realm" = '{realm}' FOR UPDATE""", result._connection);
        await command.ExecuteNonQueryAsync();
        return result;
    }

    /// <summary>Releases the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var command = new NpgsqlCommand("ROLLBACK", _connection))
            await command.ExecuteNonQueryAsync();
        await _connection.DisposeAsync();
        await _connections.DisposeAsync();
    }
}
