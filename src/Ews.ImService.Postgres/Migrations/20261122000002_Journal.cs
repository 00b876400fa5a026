using Ews.ImService.Postgres.Mailboxes;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Postgres.Migrations;

/// <summary>Creates the tables of the journal.</summary>
[DbContext(typeof(PostgresContext))]
[Migration("20261122000002_Journal")]
internal sealed class CreateJournal : Migration
{
    private const string Unlogged = "Npgsql:UnloggedTable";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateJournals(migrationBuilder);
        CreateJournalIds(migrationBuilder);
        CreateJournalEntries(migrationBuilder);
        migrationBuilder.SetSchemaVersion(3, compatibleSince: 3);
    }

    /// <summary>Not supported: an older version of the service rejects the database because of its schema version.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The database cannot be migrated to an older version.");

    private static void CreateJournals(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Journals",
        table => new
        {
            Realm = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
            Epoch = table.Column<Guid>("uuid", nullable: false),
            Version = table.Column<long>("bigint", nullable: false),
            FirstId = table.Column<long>("bigint", nullable: false),
            LastId = table.Column<long>("bigint", nullable: false),
            EvictedThroughId = table.Column<long>("bigint", nullable: false),
            Bytes = table.Column<long>("bigint", nullable: false),
            EmptiedAt = table.Column<DateTime>("timestamp with time zone", nullable: false),
            IsDeleted = table.Column<bool>("boolean", nullable: false),
        },
        constraints: table => table.PrimaryKey("PK_Journals", row => row.Realm)).Annotation(Unlogged, true);

    private static void CreateJournalIds(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "JournalIds",
        table => new
        {
            Realm = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
            LastId = table.Column<long>("bigint", nullable: false),
            Version = table.Column<long>("bigint", nullable: false),
        },
        constraints: table => table.PrimaryKey("PK_JournalIds", row => row.Realm));

    private static void CreateJournalEntries(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "JournalEntries",
            table => new
            {
                Realm = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                Id = table.Column<long>("bigint", nullable: false),
                AddedAt = table.Column<long>("bigint", nullable: false),
                ChangedAt = table.Column<long>("bigint", nullable: false),
                Key = table.Column<Guid>("uuid", nullable: false),
                Size = table.Column<int>("integer", nullable: false),
                Time = table.Column<DateTime>("timestamp with time zone", nullable: false),
                Instance = table.Column<string>("text", nullable: false),
                State = table.Column<string>("text", nullable: false),
                Method = table.Column<string>("text", nullable: false),
                Scheme = table.Column<string>("text", nullable: false),
                PathBase = table.Column<string>("text", nullable: false),
                Path = table.Column<string>("text", nullable: false),
                Operation = table.Column<string>("text", nullable: true),
                Mailbox = table.Column<string>("text", nullable: true),
                ResponseCode = table.Column<string>("text", nullable: true),
                Status = table.Column<int>("integer", nullable: true),
                Milliseconds = table.Column<double>("double precision", nullable: true),
                Fault = table.Column<string>("text", nullable: true),
                FaultKind = table.Column<string>("text", nullable: true),
                EarlyByMilliseconds = table.Column<double>("double precision", nullable: true),
                ReplayOf = table.Column<long>("bigint", nullable: true),
                TraceId = table.Column<string>("text", nullable: true),
                IsAdmitted = table.Column<bool>("boolean", nullable: false),
                User = table.Column<string>("text", nullable: true),
                RequestHeaders = table.Column<string>("jsonb", nullable: false),
                RequestBody = table.Column<byte[]>("bytea", nullable: true),
                IsRequestRedacted = table.Column<bool>("boolean", nullable: false),
                ResponseHeaders = table.Column<string>("jsonb", nullable: false),
                ResponseBody = table.Column<byte[]>("bytea", nullable: false),
                IsResponseRedacted = table.Column<bool>("boolean", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_JournalEntries", row => new { row.Realm, row.Id })).Annotation(Unlogged, true);
        migrationBuilder.CreateIndex("IX_JournalEntries_Realm_ChangedAt", "JournalEntries", ["Realm", "ChangedAt"]);
    }
}
