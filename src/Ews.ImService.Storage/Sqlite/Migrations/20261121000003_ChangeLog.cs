using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Storage.Sqlite.Migrations;

/// <summary>Adds the change log. The log of an existing mailbox is empty and has a random id.</summary>
[DbContext(typeof(MailboxDbContext))]
[Migration("20261121000003_ChangeLog")]
internal sealed class ChangeLog : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var column in new[] { "LogId", "LogStart", "LogEnd" })
            migrationBuilder.AddColumn<long>(column, "Mailboxes", "INTEGER", nullable: false, defaultValue: 0L);
        migrationBuilder.Sql("UPDATE Mailboxes SET LogId = random();");
        migrationBuilder.CreateTable(
            "Changes",
            table => new
            {
                MailboxId = table.Column<int>("INTEGER", nullable: false),
                Number = table.Column<long>("INTEGER", nullable: false),
                Time = table.Column<long>("INTEGER", nullable: false),
                Kind = table.Column<int>("INTEGER", nullable: false),
                ObjectId = table.Column<string>("TEXT", nullable: false),
                Folder = table.Column<long>("INTEGER", nullable: false),
                IsFolder = table.Column<bool>("INTEGER", nullable: false),
                EndsRun = table.Column<bool>("INTEGER", nullable: false),
                OldObjectId = table.Column<string>("TEXT", nullable: true),
                OldFolder = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Changes", row => new { row.MailboxId, row.Number });
                table.ForeignKey(
                    "FK_Changes_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.Sql("PRAGMA user_version=4;");
    }

    /// <summary>Not supported: an older version of the service rejects the file because of its schema version.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The database cannot be migrated to an older version.");
}
