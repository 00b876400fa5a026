using Ews.ImService.Postgres.Connections;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Realms;

/// <summary>The counters of objects of mailboxes, from which ids are generated that are the same in every run.</summary>
/// <param name="connections">The connections to the database.</param>
internal sealed class RealmCounters(PostgresConnections connections)
{
    private const string IncrementSql = """
        INSERT INTO "RealmCounters" AS c ("Realm", "Kind", "Mailbox", "Count") VALUES ($1, $2, $3, 1)
        ON CONFLICT ("Realm", "Kind", "Mailbox") DO UPDATE SET "Count" = c."Count" + 1
        RETURNING "Count"
        """;

    /// <summary>Increments a counter, and returns it. It blocks until the counter is stored.</summary>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="kind">The kind of the objects.</param>
    /// <param name="mailbox">The key of the address of the mailbox.</param>
    public int Increment(string realm, string kind, string mailbox) => connections.Query(connection =>
    {
        using var command = new NpgsqlCommand(IncrementSql, connection).With(Value(realm), Value(kind), Value(mailbox));
        return (int)command.ExecuteScalar()!;
    });
}
