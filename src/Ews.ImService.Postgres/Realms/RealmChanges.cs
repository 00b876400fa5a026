using Ews.ImService.Control;
using Ews.ImService.Control.Realms;
using Ews.ImService.Postgres.Connections;
using Npgsql;

namespace Ews.ImService.Postgres.Realms;

/// <summary>Applies changes to the states of realms, those of concurrent requests in one transaction.</summary>
/// <param name="connections">The connections to the database.</param>
/// <param name="options">The options of the realms.</param>
internal sealed class RealmChanges(PostgresConnections connections, ControlOptions options)
{
    private const string LockSql = """
        SELECT "Name", "Incarnation", "Version", "State" FROM "Realms" WHERE "Name" = ANY ($1) ORDER BY "Name" FOR UPDATE
        """;

    private const string UpdateSql = """
        UPDATE "Realms" SET "Version" = changed.version, "State" = changed.state::json
        FROM unnest($1, $2, $3) AS changed (name, version, state) WHERE "Name" = changed.name
        """;

    /// <summary>Runs changes, in the order of the argument for each realm.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="prepare">The first statements of the transaction, before realms are locked; <c>null</c> for none.</param>
    /// <returns>For each change, <c>true</c> if it was applied; <c>false</c> if the realm was deleted.</returns>
    public async Task<IReadOnlyList<bool>> RunAsync(IReadOnlyList<RealmChange> changes, Func<NpgsqlConnection, Task>? prepare = null)
    {
        var changed = await connections.ChangeAsync(
            async connection =>
            {
                if (prepare is not null)
                    await prepare(connection);
                return await ApplyAsync(connection, changes);
            },
            CancellationToken.None);
        foreach (var (realm, state) in changed)
            realm.Apply(state);
        return [.. changes.Select(change => changed.ContainsKey(change.Realm))];
    }

    /// <summary>Locks the realms, and stores their changed states.</summary>
    private async Task<Dictionary<Realm, ConfirmedRealm>> ApplyAsync(NpgsqlConnection connection, IReadOnlyList<RealmChange> changes)
    {
        var rows = await LockAsync(connection, [.. changes.Select(change => change.Realm.Name).Distinct()]);
        var results = new Dictionary<Realm, ConfirmedRealm>();
        var removed = new List<Guid>();
        foreach (var group in changes.GroupBy(change => change.Realm))
        {
            if (!rows.TryGetValue(group.Key.Name, out var row) || row.Incarnation != group.Key.Confirmed?.Incarnation)
                continue;
            var before = group.Key.Confirmed is { } known && known.Version == row.Version ? known.State : RealmTable.Parse(row.State);
            var state = new RealmState(options);
            state.Import(before, group.Key.State);
            foreach (var change in group)
                change.Run(state);
            var after = state.Export();
            removed.AddRange(before.Snapshots.Except(after.Snapshots).Select(snapshot => snapshot.Id));
            results[group.Key] = new ConfirmedRealm(row.Incarnation, row.Version + 1, after);
        }

        if (results.Count > 0)
            await StoreAsync(connection, results);
        if (removed.Count > 0)
            await SnapshotTable.DeleteAsync(connection, removed);
        return results;
    }

    private static async Task<Dictionary<string, (long Incarnation, long Version, string State)>> LockAsync(
        NpgsqlConnection connection, string[] names)
    {
        await using var command = new NpgsqlCommand(LockSql, connection).AddValues([names]);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<string, (long Incarnation, long Version, string State)>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            rows[reader.GetString(0)] = (reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3));
        return rows;
    }

    private static async Task StoreAsync(NpgsqlConnection connection, Dictionary<Realm, ConfirmedRealm> results)
    {
        await using var command = new NpgsqlCommand(UpdateSql, connection).AddValues(
            results.Select(result => result.Key.Name).ToArray(),
            results.Select(result => result.Value.Version).ToArray(),
            results.Select(result => RealmTable.Format(result.Value.State)).ToArray());
        await command.ExecuteNonQueryAsync();
    }
}
