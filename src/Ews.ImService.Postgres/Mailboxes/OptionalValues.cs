using Npgsql;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>Reads columns that can be <c>NULL</c>.</summary>
internal static class OptionalValues
{
    public static string? GetOptionalString(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? GetOptionalInt64(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
