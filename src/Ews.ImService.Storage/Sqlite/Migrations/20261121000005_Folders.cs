using Ews.ImService.Mailbox;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Storage.Sqlite.Migrations;

/// <summary>Adds folders, the folder of each ordinary contact, and the culture of each mailbox, which is English at first.</summary>
[DbContext(typeof(MailboxDbContext))]
[Migration("20261121000005_Folders")]
internal sealed class Folders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Culture", "Mailboxes", "TEXT", nullable: true);
        migrationBuilder.AddColumn<long>(
            "Folder", "Contacts", "INTEGER", nullable: false, defaultValue: MailboxFolder.Contacts.Counter);
        migrationBuilder.CreateTable(
            "Folders",
            table => new
            {
                MailboxId = table.Column<int>("INTEGER", nullable: false),
                Counter = table.Column<long>("INTEGER", nullable: false),
                Parent = table.Column<long>("INTEGER", nullable: true),
                FolderClass = table.Column<string>("TEXT", nullable: true),
                DisplayName = table.Column<string>("TEXT", nullable: false),
                Properties = table.Column<string>("TEXT", nullable: false),
                CreationTime = table.Column<long>("INTEGER", nullable: true),
                LastModifiedTime = table.Column<long>("INTEGER", nullable: true),
                Version = table.Column<long>("INTEGER", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Folders", row => new { row.MailboxId, row.Counter });
                table.ForeignKey(
                    "FK_Folders_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.Sql("PRAGMA user_version=6;");
    }

    /// <summary>Not supported: an older version of the service rejects the file because of its schema version.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The database cannot be migrated to an older version.");
}
