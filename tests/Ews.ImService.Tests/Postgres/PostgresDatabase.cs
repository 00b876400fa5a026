using System.Globalization;
using Ews.ImService.Harness;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Settings;

namespace Ews.ImService.Tests.Postgres;

/// <summary>A database of a private PostgreSQL, which is deleted at the end. Connecting may take long on a busy machine.</summary>
internal sealed class PostgresDatabase : IDisposable
{
    private static readonly Lazy<string> Template = new(CreateTemplate);

    /// <summary>Creates a database with the tables of the service.</summary>
    public PostgresDatabase()
        : this(PrivatePostgres.Shared.CreateDatabase(Template.Value))
    {
    }

    private PostgresDatabase(string name) => Name = name;

    /// <summary>Gets the name of the database.</summary>
    public string Name { get; }

    /// <summary>Gets the connection string.</summary>
    public string ConnectionString => PrivatePostgres.Shared.ConnectionString(Name) + ";Timeout=60";

    /// <summary>Gets the URL, with the password.</summary>
    public string Url => PrivatePostgres.Shared.UrlOf(Name) + "?connect_timeout=60";

    /// <summary>Creates a database without tables.</summary>
    public static PostgresDatabase CreateEmpty() => new(PrivatePostgres.Shared.CreateDatabase());

    /// <summary>Returns the settings of an instance of the service.</summary>
    public SharedDatabase SettingsOf(string instance) => new(ConnectionString, Name, instance, null);

    /// <summary>Opens connections of one instance of the service.</summary>
    public PostgresConnections Connect(string instance) => new(new PostgresOptions(ConnectionString, instance));

    /// <summary>Opens connections of one instance of the service over a proxy.</summary>
    public PostgresConnections Connect(string instance, CommitProxy proxy) => new(new PostgresOptions(
        string.Create(CultureInfo.InvariantCulture, $"{ConnectionString};Port={proxy.Port}"), instance));

    /// <summary>Executes SQL, and returns the values of the result.</summary>
    public string Execute(string sql) => PrivatePostgres.Shared.Execute(sql, Name);

    /// <summary>Closes all connections from the side of the server.</summary>
    public void CutConnections() => PrivatePostgres.Shared.CutConnections(Name);

    public void Dispose() => PrivatePostgres.Shared.DropDatabase(Name);

    private static string CreateTemplate()
    {
        var name = PrivatePostgres.Shared.CreateDatabase();
        using var connections = new PostgresConnections(new PostgresOptions(
            PrivatePostgres.Shared.ConnectionString(name) + ";Pooling=false", "template"));
        new PostgresSchema(connections).Migrate();
        return name;
    }
}
