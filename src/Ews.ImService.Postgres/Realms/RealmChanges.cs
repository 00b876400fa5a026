using Ews.ImService.Control;
using Ews.ImService.Control.Realms;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Realms;

/// <summary>Applies changes to the states of realms, those of concurrent requests in one transaction.</summary>
/// <param name="connections">The connections to the database.</param>
/// <param name="options">The options of the realms.</param>
internal sealed class RealmChanges(PostgresConnections connections, ControlOptions options)
{
    private const string LockSql = """
        SELECT "Name", "Incarnation", "Version", "State", "LeaseId" FROM "Realms" WHERE "Name" = ANY ($1) ORDER BY "Name" FOR UPDATE
        """;

    private const string UpdateSql = """
        UPDATE "Realms" SET "Version" = changed.version, "State" = changed.state::json
        FROM unnest($1, $2, $3) AS changed (name, version, state) WHERE "Name" = changed.name
        """;

    private readonly PostgresTransactions _transactions = new(connections);

    /// <summary>Runs changes, in the order of the argument for each realm.</summary>
    /// <returns>The outcome of each change.</returns>
    public async Task<IReadOnlyList<RealmChangeOutcome>> RunAsync(IReadOnlyList<RealmChange> changes)
    {
        Apply(await _transactions.RunAsync(connection => StoreAsync(connection, changes), CancellationToken.None));
        return [.. changes.Select(change => change.Outcome)];
    }

    /// <summary>Runs a change in a separate transaction.</summary>
    /// <param name="change">The change.</param>
    /// <param name="prepare">The first statements of the transaction, before the realm is locked.</param>
    /// <exception cref="StorageException">The change was not applied; nothing was changed.</exception>
    public async Task RunAsync(RealmChange change, Func<NpgsqlConnection, Task> prepare) => Apply(await _transactions.RunAsync(
        async connection =>
        {
            await prepare(connection);
            var changed = await StoreAsync(connection, [change]);
            return change.Outcome == RealmChangeOutcome.Applied ? changed : throw RealmLease.Lost(change.Realm.Name);
        },
        CancellationToken.None));

    private static void Apply(Dictionary<Realm, ConfirmedRealm> changed)
    {
        foreach (var (realm, state) in changed)
            realm.Apply(state);
    }

    /// <summary>Locks the realms, runs changes on copies of their states, and stores those that differ.</summary>
    /// <returns>The realms to which changes were applied.</returns>
    private async Task<Dictionary<Realm, ConfirmedRealm>> StoreAsync(NpgsqlConnection connection, IReadOnlyList<RealmChange> changes)
    {
        var rows = await LockAsync(connection, [.. changes.Select(change => change.Realm.Name).Distinct()]);
        var results = new Dictionary<Realm, ConfirmedRealm>();
        var changed = new List<ChangedRow>();
        var removed = new List<Guid>();
        foreach (var group in changes.GroupBy(change => change.Realm))
        {
            var row = rows.GetValueOrDefault(group.Key.Name);
            foreach (var change in group)
                change.Outcome = FindOutcome(row, change);
            var applicable = group.Where(change => change.Outcome == RealmChangeOutcome.Applied).ToList();
            if (applicable.Count == 0)
                continue;
            var (before, after) = Run(applicable, row!);
            var text = RealmTable.Format(after);
            var version = text == row!.State ? row.Version : RowVersion.After(row.Version);
            results[group.Key] = new ConfirmedRealm(row.Incarnation, version, after);
            if (version == row.Version)
                continue;
            changed.Add(new ChangedRow(group.Key.Name, version, text));
            removed.AddRange(before.Snapshots.Except(after.Snapshots).Select(snapshot => snapshot.Id));
        }

        if (changed.Count > 0)
            await UpdateAsync(connection, changed);
        if (removed.Count > 0)
            await SnapshotTable.DeleteAsync(connection, removed);
        return results;
    }

    private static RealmChangeOutcome FindOutcome(LockedRow? row, RealmChange change)
    {
        if (row is null || row.Incarnation != change.Realm.Confirmed?.Incarnation)
            return RealmChangeOutcome.RealmDeleted;
        return change.Lease is { } lease && lease.Realm == change.Realm.Name && lease.Id != row.LeaseId
            ? RealmChangeOutcome.LeaseLost
            : RealmChangeOutcome.Applied;
    }

    private (StoredRealmState Before, StoredRealmState After) Run(List<RealmChange> changes, LockedRow row)
    {
        var realm = changes[0].Realm;
        var before = realm.Confirmed is { } known && known.Version == row.Version ? known.State : RealmTable.Parse(row.State);
        var state = new RealmState(options);
        state.Import(before, realm.State);
        foreach (var change in changes)
            change.Run(state);
        return (before, state.Export());
    }

    private static async Task<Dictionary<string, LockedRow>> LockAsync(NpgsqlConnection connection, string[] names)
    {
        await using var command = new NpgsqlCommand(LockSql, connection).With(Value(names));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<string, LockedRow>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            rows[reader.GetString(0)] = new LockedRow(
                reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3), await reader.IsDBNullAsync(4) ? null : reader.GetGuid(4));
        }

        return rows;
    }

    private static async Task UpdateAsync(NpgsqlConnection connection, List<ChangedRow> changed)
    {
        await using var command = new NpgsqlCommand(UpdateSql, connection).With(
            Value(changed.Select(row => row.Name).ToArray()),
            Value(changed.Select(row => row.Version).ToArray()),
            Value(changed.Select(row => row.State).ToArray()));
        await command.ExecuteNonQueryAsync();
    }

    private sealed record LockedRow(long Incarnation, long Version, string State, Guid? LeaseId);

    private sealed record ChangedRow(string Name, long Version, string State);
}
