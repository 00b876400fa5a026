using Ews.ImService.Commands;
using Ews.ImService.Harness;
using Ews.ImService.Postgres.Connections;

namespace Ews.ImService.Tests.Postgres;

public sealed class MigrateCommandTests : IDisposable
{
    private const string DocumentedUrl = "postgres://ews@localhost/ews";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [PostgresFact]
    public async Task The_tables_are_created_once_and_a_service_can_use_them()
    {
        using var database = PostgresDatabase.CreateEmpty();
        var name = PostgresUrl.Describe(PostgresConnectionString.Read(database.Url));
        var applied = string.Concat(PostgresSchema.Migrations.Select(migration => $"{migration} was applied to {name}.\n"));

        var list = await MigrateAsync(database, "--dry-run");
        var script = await MigrateAsync(database, "--script");
        var refused = await ServiceProcess.RunAsync(_directory, ["serve", "--urls", "http://127.0.0.1:0", "--db", database.Url]);
        var first = await MigrateAsync(database);
        var second = await MigrateAsync(database);

        list.Should().Be(applied.Replace("was applied", "would be applied", StringComparison.Ordinal));
        script.Should().Contain("CREATE TABLE \"Mailboxes\"").And.NotContain("\r");
        refused.ExitCode.Should().Be(1);
        refused.Errors.Should().MatchRegex("^The database [^\n]* has no tables of this service\\. Run [^\n]*--migrate\\.\n$");
        first.Should().Be(applied);
        second.Should().Be($"The tables of {name} are up to date.\n");
        (await MigrateAsync(database, "--script")).Should().BeEmpty();
        await using var service = await TestService.StartAsync(TestService.InMemory with { Postgres = database.SettingsOf("im-1") });
        await service.AddGroupAsync();
    }

    [PostgresFact]
    public async Task The_script_creates_the_same_tables()
    {
        using var database = PostgresDatabase.CreateEmpty();

        PrivatePostgres.Shared.Execute(await MigrateAsync(database, "--script"), database.Name);

        (await MigrateAsync(database)).Should().StartWith("The tables of ");
        await using var service = await TestService.StartAsync(TestService.InMemory with { Postgres = database.SettingsOf("im-1") });
        await service.AddGroupAsync();
    }

    [PostgresFact]
    public async Task Serve_creates_the_tables_with_an_option()
    {
        using var database = PostgresDatabase.CreateEmpty();

        var (process, client) = await ServiceProcess.StartAsync(_directory, "--db", database.Url, "--migrate");
        await using var service = process;
        using var http = client;

        (await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"))).Should().Contain("NoError");
        service.OutputLines.Take(PostgresSchema.Migrations.Count)
            .Should().AllSatisfy(line => line.Should().Contain(" was applied to postgres://"));
    }

    [PostgresFact]
    public async Task A_newer_schema_that_is_compatible_is_not_changed_and_a_service_with_the_option_starts()
    {
        using var database = new PostgresDatabase();
        database.Execute("""UPDATE "Schema" SET "Version" = "Version" + 1""");
        var name = PostgresUrl.Describe(PostgresConnectionString.Read(database.Url));

        foreach (var options in new string[][] { [], ["--dry-run"] })
        {
            (await MigrateAsync(database, options)).Should().Be(
                $"The tables of {name} are those of a newer version, which is compatible with this one.\n");
        }

        (await MigrateAsync(database, "--script")).Should().BeEmpty();
        var (process, client) = await ServiceProcess.StartAsync(_directory, "--db", database.Url, "--migrate");
        await using var service = process;
        using var http = client;
        (await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"))).Should().Contain("NoError");
    }

    [PostgresFact]
    public async Task The_examples_succeed()
    {
        foreach (var example in CommandTable.Find(["migrate"]).Command!.Examples)
        {
            using var database = PostgresDatabase.CreateEmpty();

            var (exitCode, _, errors) = await ServiceProcess.RunInBashAsync(
                _directory, example.Line.Replace(DocumentedUrl, database.Url, StringComparison.Ordinal));

            errors.Should().BeEmpty();
            exitCode.Should().Be(0);
        }
    }

    [Theory]
    [InlineData("--db mailboxes.db", "The database must be one of PostgreSQL, such as --db postgres://ews@localhost/ews.\n")]
    [InlineData("", "The database must be one of PostgreSQL, such as --db postgres://ews@localhost/ews.\n")]
    [InlineData("--db Host=", "Storage:Path must be a connection string such as ")]
    public async Task Another_database_is_rejected(string arguments, string problem)
    {
        var (exitCode, output, errors) = await ServiceProcess.RunAsync(
            _directory, ["migrate", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        exitCode.Should().Be(2);
        errors.Should().StartWith(problem);
        output.Should().BeEmpty();
    }

    private async Task<string> MigrateAsync(PostgresDatabase database, params string[] options)
    {
        var (exitCode, output, errors) = await ServiceProcess.RunAsync(_directory, ["migrate", "--db", database.Url, .. options]);
        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
        return output;
    }
}
