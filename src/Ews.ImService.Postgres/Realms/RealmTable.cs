using System.Text.Json;
using Ews.ImService.Control.Realms;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Realms;

/// <summary>The rows of realms, and the row that counts them.</summary>
/// <param name="connections">The connections to the database.</param>
/// <remarks>Every member throws a <see cref="StorageException"/> if the database cannot be used.</remarks>
internal sealed class RealmTable(PostgresConnections connections)
{
    private const string ReadSql = """
        SELECT r."Incarnation", r."Version",
            CASE WHEN r."Incarnation" = k.incarnation AND r."Version" = k.version THEN NULL ELSE r."State" END,
            (SELECT "Version" FROM "RealmList")
        FROM unnest($1, $2, $3) WITH ORDINALITY AS k (name, incarnation, version, ordinal)
        LEFT JOIN "Realms" AS r ON r."Name" = k.name
        ORDER BY k.ordinal
        """;

    /// <summary>Locks the list of realms. The next statement sees the realms that were created or deleted before.</summary>
    private const string LockListSql = """SELECT 1 FROM "RealmList" FOR UPDATE""";

    private const string CreateSql = """
        WITH list AS (
            UPDATE "RealmList" SET "Version" = "Version" + 1, "Count" = "Count" + 1
            WHERE "Count" < $3 AND NOT EXISTS (SELECT FROM "Realms" WHERE "Name" = $1)
            RETURNING "Version")
        INSERT INTO "Realms" ("Name", "Incarnation", "Version", "State")
        SELECT $1, list."Version", 1, $2::json FROM list
        RETURNING 1
        """;

    private const string FindSql = """SELECT "Incarnation", "Version", "State" FROM "Realms" WHERE "Name" = $1""";

    private const string AcquireSql = """
        UPDATE "Realms" SET "LeaseId" = $3, "LeaseUntil" = clock_timestamp() + $4
        WHERE "Name" = $1 AND "Incarnation" = $2
            AND ("LeaseUntil" IS NULL OR "LeaseUntil" < clock_timestamp() OR "LeaseId" = $3)
        RETURNING "Version", "State"
        """;

    private const string DeleteSql = """
        WITH deleted AS (
                DELETE FROM "Realms" WHERE "Name" = $1 AND "Incarnation" = $2 AND "LeaseId" = $3 RETURNING "Name"),
            list AS (
                UPDATE "RealmList" SET "Version" = "Version" + 1, "Count" = "Count" - 1
                WHERE EXISTS (SELECT FROM deleted)),
            counters AS (DELETE FROM "RealmCounters" WHERE "Realm" IN (SELECT "Name" FROM deleted))
        DELETE FROM "SnapshotMailboxes" WHERE "Realm" IN (SELECT "Name" FROM deleted)
        """;

    private const string IsDeletedSql = """SELECT NOT EXISTS (SELECT FROM "Realms" WHERE "Name" = $1 AND "Incarnation" = $2)""";

    /// <summary>Reads realms at one point in time, in the order of the argument.</summary>
    public Task<IReadOnlyList<RealmReading>> ReadAsync(IReadOnlyList<KnownRealm> realms) => connections.QueryAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(ReadSql, connection).With(
                Value(realms.Select(realm => realm.Name).ToArray()),
                Value(realms.Select(realm => realm.Incarnation).ToArray()),
                Value(realms.Select(realm => realm.Version).ToArray()));
            await using var reader = await command.ExecuteReaderAsync();
            var readings = new List<RealmReading>(realms.Count);
            while (await reader.ReadAsync())
            {
                var exists = !reader.IsDBNull(0);
                var changed = reader.IsDBNull(2)
                    ? null
                    : new ConfirmedRealm(reader.GetInt64(0), reader.GetInt64(1), Parse(reader.GetString(2)));
                readings.Add(new RealmReading(exists, changed, reader.GetInt64(3)));
            }

