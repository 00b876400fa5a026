using Ews.ImService.Harness;
using Ews.ImService.Postgres.Connections;

namespace Ews.ImService.Tests.Postgres;

/// <summary>A database of a private PostgreSQL with the tables of the service, which is deleted at the end.</summary>
internal sealed class PostgresDatabase : IDisposable
{
    private static readonly Lazy<string> Template = new(CreateTemplate);

    private readonly string _name = PrivatePostgres.Shared.CreateDatabase(Template.Value);

    /// <summary>Gets the connection string.</summary>
    public string ConnectionString => PrivatePostgres.Shared.ConnectionString(_name);

    /// <summary>Opens connections of one instance of the service.</summary>
    public PostgresConnections Connect(string instance) => new(new PostgresOptions(ConnectionString, instance));

    /// <summary>Executes SQL, and returns the values of the result.</summary>
    public string Execute(string sql) => PrivatePostgres.Shared.Execute(sql, _name);

    /// <summary>Closes all connections from the side of the server.</summary>
    public void CutConnections() => PrivatePostgres.Shared.CutConnections(_name);

    public void Dispose() => PrivatePostgres.Shared.DropDatabase(_name);

    private static string CreateTemplate()
    {
        var name = PrivatePostgres.Shared.CreateDatabase();
        using var connections = new PostgresConnections(new PostgresOptions(
            PrivatePostgres.Shared.ConnectionString(name) + ";Pooling=false", "template"));
        new PostgresSchema(connections).Migrate();
        return name;
    }
}
