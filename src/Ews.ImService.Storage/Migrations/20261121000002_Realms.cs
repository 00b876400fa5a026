using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Storage.Migrations;

/// <summary>Mailboxes belong to realms; those that were there, to the default one.</summary>
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

    /// <summary>Nobody goes back: an older version refuses the file by its number.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("The database cannot be taken back to an older version.");
}
