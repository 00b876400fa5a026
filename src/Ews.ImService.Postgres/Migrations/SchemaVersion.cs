using System.Globalization;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Postgres.Migrations;

/// <summary>Sets the version of the schema.</summary>
internal static class SchemaVersion
{
    /// <summary>Sets the version at the end of a migration.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="version">The number of migrations including this one.</param>
    /// <param name="compatibleSince">
    /// The lowest schema version whose program may use the database after this migration: <paramref name="version"/> unless the migration
    /// keeps every statement of the earlier program working.
    /// </param>
    public static void SetSchemaVersion(this MigrationBuilder migration, int version, int compatibleSince) =>
        migration.Sql(string.Create(
            CultureInfo.InvariantCulture, $"""UPDATE "Schema" SET "Version" = {version}, "CompatibleSince" = {compatibleSince};"""));
}
