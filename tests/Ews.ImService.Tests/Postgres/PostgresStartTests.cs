using Ews.ImService.Harness;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Postgres;

/// <summary>Tests the start of a service on PostgreSQL.</summary>
public sealed class PostgresStartTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [PostgresData("PASSWORD", "wrong", "The database * rejected the password of the user '*'.\n")]
    [PostgresData("PASSWORD", "", "The database * requires a password for the user '*'. *PGPASSWORD*\n")]
    [PostgresData("PORT", "1", "The database * cannot be reached: Connection refused.*\n")]
    [PostgresData("NAME", "none", "The database 'none' on * does not exist.*\n")]
    [PostgresData("USER", "stranger", "The database * rejected the *user 'stranger'.*\n")]
    [PostgresData("SETTING", "default_transaction_read_only=on", "The database * is read-only for this user.*\n")]
    public async Task A_database_that_cannot_be_used_ends_the_start_with_one_line(string part, string value, string error)
    {
        using var database = new PostgresDatabase();
        var server = PrivatePostgres.Shared;
        var (user, password) = (part == "USER" ? value : server.UserName, part == "PASSWORD" ? value : server.Password);
        var (port, name) = (part == "PORT" ? value : $"{server.Port}", part == "NAME" ? value : database.Name);
        var query = part == "SETTING" ? "?options=-c%20" + Uri.EscapeDataString(value) : "";
        var url = $"postgres://{user}:{password}@127.0.0.1:{port}/{name}{query}";

        var (exitCode, output, errors) = await ServiceProcess.RunAsync(
            _directory, ["serve", "--urls", "http://127.0.0.1:0", "--db", url, "--Log:Level", "Verbose"]);

        exitCode.Should().Be(1);
        errors.Should().Match(error).And.NotContain(server.Password);
        errors.Count(c => c == '\n').Should().Be(1);
        output.Should().NotContain(server.Password).And.NotContain("   at ");
    }

    [Theory]
    [PostgresData("--db")]
    [PostgresData("--Storage:ConnectionString")]
    public async Task The_password_is_in_no_output(string option)
    {
        using var database = new PostgresDatabase();

        var (process, client) = await ServiceProcess.StartAsync(
            _directory, option, database.Url, "--Log:Level", "Verbose", "--Storage:InstanceName", "im-1");
        await using var service = process;
        using var http = client;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));
        var server = await client.GetStringAsync("/_control/v1/server");
        var log = await client.GetStringAsync("/_control/v1/log");
        await service.TerminateAsync();

        server.Should().Contain($"\"database\": \"postgres://{PrivatePostgres.Shared.UserName}@127.0.0.1:{PrivatePostgres.Shared.Port}/")
            .And.Contain("\"instance\": \"im-1\"").And.Contain("\"(hidden)\"");
        (server + log + service.Output + service.Errors).Should().NotContain(PrivatePostgres.Shared.Password);
    }

    [PostgresFact]
    public async Task The_password_can_be_in_a_file_or_in_the_environment()
    {
        using var database = new PostgresDatabase();
        File.WriteAllText(_directory.File("password"), PrivatePostgres.Shared.Password + "\n");
        var url = $"postgres://{PrivatePostgres.Shared.UserName}@127.0.0.1:{PrivatePostgres.Shared.Port}/{database.Name}";

        foreach (var (variable, value) in new[]
        {
            ("EWSIM_Storage__PasswordFile", _directory.File("password")),
            ("PGPASSWORD", PrivatePostgres.Shared.Password),
        })
        {
            var environment = new Dictionary<string, string> { [variable] = value };
            var (process, client) = await ServiceProcess.StartAsync(_directory, environment, "--db", url);
            await using var service = process;
            using var http = client;
            (await ServiceProcess.PostAsync(client, EwsRequest.GetImItemList())).Should().Contain("NoError");
        }
    }

    [PostgresFact]
    public async Task A_user_that_can_only_read_and_write_rows_is_enough()
    {
        using var database = new PostgresDatabase();
        var user = database.Name + "_user";
        database.Execute($"""
            CREATE ROLE {user} LOGIN PASSWORD 'Secret-1';
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {user};
            """);
        var shared = database.SettingsOf("im-1");
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Postgres = shared with { ConnectionString = $"{shared.ConnectionString};Username={user};Password=Secret-1" },
        });

        await service.AddGroupAsync();
        using var snapshot = await service.SendAsync("PUT", "/snapshots/start");
        using var restored = await service.SendAsync("POST", "/snapshots/start/restore");
        using var reset = await service.SendAsync("POST", "/reset");
        using var journal = await service.SendAsync("GET", "/journal");

        new[] { snapshot, restored, reset, journal }.Should().OnlyContain(response => response.IsSuccessStatusCode);
    }

    [PostgresFact]
    public async Task Npgsql_is_loaded_for_PostgreSQL()
    {
        using var database = new PostgresDatabase();

        await VerifyNpgsqlAsync(database.Url, isLoaded: true);
    }

    [Fact]
    public Task Npgsql_is_not_loaded_for_SQLite() => VerifyNpgsqlAsync(":memory:", isLoaded: false);
    [PostgresFact]
    public async Task Readiness_follows_the_database_and_the_service_recovers_without_a_restart()
    {
        using var server = PrivatePostgres.Start();
        var url = server.UrlOf(server.CreateDatabase());
        var (process, client) = await ServiceProcess.StartAsync(_directory, "--db", url, "--migrate");
        await using var service = process;
        using var http = client;
        await ExpectAsync(client, "/readyz", 200, "ready\n");

        server.Stop();
        await ExpectAsync(client, "/readyz", 503, "database unavailable\n");
        await ExpectAsync(client, "/livez", 200, "ok\n");
        (await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"))).Should().Contain("ErrorInternalServerError");
        server.StartAgain();
        await ExpectAsync(client, "/readyz", 200, "ready\n");

        (await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"))).Should().Contain("NoError");
    }

    private async Task VerifyNpgsqlAsync(string database, bool isLoaded)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (process, client) = await ServiceProcess.StartAsync(_directory, "--db", database);
        await using var service = process;
        using var http = client;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));
        await ExpectAsync(client, "/readyz", 200, "ready\n");
        await client.GetStringAsync("/_control/v1/server");
        var loaded = service.MappedFiles();

        loaded.Should().Contain(file => file.EndsWith("/Ews.ImService.Storage.dll"));
        loaded.Any(file => file.Contains("/Npgsql") || file.EndsWith("/Ews.ImService.Postgres.dll")).Should().Be(isLoaded);
    }

    private static async Task ExpectAsync(HttpClient client, string path, int status, string text)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var response = await client.GetAsync(path, timeout.Token);
            if ((int)response.StatusCode == status)
            {
                (await response.Content.ReadAsStringAsync(timeout.Token)).Should().Be(text);
                return;
            }

            await Task.Delay(50, timeout.Token);
        }
    }
}
