using Ews.ImService.Mailbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

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

    [Fact]
    public void A_database_of_the_first_version_keeps_its_mailboxes()
    {
        using var database = NewDatabase();
        database.GetService<IMigrator>().Migrate("20261121000000_InitialSchema");
        database.Database.ExecuteSqlRaw("""
            INSERT INTO Mailboxes (Id, SmtpAddress, SmtpAddressKey, MailboxGuid, LastCounter) VALUES (1, 'me@contoso.com', 'ME@CONTOSO.COM', '0F8FAD5B-D9CB-469F-A165-70867728950E', 5);
            INSERT INTO ImGroups (MailboxId, Ordinal, EwsId, GroupType, DisplayName, DisplayNameKey) VALUES (1, 4, 'group', 'IPM.DistList.MOC.UserGroup', 'Team', 'TEAM');
            INSERT INTO QuickContacts (MailboxId, Ordinal, EwsId, PersonaId, ImAddress, ImAddressKey, DisplayName, CreationTime, Version) VALUES (1, 5, 'contact', 'persona', 'sip:a@contoso.com', 'A@CONTOSO.COM', 'Anna', 638000000000000000, 1);
            INSERT INTO QuickContacts (MailboxId, Ordinal, EwsId, PersonaId, ImAddress, ImAddressKey, DisplayName, CreationTime, Version) VALUES (1, 3, 'nameless', 'persona', 'sip:', '', 'sip:', 638000000000000000, 1);
            INSERT INTO Memberships (MailboxId, GroupOrdinal, ContactOrdinal, Ordinal) VALUES (1, 4, 5, 6);
            """);

        database.Database.Migrate();

        database.Mailboxes.Single().Realm.Should().Be(MailboxKey.DefaultRealm);
        var mailbox = MailboxRows.Load(database, 1);
        mailbox.LastCounter.Should().Be(5);
        mailbox.ImListMigrationCompleted.Should().BeFalse();
        mailbox.Groups.Values.Single().SmtpAddress.Should().BeNull();
        var contact = mailbox.MembersOf(mailbox.Groups.Values.Single()).Single();
        contact.Should().BeEquivalentTo(new { ImAddress = "sip:a@contoso.com", DisplayName = "Anna", TelUri = (TelUriContact?)null, Version = 1L });
        contact.LastModifiedTime.Should().Be(contact.CreationTime).And.Be(new DateTime(638000000000000000, DateTimeKind.Utc));
        contact.Properties[ContactPath.EmailAddress1].Should().Be("a@contoso.com");
        contact.Properties.All.Should().BeEquivalentTo(QuickContact.PropertiesOf("sip:a@contoso.com", "Anna").All);
        mailbox.QuickContacts[new ImContactId("nameless")].Properties.All.Should().BeEquivalentTo(QuickContact.PropertiesOf("sip:", "sip:").All);
        mailbox.Contacts.Should().BeEmpty();
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
