using System.Text.Json;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Realms;

/// <summary>The mailboxes of snapshots, each as a seed document, which creates an identical mailbox.</summary>
/// <param name="connections">The connections to the database.</param>
internal sealed class SnapshotTable(PostgresConnections connections)
{
    private const int SliceSize = 100;

    private const string InsertSql = """
        INSERT INTO "SnapshotMailboxes" ("SnapshotId", "Ordinal", "Realm", "Document")
        SELECT $1, mailbox.ordinal, $2, mailbox.document::json FROM unnest($3, $4) AS mailbox (ordinal, document)
        """;

    private const string ReadSql = """SELECT "Document" FROM "SnapshotMailboxes" WHERE "SnapshotId" = $1 ORDER BY "Ordinal" """;

    private const string DeleteSql = """DELETE FROM "SnapshotMailboxes" WHERE "SnapshotId" = ANY ($1)""";

    /// <summary>The limits of the service when the snapshot was taken are not known.</summary>
    private static readonly MailboxLimits Unlimited =
        new(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>Stores the mailboxes of a snapshot, in a transaction.</summary>
    public static async Task InsertAsync(
        NpgsqlConnection connection, string realm, Guid id, IReadOnlyList<MailboxState> mailboxes, CancellationToken cancellationToken)
    {
        foreach (var slice in mailboxes.Index().Chunk(SliceSize))
        {
            await using var command = new NpgsqlCommand(InsertSql, connection).With(
                Value(id),
                Value(realm),
                Value(slice.Select(mailbox => mailbox.Index).ToArray()),
                Value(slice.Select(mailbox => Format(mailbox.Item)).ToArray()));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Deletes the mailboxes of snapshots, in a transaction.</summary>
    public static async Task DeleteAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> ids)
    {
        await using var command = new NpgsqlCommand(DeleteSql, connection).With(Value(ids.ToArray()));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Returns the mailboxes of a snapshot, or <c>null</c> if it was deleted.</summary>
    /// <param name="clock">The clock of the realm.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public Task<IReadOnlyList<MailboxState>?> ReadAsync(TimeProvider clock, Snapshot snapshot, CancellationToken cancellationToken) =>
        connections.QueryAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand(ReadSql, connection).With(Value(snapshot.Id));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var mailboxes = new List<MailboxState>();
                while (await reader.ReadAsync(cancellationToken))
                    mailboxes.AddRange(Parse(reader.GetString(0), clock));
                return mailboxes.Count == snapshot.MailboxCount ? (IReadOnlyList<MailboxState>)mailboxes : null;
            },
            cancellationToken);

    private static string Format(MailboxState mailbox) =>
        JsonSerializer.Serialize(SeedWriter.Write([mailbox]), ContractJson.Default.SeedDocument);

    private static IReadOnlyList<MailboxState> Parse(string json, TimeProvider clock)
    {
        var problems = new DocumentProblems();
        var document = JsonSerializer.Deserialize(json, ContractJson.Default.SeedDocument)!;
        var mailboxes = SeedReader.Read(document, Unlimited, clock, (_, _) => Guid.NewGuid(), problems);
        return problems.Count == 0 ? mailboxes : throw new DocumentException(problems.ToList());
    }
}
