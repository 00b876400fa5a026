using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Storage.Tests;

public sealed class MigrationTests
{
    [Fact]
    public void Migrations_make_the_tables_keys_and_indexes_of_the_model()
    {
        using var migrated = NewDatabase();
        using var created = NewDatabase();

        migrated.Database.Migrate();
        created.Database.EnsureCreated();

        Describe(migrated).Should().BeEquivalentTo(Describe(created)).And.NotBeEmpty();
        Query(migrated, "PRAGMA user_version").Should().Equal(DatabaseFile.SchemaVersion.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static MailboxDbContext NewDatabase()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return new MailboxDbContext(new DbContextOptionsBuilder<MailboxDbContext>().UseSqlite(connection).Options);
    }

    private static List<string> Describe(MailboxDbContext context) =>
        Query(context, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('__EFMigrationsHistory', 'sqlite_sequence')")
            .SelectMany(table => Query(context, $"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')").Select(row => $"{table} column {row}")
                .Concat(Query(context, $"PRAGMA foreign_key_list({table})").Select(row => $"{table} key {Skip(row)}"))
                .Concat(Query(context, $"PRAGMA index_list({table})").Select(row => $"{table} index {Skip(row)}"))
                .Concat(Query(context, $"SELECT m.name, i.name FROM sqlite_master m, pragma_index_info(m.name) i WHERE m.tbl_name = '{table}'").Select(row => $"{table} index column {row}")))
            .ToList();

    /// <summary>Without the row's number, which is the order of creation.</summary>
    private static string Skip(string row) => row[(row.IndexOf('|') + 1)..];

    private static List<string> Query(MailboxDbContext context, string sql)
    {
        using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return rows;
    }
}
