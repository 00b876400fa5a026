using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Storage.Migrations;

/// <summary>Phone contacts, distribution groups, and whether the contact list was migrated.</summary>
[DbContext(typeof(MailboxDbContext))]
[Migration("20261121000001_UnifiedContactStore")]
internal sealed class UnifiedContactStore : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<bool>("ImListMigrationCompleted", "Mailboxes", "INTEGER", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<string>("SmtpAddress", "ImGroups", "TEXT", nullable: true);
        migrationBuilder.AddColumn<string>("TelUriAddress", "QuickContacts", "TEXT", nullable: true);
        migrationBuilder.AddColumn<string>("ImContactSipUriAddress", "QuickContacts", "TEXT", nullable: true);
        migrationBuilder.AddColumn<string>("ImTelephoneNumber", "QuickContacts", "TEXT", nullable: true);
        migrationBuilder.Sql("PRAGMA user_version=2;");
    }

    /// <summary>Nobody goes back: an older version refuses the file by its number.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("The database cannot be taken back to an older version.");
}
