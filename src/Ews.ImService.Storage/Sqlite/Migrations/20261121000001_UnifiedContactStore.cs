using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Storage.Sqlite.Migrations;

/// <summary>
/// Adds phone contacts, distribution groups, the migration state of the IM list, ordinary contacts, and contact
/// properties.
/// </summary>
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
        migrationBuilder.AddColumn<long>("LastModifiedTime", "QuickContacts", "INTEGER", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<string>("Properties", "QuickContacts", "TEXT", nullable: false, defaultValue: "{}");

        // The properties of existing contacts: display name, IM address and, unless it is empty, the email address without "sip:".
        migrationBuilder.Sql("""
            UPDATE QuickContacts SET LastModifiedTime = CreationTime, Properties = json_object(
                'contacts:DisplayName', json_array(DisplayName), 'contacts:ImAddress:ImAddress1', json_array(ImAddress));
            UPDATE QuickContacts SET Properties = json_set(Properties, '$."contacts:EmailAddress:EmailAddress1"', json_array(
                trim(CASE WHEN lower(substr(trim(ImAddress), 1, 4)) = 'sip:' THEN substr(trim(ImAddress), 5) ELSE ImAddress END)))
                WHERE lower(trim(ImAddress)) NOT IN ('', 'sip:');
            """);
        migrationBuilder.CreateTable(
            "Contacts",
            table => new
            {
                MailboxId = table.Column<int>("INTEGER", nullable: false),
                Ordinal = table.Column<long>("INTEGER", nullable: false),
                EwsId = table.Column<string>("TEXT", nullable: false),
                PersonaId = table.Column<string>("TEXT", nullable: false),
                Properties = table.Column<string>("TEXT", nullable: false),
                CreationTime = table.Column<long>("INTEGER", nullable: false),
                LastModifiedTime = table.Column<long>("INTEGER", nullable: false),
                Version = table.Column<long>("INTEGER", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Contacts", row => new { row.MailboxId, row.Ordinal });
                table.ForeignKey(
                    "FK_Contacts_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Contacts_MailboxId_EwsId", "Contacts", ["MailboxId", "EwsId"], unique: true);
        migrationBuilder.Sql("PRAGMA user_version=2;");
    }

    /// <summary>Not supported: an older version of the service rejects the file because of its schema version.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The database cannot be migrated to an older version.");
}
