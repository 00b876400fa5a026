using Ews.ImService.Postgres.Migrations;
using Ews.ImService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>Verifies, creates and migrates the tables of a PostgreSQL database.</summary>
/// <param name="connections">The connections to the database.</param>
internal sealed class PostgresSchema(PostgresConnections connections)
{
    /// <summary>The migrations, each of which increases the schema version by one.</summary>
    public static readonly IReadOnlyList<string> Migrations =
        ["20261122000000_Mailboxes", "20261122000001_Realms", "20261122000002_Journal"];

    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Gets the schema version of this program.</summary>
    public static int Version => Migrations.Count;

    /// <summary>Verifies that this program can use the tables, and that the database accepts changes.</summary>
    /// <remarks>
    /// A newer schema is accepted if it states that this program may run beside it, so that instances are updated one after another.
    /// </remarks>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public void Verify() => connections.Query(connection =>
    {
        VerifyIsWritable(connection);
        VerifyVersion(connection);
        return true;
    });

    /// <summary>Returns <c>true</c> if the tables were migrated by a newer version of this program; otherwise, <c>false</c>.</summary>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public bool IsNewer() => connections.Query(ReadVersion) is var (version, _) && version > Version;

    /// <summary>Returns the names of the migrations that are to be applied, in their order; none for a newer schema.</summary>
    /// <exception cref="StorageException">The database cannot be used, or has a newer schema that is not compatible.</exception>
    public IReadOnlyList<string> FindPending() => Use(context => context.Database.GetPendingMigrations().ToList(), []);

    /// <summary>Returns the SQL that <see cref="Migrate"/> would execute.</summary>
    /// <exception cref="StorageException">The database cannot be used, or has a newer schema that is not compatible.</exception>
    public string Script() => Use(
        context => context.Database.GetPendingMigrations().Any()
            ? context.GetService<IMigrator>().GenerateScript(fromMigration: context.Database.GetAppliedMigrations().LastOrDefault())
            : "",
        "");

    /// <summary>Creates or migrates the tables. Of several processes that call this method, one migrates and the others wait.</summary>
    /// <returns>The names of the migrations that were applied, in their order.</returns>
    /// <exception cref="StorageException">The database cannot be used, or has a newer schema that is not compatible. It was not changed.
    /// </exception>
    public IReadOnlyList<string> Migrate() => Use(
        context =>
        {
            using var connection = connections.Open();
            using var transaction = connection.BeginTransaction();
            WaitForOtherMigrations(connection);
            var pending = context.Database.GetPendingMigrations().ToList();
            if (pending.Count > 0)
                context.Database.Migrate();
            return pending;
        },
        []);

    /// <summary>Takes a lock of the database until the end of the transaction.</summary>
    /// <remarks>EF Core locks each migration only, so that two processes can apply the same migration.</remarks>
    private static void WaitForOtherMigrations(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended('ews-im migrate', 0))", connection);
        command.CommandTimeout = (int)MigrationTimeout.TotalSeconds;
        command.ExecuteNonQuery();
    }

    /// <summary>Uses the migrations of this program.</summary>
    /// <param name="use">The use.</param>
    /// <param name="none">The result for a newer schema, to which they were applied, and whose history can name others.</param>
    private T Use<T>(Func<PostgresContext, T> use, T none)
    {
        if (connections.Query(ReadVersion) is var (version, compatibleSince) && version > Version)
            return compatibleSince <= Version ? none : throw Incompatible();
        using var context = new PostgresContext(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(connections.DataSource).Options);
        context.Database.SetCommandTimeout(MigrationTimeout);
        try
        {
            return use(context);
        }
        catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
        {
            throw connections.Errors.Rejected(e);
        }
    }

    private void VerifyIsWritable(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT pg_is_in_recovery(), current_setting('transaction_read_only') = 'on'", connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        if (reader.GetBoolean(0))
            throw new StorageException($"The database {connections.Name} is a read-only standby. Specify the primary server.");
        if (reader.GetBoolean(1))
            throw new StorageException($"The database {connections.Name} is read-only for this user. Specify one that can be written.");
    }

    private void VerifyVersion(NpgsqlConnection connection)
    {
        switch (ReadVersion(connection))
        {
            case null:
                throw new StorageException(
                    $"The database {connections.Name} has no tables of this service. Run \"ews-im migrate\", or start with --migrate.");
            case var (version, _) when version < Version:
                throw new StorageException(
                    $"The database {connections.Name} has the schema version {version}, but this version of the service requires "
                    + $"{Version}. Run \"ews-im migrate\", or start with --migrate.");
            case var (_, compatibleSince) when compatibleSince > Version:
                throw Incompatible();
        }
    }

    private static (int Version, int CompatibleSince)? ReadVersion(NpgsqlConnection connection)
    {
        try
        {
            using var command = new NpgsqlCommand("""SELECT "Version", "CompatibleSince" FROM "Schema" """, connection);
            using var reader = command.ExecuteReader();
            return reader.Read() ? (reader.GetInt32(0), reader.GetInt32(1)) : null;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }

    private StorageException Incompatible() => new(
        $"The database {connections.Name} was migrated by a newer version of this service. Update the service, or specify another "
        + "database.");
}
