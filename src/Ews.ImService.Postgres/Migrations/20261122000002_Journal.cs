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
        CreateJournalBodies(migrationBuilder);
        SetStorage(migrationBuilder);
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
                ResponseBody = table.Column<byte[]>("bytea", nullable: true),
                ResponseBodyId = table.Column<Guid>("uuid", nullable: true),
                IsResponseRedacted = table.Column<bool>("boolean", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_JournalEntries", row => new { row.Realm, row.Id })).Annotation(Unlogged, true);
        migrationBuilder.CreateIndex("IX_JournalEntries_Realm_ChangedAt", "JournalEntries", ["Realm", "ChangedAt"]);
    }

    private static void CreateJournalBodies(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "JournalBodies",
        table => new
        {
            Realm = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
            Id = table.Column<Guid>("uuid", nullable: false),
            LastId = table.Column<long>("bigint", nullable: false),
            Size = table.Column<int>("integer", nullable: false),
            Body = table.Column<byte[]>("bytea", nullable: false),
        },
        constraints: table => table.PrimaryKey("PK_JournalBodies", row => new { row.Realm, row.Id })).Annotation(Unlogged, true);

    /// <summary>
    /// Chooses the fast compression, which PostgreSQL has from version 14 unless it was built without it, and cleans up after deleted
    /// entries soon: the tables are written all the time, and their content is small.
    /// </summary>
    private static void SetStorage(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DO $$
        BEGIN
            EXECUTE 'ALTER TABLE "JournalEntries" ALTER "RequestBody" SET COMPRESSION lz4, ALTER "ResponseBody" SET COMPRESSION lz4';
            EXECUTE 'ALTER TABLE "JournalBodies" ALTER "Body" SET COMPRESSION lz4';
        EXCEPTION WHEN syntax_error OR feature_not_supported OR invalid_parameter_value THEN
            NULL; -- The default compression is used.
        END $$;
        ALTER TABLE "Journals" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);
        ALTER TABLE "JournalEntries" SET (
            autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0,
            toast.autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_cost_delay = 0);
        ALTER TABLE "JournalBodies" SET (
            fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0,
            toast.autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_cost_delay = 0);
        """);
}
