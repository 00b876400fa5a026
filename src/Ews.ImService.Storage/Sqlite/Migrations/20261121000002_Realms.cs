using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Storage.Sqlite.Migrations;

/// <summary>Adds the realm of mailboxes. Existing mailboxes belong to the default realm.</summary>
[DbContext(typeof(MailboxDbContext))]
[Migration("20261121000002_Realms")]
internal sealed class Realms : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Realm", "Mailboxes", "TEXT", nullable: false, defaultValue: "");
        migrationBuilder.DropIndex("IX_Mailboxes_SmtpAddressKey", "Mailboxes");
        migrationBuilder.DropIndex("IX_Mailboxes_MailboxGuid", "Mailboxes");
        migrationBuilder.CreateIndex("IX_Mailboxes_Realm_SmtpAddressKey", "Mailboxes", ["Realm", "SmtpAddressKey"], unique: true);
        migrationBuilder.CreateIndex("IX_Mailboxes_Realm_MailboxGuid", "Mailboxes", ["Realm", "MailboxGuid"], unique: true);
        migrationBuilder.Sql("PRAGMA user_version=3;");
    }

    /// <summary>Not supported: an older version of the service rejects the file because of its schema version.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The database cannot be migrated to an older version.");
}
