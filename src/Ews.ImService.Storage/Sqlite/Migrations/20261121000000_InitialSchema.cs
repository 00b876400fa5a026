using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Storage.Sqlite.Migrations;

/// <summary>Creates mailboxes, IM groups, IM contacts, and memberships.</summary>
[DbContext(typeof(MailboxDbContext))]
[Migration("20261121000000_InitialSchema")]
internal sealed class InitialSchema : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Mailboxes",
            table => new
            {
                Id = table.Column<int>("INTEGER", nullable: false),
                SmtpAddress = table.Column<string>("TEXT", nullable: false),
                SmtpAddressKey = table.Column<string>("TEXT", nullable: false),
                MailboxGuid = table.Column<Guid>("TEXT", nullable: false),
                LastCounter = table.Column<long>("INTEGER", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_Mailboxes", row => row.Id));

        migrationBuilder.CreateTable(
            "ImGroups",
            table => new
            {
                MailboxId = table.Column<int>("INTEGER", nullable: false),
                Ordinal = table.Column<long>("INTEGER", nullable: false),
                EwsId = table.Column<string>("TEXT", nullable: false),
                GroupType = table.Column<string>("TEXT", nullable: false),
                DisplayName = table.Column<string>("TEXT", nullable: false),
                DisplayNameKey = table.Column<string>("TEXT", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ImGroups", row => new { row.MailboxId, row.Ordinal });
                table.ForeignKey(
                    "FK_ImGroups_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "QuickContacts",
            table => new
            {
                MailboxId = table.Column<int>("INTEGER", nullable: false),
                Ordinal = table.Column<long>("INTEGER", nullable: false),
                EwsId = table.Column<string>("TEXT", nullable: false),
                PersonaId = table.Column<string>("TEXT", nullable: false),
                ImAddress = table.Column<string>("TEXT", nullable: false),
                ImAddressKey = table.Column<string>("TEXT", nullable: false),
                DisplayName = table.Column<string>("TEXT", nullable: false),
                CreationTime = table.Column<long>("INTEGER", nullable: false),
                Version = table.Column<long>("INTEGER", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_QuickContacts", row => new { row.MailboxId, row.Ordinal });
                table.ForeignKey(
                    "FK_QuickContacts_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "Memberships",
            table => new
            {
                MailboxId = table.Column<int>("INTEGER", nullable: false),
                GroupOrdinal = table.Column<long>("INTEGER", nullable: false),
                ContactOrdinal = table.Column<long>("INTEGER", nullable: false),
                Ordinal = table.Column<long>("INTEGER", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Memberships", row => new { row.MailboxId, row.GroupOrdinal, row.ContactOrdinal });
                table.ForeignKey(
                    "FK_Memberships_ImGroups_MailboxId_GroupOrdinal",
                    row => new { row.MailboxId, row.GroupOrdinal },
                    "ImGroups",
                    ["MailboxId", "Ordinal"],
                    onDelete: ReferentialAction.Cascade);
                table.ForeignKey(
                    "FK_Memberships_QuickContacts_MailboxId_ContactOrdinal",
                    row => new { row.MailboxId, row.ContactOrdinal },
                    "QuickContacts",
                    ["MailboxId", "Ordinal"],
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex("IX_Mailboxes_SmtpAddressKey", "Mailboxes", "SmtpAddressKey", unique: true);
        migrationBuilder.CreateIndex("IX_Mailboxes_MailboxGuid", "Mailboxes", "MailboxGuid", unique: true);
        migrationBuilder.CreateIndex("IX_ImGroups_MailboxId_EwsId", "ImGroups", ["MailboxId", "EwsId"], unique: true);
        migrationBuilder.CreateIndex("IX_ImGroups_MailboxId_DisplayNameKey", "ImGroups", ["MailboxId", "DisplayNameKey"], unique: true);
        migrationBuilder.CreateIndex("IX_QuickContacts_MailboxId_EwsId", "QuickContacts", ["MailboxId", "EwsId"], unique: true);
        migrationBuilder.CreateIndex(
            "IX_QuickContacts_MailboxId_ImAddressKey", "QuickContacts", ["MailboxId", "ImAddressKey"], unique: true);
        migrationBuilder.CreateIndex("IX_Memberships_MailboxId_ContactOrdinal", "Memberships", ["MailboxId", "ContactOrdinal"]);
        migrationBuilder.Sql("PRAGMA user_version=1;");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("Memberships");
        migrationBuilder.DropTable("QuickContacts");
        migrationBuilder.DropTable("ImGroups");
        migrationBuilder.DropTable("Mailboxes");
        migrationBuilder.Sql("PRAGMA user_version=0;");
    }
}
