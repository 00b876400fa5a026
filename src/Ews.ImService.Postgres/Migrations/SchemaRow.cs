namespace Ews.ImService.Postgres.Migrations;

/// <summary>The row with the version of the schema.</summary>
internal sealed class SchemaRow
{
    /// <summary>Gets or sets the key, which is 1.</summary>
    public int Id { get; set; }

    /// <summary>Gets or sets the number of migrations that were applied.</summary>
    public int Version { get; set; }

    /// <summary>Gets or sets the lowest schema version whose program may use the database beside newer ones.</summary>
    public int CompatibleSince { get; set; }
}
