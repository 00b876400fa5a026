namespace Ews.ImService.Settings;

/// <summary>A PostgreSQL database, which several instances of the service can share. The type does not load the assemblies that use it.
/// </summary>
/// <param name="ConnectionString">The connection string of Npgsql, with the password.</param>
/// <param name="Name">The URL of the database without the password, for messages.</param>
/// <param name="InstanceName">The name of this instance of the service.</param>
/// <param name="ListenConnectionString">The connection string for notifications; <c>null</c> for the same.</param>
internal sealed record SharedDatabase(string ConnectionString, string Name, string InstanceName, string? ListenConnectionString)
{
    /// <summary>Returns the URL of the database without the password.</summary>
    public override string ToString() => Name;
}
