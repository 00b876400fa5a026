using System.Collections.Concurrent;
using System.Globalization;
using Ews.ImService.Harness;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Mailboxes;

namespace Ews.ImService.Storage.Tests.Postgres;

/// <summary>A migrated database on a private server. Databases are emptied and used again, because creating one takes longer.</summary>
internal sealed class PostgresTestDatabase : StoreDatabase
{
    private static readonly Lazy<string> Template = new(() => CreateMigrated(PrivatePostgres.Shared));
    private static readonly ConcurrentBag<string> Unused = [];
    private static int _lastInstance;

    private readonly PrivatePostgres _server;
    private readonly List<PostgresConnections> _connections = [];
    private bool _isReusable;

    /// <summary>Creates a database on the shared server.</summary>
    public PostgresTestDatabase()
    {
        _server = PrivatePostgres.Shared;
        _isReusable = true;
        Name = Unused.TryTake(out var name) ? name : _server.CreateDatabase(Template.Value);
    }

    /// <summary>Creates a database on the server of a test.</summary>
    public PostgresTestDatabase(PrivatePostgres server)
    {
        _server = server;
        Name = CreateMigrated(server);
    }

    /// <summary>Gets the name of the database.</summary>
    public string Name { get; }

    /// <summary>Returns new connections, as another instance of the service has them.</summary>
    /// <param name="port">The port, or <c>null</c> for that of the server.</param>
    public PostgresConnections Connect(int? port = null)
    {
        var instance = string.Create(CultureInfo.InvariantCulture, $"instance-{Interlocked.Increment(ref _lastInstance)}");
        var connectionString = _server.ConnectionString(Name)
            + (port is null ? "" : string.Create(CultureInfo.InvariantCulture, $";Port={port}"));
        var connections = new PostgresConnections(new PostgresOptions(connectionString, instance));
        _connections.Add(connections);
        return connections;
    }

    public override IMailboxDatabase NewDatabase() => new PostgresMailboxDatabase(Connect());

    public override long Count(string query) => long.Parse(Execute(query), CultureInfo.InvariantCulture);

    /// <summary>Executes SQL without the service.</summary>
    public string Execute(string sql) => _server.Execute(sql, Name);

    public override void MakeUnusable()
    {
        _isReusable = false;
        Execute("DROP TABLE \"Schema\"");
    }

    public override void Dispose()
    {
        foreach (var connections in _connections)
            connections.Dispose();
        if (!_isReusable)
            return;
        Execute($"""
            DELETE FROM "Mailboxes";
            UPDATE "Schema" SET "Version" = {PostgresSchema.Version}, "CompatibleSince" = {PostgresSchema.Version};
            """);
        Unused.Add(Name);
    }

    protected override Task WaitForSignalsAsync(IMailboxDatabase database) =>
        ((PostgresMailboxDatabase)database).WhenListening.WaitAsync(TimeSpan.FromSeconds(30));

    private static string CreateMigrated(PrivatePostgres server)
    {
        var name = server.CreateDatabase();
        using var connections = new PostgresConnections(new PostgresOptions(server.ConnectionString(name), "migration"));
        new PostgresSchema(connections).Migrate();
        return name;
    }
}
