using System.Globalization;
using Ews.ImService.Harness;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Mailboxes;
using Npgsql;

namespace Ews.ImService.Storage.Tests.Postgres;

/// <summary>The messages for databases that cannot be used.</summary>
public sealed class PostgresErrorsTests
{
    private static PrivatePostgres Server => PrivatePostgres.Shared;

    [PostgresFact]
    public void A_wrong_password_is_reported() =>
        Open("Password=wrong-secret").Should().Throw<StorageException>()
            .WithMessage("The database 'postgres' on 127.0.0.1:* rejected the password of the user 'ews_im'.");

    [PostgresFact]
    public void A_missing_password_is_reported() =>
        Open("Password=").Should().Throw<StorageException>().WithMessage("*requires a password for the user*PGPASSWORD*");

    [PostgresFact]
    public void An_unknown_user_is_reported() =>
        Open("Username=stranger").Should().Throw<StorageException>().WithMessage("*rejected*'stranger'*");

    [PostgresFact]
    public void An_unknown_database_is_reported() =>
        Open("Database=missing").Should().Throw<StorageException>().WithMessage("*'missing'*does not exist*ews-im migrate*");

    [PostgresFact]
    public void A_server_that_is_not_running_is_reported() =>
        Open(string.Create(CultureInfo.InvariantCulture, $"Port={ServerProcess.FreePort()}")).Should().Throw<StorageException>()
            .WithMessage("*cannot be reached: Connection refused*");

    [PostgresFact]
    public void A_read_only_database_is_reported()
    {
        var name = Server.CreateDatabase();
        Server.Execute($"ALTER DATABASE {name} SET default_transaction_read_only = on");

        Open($"Database={name}").Should().Throw<StorageException>().WithMessage("*is read-only*");
    }

    [PostgresFact]
    public void Insufficient_rights_are_reported()
    {
        using var database = new PostgresTestDatabase();
        Server.Execute("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'guest-secret'");

        Open($"Database={database.Name};Username=guest;Password=guest-secret").Should().Throw<StorageException>()
            .WithMessage("*the user 'guest' has insufficient rights (permission denied for table Schema)*");
    }

    [PostgresFact]
    public async Task Connections_that_are_all_in_use_are_reported()
    {
        await using var connections = new PostgresConnections(new PostgresOptions(
            Server.ConnectionString("postgres") + ";Maximum Pool Size=2;Timeout=1", "errors"));
        await using var one = await connections.OpenAsync(default);
        await using var other = await connections.OpenAsync(default);

        var open = async () => await connections.OpenAsync(default);

        await open.Should().ThrowAsync<StorageException>().WithMessage("All 2 connections to the database 'postgres' on * were in use*");
    }

    [PostgresFact]
    public async Task A_statement_that_changes_a_read_only_database_is_reported()
    {
        await using var connections = new PostgresConnections(new PostgresOptions(
            Server.ConnectionString("postgres") + ";Options=-c default_transaction_read_only=on", "errors"));

        var change = () => connections.QueryAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand("CREATE TABLE t ()", connection);
                return await command.ExecuteNonQueryAsync();
            },
            default);

        await change.Should().ThrowAsync<StorageException>().WithMessage("*rejected a change: it is read-only*");
    }

    [PostgresFact]
    public async Task A_database_that_becomes_read_only_rejects_changes_and_continues_to_be_read()
    {
        var key = TestMailboxes.Key("me@contoso.com");
        using var database = new PostgresTestDatabase();
        await using var store = await database.OpenAsync();
        await store.ChangeAsync(key, edit => edit.AddImGroup("Before"), default);
        database.Execute($"ALTER DATABASE {database.Name} SET default_transaction_read_only = on");
        Server.CutConnections(database.Name);

        var change = () => store.ChangeAsync(key, edit => edit.AddImGroup("Team"), default);

        await change.Should().ThrowAsync<StorageException>().WithMessage("*rejected a change: it is read-only*");
        (await store.FindAsync(key, default))!.LimitedGroups.Should().Be(1);
        Server.Execute($"ALTER DATABASE {database.Name} RESET default_transaction_read_only");
        Server.CutConnections(database.Name);
        (await change()).Succeeded.Should().BeTrue();
    }

    private static Action Open(string settings) => () =>
    {
        using var connections = new PostgresConnections(new PostgresOptions($"{Server.ConnectionString("postgres")};{settings}", "errors"));
        using var database = new PostgresMailboxDatabase(connections);
        try
        {
            database.Open();
        }
        catch (StorageException e)
        {
            e.ToString().Should().NotContain(Server.Password).And.NotContain("secret");
            throw;
        }
    };
}
