using Microsoft.Extensions.Logging;

namespace Ews.ImService.Postgres.Connections;

/// <summary>The database of a service, and the name of this instance of it.</summary>
/// <param name="ConnectionString">The connection string of Npgsql, with the password.</param>
/// <param name="InstanceName">The name of this instance, which no other instance on the database has.</param>
internal sealed record PostgresOptions(string ConnectionString, string InstanceName)
{
    /// <summary>Gets the connection string for notifications, which must not lead to a connection pooler; <c>null</c> if
    /// <see cref="ConnectionString"/> does not.</summary>
    public string? ListenConnectionString { get; init; }

    /// <summary>Gets the factory of the loggers of Npgsql, or <c>null</c> for no log.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Returns the name of the instance. The connection string contains the password.</summary>
    public override string ToString() => InstanceName;
}
