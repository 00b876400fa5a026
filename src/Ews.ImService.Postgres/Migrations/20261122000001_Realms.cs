using Ews.ImService.Postgres.Mailboxes;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Postgres.Migrations;

/// <summary>Creates the tables of the states of realms.</summary>
[DbContext(typeof(PostgresContext))]
[Migration("20261122000001_Realms")]
internal sealed class CreateRealms : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "RealmList",
            table => new
            {
                Id = table.Column<int>("integer", nullable: false),
                Version = table.Column<long>("bigint", nullable: false),
                Count = table.Column<int>("integer", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_RealmList", row => row.Id));
        migrationBuilder.Sql("""INSERT INTO "RealmList" VALUES (1, 0, 0);""");

        migrationBuilder.CreateTable(
            "Realms",
            table => new
            {
                Name = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                Incarnation = table.Column<long>("bigint", nullable: false),
                Version = table.Column<long>("bigint", nullable: false),
                State = table.Column<string>("json", nullable: false),
                LeaseId = table.Column<Guid>("uuid", nullable: true),
                LeaseUntil = table.Column<DateTime>("timestamp with time zone", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Realms", row => row.Name));

        // Each change of a realm updates its row: space in the page for it avoids new entries in the index.
        migrationBuilder.Sql("""ALTER TABLE "Realms" SET (fillfactor = 50);""");

        migrationBuilder.CreateTable(
            "RealmCounters",
            table => new
            {
                Realm = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                Kind = table.Column<string>("text", nullable: false),
                Mailbox = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                Count = table.Column<int>("integer", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_RealmCounters", row => new { row.Realm, row.Kind, row.Mailbox }));

        migrationBuilder.CreateTable(
            "SnapshotMailboxes",
            table => new
            {
                SnapshotId = table.Column<Guid>("uuid", nullable: false),
                Ordinal = table.Column<int>("integer", nullable: false),
                Realm = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                Document = table.Column<string>("json", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_SnapshotMailboxes", row => new { row.SnapshotId, row.Ordinal }));
        migrationBuilder.CreateIndex("IX_SnapshotMailboxes_Realm", "SnapshotMailboxes", "Realm");
        migrationBuilder.SetSchemaVersion(2, compatibleSince: 2);
    }

    /// <summary>Not supported: an older version of the service rejects the database because of its schema version.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The database cannot be migrated to an older version.");
}
