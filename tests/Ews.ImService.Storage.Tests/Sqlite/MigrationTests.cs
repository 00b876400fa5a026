using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Storage.Tests.Sqlite;

public sealed class MigrationTests
{
    [Fact]
    public void Migrations_create_the_tables_keys_and_indexes_of_the_model()
    {
        using var migrated = NewContext(NewConnection());
        using var created = NewContext(NewConnection());

        migrated.Migrate();
        created.Database.EnsureCreated();

        Describe(migrated).Should().BeEquivalentTo(Describe(created)).And.NotBeEmpty();
        Query(migrated, "PRAGMA user_version").Should().Equal(DatabaseFile.SchemaVersion.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_new_database_has_the_tables_and_the_history_of_the_migrations()
    {
        using var migrated = NewContext(NewConnection());
        using var created = NewContext(NewConnection());

        migrated.Migrate();
        created.Database.ExecuteSqlRaw(NewDatabase.Schema);

        Describe(created).Should().BeEquivalentTo(Describe(migrated)).And.NotBeEmpty();
        Query(created, "PRAGMA user_version").Should().Equal(DatabaseFile.SchemaVersion.ToString(CultureInfo.InvariantCulture));
        created.Database.GetPendingMigrations().Should().BeEmpty();
        created.Database.GetAppliedMigrations().Should().Equal(created.Database.GetMigrations()).And.Equal(NewDatabase.Migrations);
        NewDatabase.Migrations.Should().HaveCount(DatabaseFile.SchemaVersion);
    }

    [Fact]
    public void Prepared_statements_use_the_tables_keys_and_columns_of_the_model()
    {
        using var context = NewContext(NewConnection());
        var model = context.Model.GetEntityTypes().Select(type => new
        {
            Name = type.GetTableName()!,
            Key = type.FindPrimaryKey()!.Properties.Select(property => property.Name).ToList(),
            Columns = type.GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal).ToList(),
        });

        MailboxTables.All.Select(table => new
        {
            table.Name,
            Key = table.KeyColumns.ToList(),
            Columns = table.Columns.Order(StringComparer.Ordinal).ToList(),
        }).Should().BeEquivalentTo(model, options => options.WithStrictOrderingFor(table => table.Key));
    }

    [Fact]
    public async Task Migrating_a_database_of_the_first_version_keeps_its_mailboxes()
    {
        using var file = new TestDatabase();
        CreateFirstVersion(file);

        await using var store = await file.OpenAsync();

        (await store.FindRealmsAsync(default)).Should().Equal(MailboxKey.DefaultRealm);
        var mailbox = (await store.FindAsync(TestMailboxes.Key("me@contoso.com"), default))!;
        mailbox.LastCounter.Should().Be(5);
        mailbox.ImListMigrationCompleted.Should().BeFalse();
        mailbox.Groups.Values.Single().SmtpAddress.Should().BeNull();
        var contact = mailbox.MembersOf(mailbox.Groups.Values.Single()).Single();
        contact.Should().BeEquivalentTo(
            new { ImAddress = "sip:a@contoso.com", DisplayName = "Anna", TelUri = (TelUriContact?)null, Version = 1L });
        contact.LastModifiedTime.Should().Be(contact.CreationTime).And.Be(new DateTime(638000000000000000, DateTimeKind.Utc));
        contact.Properties[ContactPath.EmailAddress1].Should().Be("a@contoso.com");
        contact.Properties.All.Should().BeEquivalentTo(ContactProperties.FromImAddress("sip:a@contoso.com", "Anna").All);
        mailbox.Contacts[new ContactId("nameless")].Properties.All
            .Should().BeEquivalentTo(ContactProperties.FromImAddress("sip:", "sip:").All);
        mailbox.OrdinaryContacts.Should().BeEmpty();
        mailbox.Log.Should().BeEquivalentTo(new { Start = 0L, End = 0L });
        mailbox.Log.Id.Should().NotBe(0);
    }

    [Fact]
    public async Task A_lock_left_by_an_interrupted_migration_does_not_delay_the_start()
    {
        using var file = new TestDatabase();
        CreateFirstVersion(file);
        using (var interrupted = NewContext(file.Connect()))
        {
            interrupted.GetService<IHistoryRepository>().AcquireDatabaseLock();
            Query(interrupted, "SELECT count(*) FROM __EFMigrationsLock").Should().Equal("1");
            interrupted.Database.GetDbConnection().Dispose();
        }

        await using (var store = await Task.Run(() => file.OpenAsync()).WaitAsync(TimeSpan.FromSeconds(30)))
            (await store.FindAsync(TestMailboxes.Key("me@contoso.com"), default)).Should().NotBeNull();

        using var migrated = NewContext(file.Connect());
        Query(migrated, "SELECT name FROM sqlite_master WHERE name LIKE '%Lock%'").Should().BeEmpty();
        migrated.Database.GetDbConnection().Dispose();
    }

    private static void CreateFirstVersion(TestDatabase file)
    {
        using var context = NewContext(file.Connect());
        context.Database.ExecuteSqlRaw($"PRAGMA application_id={DatabaseFile.ApplicationId}");
        context.GetService<IMigrator>().Migrate("20261121000000_InitialSchema");
        context.Database.ExecuteSqlRaw("""
            INSERT INTO Mailboxes (Id, SmtpAddress, SmtpAddressKey, MailboxGuid, LastCounter)
            VALUES (1, 'me@contoso.com', 'ME@CONTOSO.COM', '0F8FAD5B-D9CB-469F-A165-70867728950E', 5);
            INSERT INTO ImGroups (MailboxId, Ordinal, EwsId, GroupType, DisplayName, DisplayNameKey)
            VALUES (1, 4, 'group', 'IPM.DistList.MOC.UserGroup', 'Team', 'TEAM');
            INSERT INTO QuickContacts
            (MailboxId, Ordinal, EwsId, PersonaId, ImAddress, ImAddressKey, DisplayName, CreationTime, Version)
            VALUES
            (1, 5, 'contact', 'persona', 'sip:a@contoso.com', 'A@CONTOSO.COM', 'Anna', 638000000000000000, 1),
            (1, 3, 'nameless', 'persona', 'sip:', '', 'sip:', 638000000000000000, 1);
            INSERT INTO Memberships (MailboxId, GroupOrdinal, ContactOrdinal, Ordinal) VALUES (1, 4, 5, 6);
            """);
        context.Database.GetDbConnection().Dispose();
    }

    private static SqliteConnection NewConnection()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private static MailboxDbContext NewContext(SqliteConnection connection) =>
        new(new DbContextOptionsBuilder<MailboxDbContext>().UseSqlite(connection).Options);

    private static List<string> Describe(MailboxDbContext context) =>
        Query(context, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('__EFMigrationsHistory', 'sqlite_sequence')")
            .SelectMany(table => DescribeTable(context, table))
            .ToList();

    private static IEnumerable<string> DescribeTable(MailboxDbContext context, string table)
    {
        const string IndexColumns = "SELECT m.name, i.name FROM sqlite_master m, pragma_index_info(m.name) i WHERE m.tbl_name = ";
        var columns = Query(context, $"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')");
        var foreignKeys = Query(context, $"PRAGMA foreign_key_list({table})");
        var indexes = Query(context, $"PRAGMA index_list({table})");
        return
        [
            .. columns.Select(row => $"{table} column {row}"),
            .. foreignKeys.Select(row => $"{table} foreign key {WithoutNumber(row)}"),
            .. indexes.Select(row => $"{table} index {WithoutNumber(row)}"),
            .. Query(context, $"{IndexColumns}'{table}'").Select(row => $"{table} index column {row}"),
        ];
    }

    /// <summary>Removes the first value of a row, which is the order of creation.</summary>
    private static string WithoutNumber(string row) => row[(row.IndexOf('|') + 1)..];

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
