using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Storage.Sqlite.Migrations;

/// <summary>Adds the attachments of contacts, and the out-of-office settings of mailboxes.</summary>
[DbContext(typeof(MailboxDbContext))]
[Migration("20261121000004_AttachmentsAndOofSettings")]
internal sealed class AttachmentsAndOofSettings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Attachments",
            table => new
            {
                MailboxId = table.Column<int>("INTEGER", nullable: false),
                ContactOrdinal = table.Column<long>("INTEGER", nullable: false),
                Number = table.Column<long>("INTEGER", nullable: false),
                Name = table.Column<string>("TEXT", nullable: false),
                ContentType = table.Column<string>("TEXT", nullable: true),
                ContentId = table.Column<string>("TEXT", nullable: true),
                ContentLocation = table.Column<string>("TEXT", nullable: true),
                IsInline = table.Column<bool>("INTEGER", nullable: false),
                IsContactPhoto = table.Column<bool>("INTEGER", nullable: false),
                LastModifiedTime = table.Column<long>("INTEGER", nullable: false),
                Content = table.Column<byte[]>("BLOB", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Attachments", row => new { row.MailboxId, row.ContactOrdinal, row.Number });
                table.ForeignKey(
                    "FK_Attachments_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "OofSettings",
            table => new
            {
                MailboxId = table.Column<int>("INTEGER", nullable: false),
                State = table.Column<int>("INTEGER", nullable: false),
                ExternalAudience = table.Column<int>("INTEGER", nullable: false),
                StartTime = table.Column<long>("INTEGER", nullable: false),
                EndTime = table.Column<long>("INTEGER", nullable: false),
                InternalReply = table.Column<string>("TEXT", nullable: true),
                ExternalReply = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_OofSettings", row => row.MailboxId);
                table.ForeignKey(
                    "FK_OofSettings_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.Sql("PRAGMA user_version=5;");
    }

    /// <summary>Not supported: an older version of the service rejects the file because of its schema version.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The database cannot be migrated to an older version.");
}
