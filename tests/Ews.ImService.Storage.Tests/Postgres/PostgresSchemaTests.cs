using Ews.ImService.Harness;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Mailboxes;
using Ews.ImService.Postgres.Migrations;
using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Storage.Tests.Postgres;

/// <summary>The tables of a database, and the versions of their schema.</summary>
public sealed class PostgresSchemaTests
{
    private const string Describe = """
        SELECT table_name, column_name, data_type, is_nullable, collation_name, generation_expression
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2;
        SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2;
        SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype IN ('f', 'p') ORDER BY 1, 2;
        """;

    private static readonly Lazy<PrivatePostgres> Server = new(() => PrivatePostgres.Shared);

    [PostgresFact]
    public void Migrations_create_the_tables_keys_and_indexes_of_the_model()
    {
        var (migrated, created) = (Server.Value.CreateDatabase(), Server.Value.CreateDatabase());
        using var connections = Connect(migrated);
        using var model = Connect(created);
        new PostgresSchema(connections).Migrate().Should().Equal(PostgresSchema.Migrations);
        using (var context = NewContext(model))
            context.Database.EnsureCreated();
        Server.Value.Execute("DROP TABLE \"__EFMigrationsHistory\"", migrated);

        Lines(migrated).Should().BeEquivalentTo(Lines(created)).And.HaveCountGreaterThan(50);

        static string[] Lines(string database) => Server.Value.Execute(Describe, database).Split('\n');
    }

    [PostgresFact]
    public void Statements_use_the_columns_and_keys_of_the_model()
    {
        using var connections = Connect(Server.Value.CreateDatabase());
        using var context = NewContext(connections);
        var model = context.Model.GetEntityTypes().Where(type => type.ClrType.IsSubclassOf(typeof(Row))).Select(type => new
        {
            Name = type.GetTableName()!,
            Columns = type.GetProperties().Where(property => property.GetComputedColumnSql() is null)
                .Select(property => property.Name).Order(StringComparer.Ordinal).ToList(),
            Key = type.FindPrimaryKey()!.Properties.Select(property => property.Name).ToList(),
        }).ToList();

        MailboxTables.All.Select(table => new
        {
            table.Name,
            Columns = table.Columns.Order(StringComparer.Ordinal).ToList(),
            Key = table.Columns.Take(model.Single(entity => entity.Name == table.Name).Key.Count).ToList(),
        }).Should().BeEquivalentTo(model, options => options.WithStrictOrderingFor(table => table.Key));
    }

    [PostgresFact]
    public void A_database_without_tables_is_rejected_until_it_is_migrated()
    {
        using var connections = Connect(Server.Value.CreateDatabase());
        var schema = new PostgresSchema(connections);

        schema.Invoking(it => it.Verify()).Should().Throw<StorageException>().WithMessage("*has no tables of this service*ews-im migrate*");
        schema.FindPending().Should().Equal(PostgresSchema.Migrations);
        schema.Script().Should().Contain("CREATE TABLE \"Mailboxes\"");
        schema.Migrate();

        schema.Invoking(it => it.Verify()).Should().NotThrow();
        schema.FindPending().Should().BeEmpty();
        schema.Script().Should().BeEmpty();
        schema.Migrate().Should().BeEmpty();
    }

    [PostgresFact]
    public async Task Two_processes_that_migrate_at_the_same_time_succeed()
    {
        var name = Server.Value.CreateDatabase();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            using var connections = Connect(name);
            new PostgresSchema(connections).Migrate();
        })));

        using var verified = Connect(name);
        new PostgresSchema(verified).Verify();
    }

    [PostgresFact]
    public void The_script_creates_the_same_tables_as_the_migration()
    {
        var (scripted, migrated) = (Server.Value.CreateDatabase(), Server.Value.CreateDatabase());
        using var connections = Connect(scripted);
        using var others = Connect(migrated);

        Server.Value.Execute(new PostgresSchema(connections).Script(), scripted);
        new PostgresSchema(others).Migrate();

        Server.Value.Execute(Describe, scripted).Should().Be(Server.Value.Execute(Describe, migrated));
        new PostgresSchema(connections).FindPending().Should().BeEmpty();
        new PostgresSchema(connections).Verify();
    }

    [PostgresFact]
    public void An_older_schema_is_rejected()
    {
        using var database = new PostgresTestDatabase();
        SetVersion(database, PostgresSchema.Version - 1, PostgresSchema.Version - 1);

        new PostgresSchema(database.Connect()).Invoking(it => it.Verify()).Should().Throw<StorageException>()
            .WithMessage($"*has the schema version {PostgresSchema.Version - 1}*requires {PostgresSchema.Version}*ews-im migrate*");
    }

    [PostgresFact]
    public void A_newer_schema_is_accepted_and_not_migrated_only_if_it_states_that_this_version_may_use_it()
    {
        using var database = new PostgresTestDatabase();
        var schema = new PostgresSchema(database.Connect());
        var last = PostgresSchema.Migrations[^1];

        SetVersion(database, PostgresSchema.Version + 1, PostgresSchema.Version);
        database.Execute($"""UPDATE "__EFMigrationsHistory" SET "MigrationId" = 'Combined' WHERE "MigrationId" = '{last}'""");
        schema.Invoking(it => it.Verify()).Should().NotThrow();
        schema.IsNewer().Should().BeTrue();
        schema.FindPending().Should().BeEmpty();
        schema.Script().Should().BeEmpty();
        schema.Migrate().Should().BeEmpty();
        database.Execute($"""UPDATE "__EFMigrationsHistory" SET "MigrationId" = '{last}' WHERE "MigrationId" = 'Combined'""");

        SetVersion(database, PostgresSchema.Version + 1, PostgresSchema.Version + 1);
        foreach (var use in new Action[] { schema.Verify, () => schema.Migrate(), () => schema.FindPending(), () => schema.Script() })
            use.Should().Throw<StorageException>().WithMessage("*newer version of this service*");

        SetVersion(database, PostgresSchema.Version, PostgresSchema.Version);
        schema.IsNewer().Should().BeFalse();
    }

    private static void SetVersion(PostgresTestDatabase database, int version, int compatibleSince) =>
        database.Execute($"""UPDATE "Schema" SET "Version" = {version}, "CompatibleSince" = {compatibleSince}""");

    private static PostgresConnections Connect(string database) =>
        new(new PostgresOptions(Server.Value.ConnectionString(database), "schema"));

    private static PostgresContext NewContext(PostgresConnections connections) =>
        new(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(connections.DataSource).Options);
}
