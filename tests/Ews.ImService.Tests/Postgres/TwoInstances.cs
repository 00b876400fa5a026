using System.Text;
using Ews.ImService.Harness;
using Ews.ImService.Settings;

namespace Ews.ImService.Tests.Postgres;

/// <summary>Two instances of the service on one database, as clients of a load balancer use them.</summary>
internal sealed class TwoInstances : IAsyncDisposable
{
    private const string Seed = """{ "mailboxes": [{ "smtpAddress": "user@contoso.com", "groups": [{ "displayName": "Seeded" }] }] }""";

    private TwoInstances(PostgresDatabase database, TestService first, TestService second) =>
        (Database, First, Second) = (database, first, second);

    public PostgresDatabase Database { get; }

    public TestService First { get; }

    public TestService Second { get; }

    public static async Task<TwoInstances> StartAsync()
    {
        var database = new PostgresDatabase();
        return new TwoInstances(database, await StartAsync(database, "first"), await StartAsync(database, "second"));
    }

    /// <summary>Sends requests at the same time, alternately to both instances.</summary>
    public Task<EwsResponse[]> PostAsync(IEnumerable<string> bodies, string path = "/EWS/Exchange.asmx") => Task.WhenAll(
        bodies.Select((body, index) => (index % 2 == 0 ? First : Second).PostAsync(Encoding.UTF8.GetBytes(body), path: path)));

    /// <summary>Closes all connections to the database and rejects new ones, or permits them again.</summary>
    public void AllowConnections(bool isAllowed)
    {
        PrivatePostgres.Shared.Execute($"ALTER DATABASE {Database.Name} ALLOW_CONNECTIONS {isAllowed}");
        if (!isAllowed)
            PrivatePostgres.Shared.CutConnections(Database.Name);
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Database.Dispose();
    }

    private static Task<TestService> StartAsync(PostgresDatabase database, string instance) => TestService.StartAsync(
        TestService.InMemory with
        {
            Postgres = new SharedDatabase(database.ConnectionString, "test", instance, null),
            Seeds = [Encoding.UTF8.GetBytes(Seed)],
        });
}