            return (IReadOnlyList<RealmReading>)readings;
        },
        CancellationToken.None);

    /// <summary>Returns the names of all realms.</summary>
    public Task<IReadOnlyCollection<string>> FindNamesAsync(CancellationToken cancellationToken) => connections.QueryAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("""SELECT "Name" FROM "Realms" """, connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var names = new List<string>();
            while (await reader.ReadAsync(cancellationToken))
                names.Add(reader.GetString(0));
            return (IReadOnlyCollection<string>)names;
        },
        cancellationToken);

    /// <summary>Creates realms, unless they exist.</summary>
    /// <returns>For each realm of the argument, the realm that exists now; <c>null</c> if there are as many realms as allowed.</returns>
    public Task<IReadOnlyList<CreatedRealm?>> CreateAsync(IReadOnlyList<NewRealm> realms) => connections.QueryAsync(
        async connection =>
        {
            await using var batch = new NpgsqlBatch(connection).Add(LockListSql);
            foreach (var realm in realms)
            {
                batch.Add(CreateSql, Value(realm.Name), Value(Format(realm.State)), Value(realm.MaxRealms))
                    .Add(FindSql, Value(realm.Name));
            }

            await using var reader = await batch.ExecuteReaderAsync();
            var created = new List<CreatedRealm?>(realms.Count);
            while (await reader.NextResultAsync())
            {
                var isNew = await reader.ReadAsync();
                await reader.NextResultAsync();
                created.Add(await reader.ReadAsync()
                    ? new CreatedRealm(
                        new ConfirmedRealm(reader.GetInt64(0), reader.GetInt64(1), Parse(reader.GetString(2))), isNew)
                    : null);
            }

            return (IReadOnlyList<CreatedRealm?>)created;
        },
        CancellationToken.None);

    /// <summary>Takes the lease of a realm.</summary>
    /// <returns>The lease and the realm, or <c>null</c> if another operation has the lease, or the realm does not exist.</returns>
    public async Task<(RealmLease Lease, ConfirmedRealm Realm)?> TryAcquireAsync(string name, long incarnation)
    {
        var lease = new ReplacementLease(name, Guid.NewGuid());
        var startedAt = TimeProvider.System.GetTimestamp();
        var acquired = await connections.QueryAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand(AcquireSql, connection)
                    .With(Value(name), Value(incarnation), Value(lease.Id), Value(RealmLease.Duration));
                await using var reader = await command.ExecuteReaderAsync();
                return await reader.ReadAsync()
                    ? new ConfirmedRealm(incarnation, reader.GetInt64(0), Parse(reader.GetString(1)))
                    : null;
            },
            CancellationToken.None);
        return acquired is null ? null : (new RealmLease(connections, lease, startedAt), acquired);
    }

    /// <summary>Deletes a realm with its counters and snapshots. Without effect if it does not exist anymore.</summary>
    /// <returns><c>true</c> if the realm does not exist anymore; <c>false</c> if another operation has the lease.</returns>
    public Task<bool> DeleteAsync(ReplacementLease lease, long incarnation, CancellationToken cancellationToken) => connections.QueryAsync(
        async connection =>
        {
            await using var batch = new NpgsqlBatch(connection)
                .Add(LockListSql)
                .Add(DeleteSql, Value(lease.Realm), Value(incarnation), Value(lease.Id))
                .Add(IsDeletedSql, Value(lease.Realm), Value(incarnation));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken); // The statement that deletes the realm has no result.
            await reader.ReadAsync(cancellationToken);
            return reader.GetBoolean(0);
        },
        cancellationToken);

    /// <summary>Reads a state.</summary>
    public static StoredRealmState Parse(string json) => JsonSerializer.Deserialize(json, StoredRealmJson.Default.StoredRealmState)!;

    /// <summary>Writes a state.</summary>
    public static string Format(StoredRealmState state) => JsonSerializer.Serialize(state, StoredRealmJson.Default.StoredRealmState);
}
