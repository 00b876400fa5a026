using Ews.ImService.Postgres.Mailboxes;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ews.ImService.Postgres.Migrations;

/// <summary>Creates the tables of mailboxes.</summary>
[DbContext(typeof(PostgresContext))]
[Migration("20261122000000_Mailboxes")]
internal sealed class CreateMailboxes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Schema",
            table => new
            {
                Id = table.Column<int>("integer", nullable: false),
                Version = table.Column<int>("integer", nullable: false),
                CompatibleSince = table.Column<int>("integer", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_Schema", row => row.Id));
        migrationBuilder.Sql("""INSERT INTO "Schema" VALUES (1, 0, 0);""");

        migrationBuilder.CreateTable(
            "Counters",
            table => new
            {
                Name = table.Column<string>("text", nullable: false),
                Value = table.Column<long>("bigint", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_Counters", row => row.Name));
        migrationBuilder.Sql($"""INSERT INTO "Counters" VALUES ('{CounterRow.MailboxId}', 0);""");

        migrationBuilder.CreateTable(
            "ServerRun",
            table => new
            {
                Key = table.Column<int>("integer", nullable: false),
                Id = table.Column<Guid>("uuid", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_ServerRun", row => row.Key)).Annotation("Npgsql:UnloggedTable", true);

        CreateMailboxTable(migrationBuilder);
        CreateFolders(migrationBuilder);
        CreateImGroups(migrationBuilder);
        CreateQuickContacts(migrationBuilder);
        CreateContacts(migrationBuilder);
        CreateMemberships(migrationBuilder);
        CreateAttachments(migrationBuilder);
        CreateOofSettings(migrationBuilder);
        CreateChanges(migrationBuilder);
        migrationBuilder.SetSchemaVersion(1, compatibleSince: 1);
    }

    /// <summary>Not supported: an older version of the service rejects the database because of its schema version.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The database cannot be migrated to an older version.");

    private static void CreateMailboxTable(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Mailboxes",
            table => new
            {
                Id = table.Column<int>("integer", nullable: false),
                Realm = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                SmtpAddress = table.Column<string>("text", nullable: false),
                SmtpAddressKey = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                MailboxGuid = table.Column<Guid>("uuid", nullable: false),
                LastCounter = table.Column<long>("bigint", nullable: false),
                ImListMigrationCompleted = table.Column<bool>("boolean", nullable: false),
                Culture = table.Column<string>("text", nullable: true),
                LogId = table.Column<long>("bigint", nullable: false),
                LogStart = table.Column<long>("bigint", nullable: false),
                LogEnd = table.Column<long>("bigint", nullable: false),
                Version = table.Column<long>("bigint", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_Mailboxes", row => row.Id));
        AddUnique(migrationBuilder, "Mailboxes", "Realm", "SmtpAddressKey");
        AddUnique(migrationBuilder, "Mailboxes", "Realm", "MailboxGuid");

        // Each change of a mailbox updates its row: space in the page for it avoids new entries in the indexes.
        migrationBuilder.Sql("""ALTER TABLE "Mailboxes" SET (fillfactor = 70);""");
        CreateLockFunction(migrationBuilder);
    }

    private static void CreateFolders(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Folders",
        table => new
        {
            MailboxId = table.Column<int>("integer", nullable: false),
            Counter = table.Column<long>("bigint", nullable: false),
            Parent = table.Column<long>("bigint", nullable: true),
            FolderClass = table.Column<string>("text", nullable: true),
            DisplayName = table.Column<string>("text", nullable: false),
            Properties = table.Column<string>("text", nullable: false),
            CreationTime = table.Column<long>("bigint", nullable: true),
            LastModifiedTime = table.Column<long>("bigint", nullable: true),
            Version = table.Column<long>("bigint", nullable: false),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_Folders", row => new { row.MailboxId, row.Counter });
            table.ForeignKey(
                "FK_Folders_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
        });

    private static void CreateImGroups(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "ImGroups",
            table => new
            {
                MailboxId = table.Column<int>("integer", nullable: false),
                Ordinal = table.Column<long>("bigint", nullable: false),
                EwsId = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                GroupType = table.Column<string>("text", nullable: false),
                DisplayName = table.Column<string>("text", nullable: false),
                DisplayNameKey = table.Column<string>("text", nullable: false),
                SmtpAddress = table.Column<string>("text", nullable: true),
                DisplayNameHash = table.Column<byte[]>(
                    "bytea", nullable: false, computedColumnSql: MailboxModel.HashOf("DisplayNameKey"), stored: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ImGroups", row => new { row.MailboxId, row.Ordinal });
                table.ForeignKey(
                    "FK_ImGroups_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });
        AddUnique(migrationBuilder, "ImGroups", "MailboxId", "EwsId");
        AddUnique(migrationBuilder, "ImGroups", "MailboxId", "DisplayNameHash");
    }

    private static void CreateQuickContacts(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "QuickContacts",
            table => new
            {
                MailboxId = table.Column<int>("integer", nullable: false),
                Ordinal = table.Column<long>("bigint", nullable: false),
                EwsId = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                PersonaId = table.Column<string>("text", nullable: false),
                ImAddress = table.Column<string>("text", nullable: false),
                ImAddressKey = table.Column<string>("text", nullable: false),
                DisplayName = table.Column<string>("text", nullable: false),
                CreationTime = table.Column<long>("bigint", nullable: false),
                Version = table.Column<long>("bigint", nullable: false),
                LastModifiedTime = table.Column<long>("bigint", nullable: false),
                Properties = table.Column<string>("text", nullable: false),
                TelUriAddress = table.Column<string>("text", nullable: true),
                ImContactSipUriAddress = table.Column<string>("text", nullable: true),
                ImTelephoneNumber = table.Column<string>("text", nullable: true),
                ImAddressHash = table.Column<byte[]>(
                    "bytea", nullable: false, computedColumnSql: MailboxModel.HashOf("ImAddressKey"), stored: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_QuickContacts", row => new { row.MailboxId, row.Ordinal });
                table.ForeignKey(
                    "FK_QuickContacts_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });
        AddUnique(migrationBuilder, "QuickContacts", "MailboxId", "EwsId");
        AddUnique(migrationBuilder, "QuickContacts", "MailboxId", "ImAddressHash");
    }

    private static void CreateContacts(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Contacts",
            table => new
            {
                MailboxId = table.Column<int>("integer", nullable: false),
                Ordinal = table.Column<long>("bigint", nullable: false),
                Folder = table.Column<long>("bigint", nullable: false),
                EwsId = table.Column<string>("text", nullable: false, collation: MailboxModel.Bytewise),
                PersonaId = table.Column<string>("text", nullable: false),
                Properties = table.Column<string>("text", nullable: false),
                CreationTime = table.Column<long>("bigint", nullable: false),
                LastModifiedTime = table.Column<long>("bigint", nullable: false),
                Version = table.Column<long>("bigint", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Contacts", row => new { row.MailboxId, row.Ordinal });
                table.ForeignKey(
                    "FK_Contacts_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
            });
        AddUnique(migrationBuilder, "Contacts", "MailboxId", "EwsId");
    }

    private static void CreateMemberships(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Memberships",
            table => new
            {
                MailboxId = table.Column<int>("integer", nullable: false),
                GroupOrdinal = table.Column<long>("bigint", nullable: false),
                ContactOrdinal = table.Column<long>("bigint", nullable: false),
                Ordinal = table.Column<long>("bigint", nullable: false),
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
        migrationBuilder.CreateIndex("IX_Memberships_MailboxId_ContactOrdinal", "Memberships", ["MailboxId", "ContactOrdinal"]);
    }

    private static void CreateAttachments(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Attachments",
        table => new
        {
            MailboxId = table.Column<int>("integer", nullable: false),
            ContactOrdinal = table.Column<long>("bigint", nullable: false),
            Number = table.Column<long>("bigint", nullable: false),
            Name = table.Column<string>("text", nullable: false),
            ContentType = table.Column<string>("text", nullable: true),
            ContentId = table.Column<string>("text", nullable: true),
            ContentLocation = table.Column<string>("text", nullable: true),
            IsInline = table.Column<bool>("boolean", nullable: false),
            IsContactPhoto = table.Column<bool>("boolean", nullable: false),
            LastModifiedTime = table.Column<long>("bigint", nullable: false),
            Content = table.Column<byte[]>("bytea", nullable: false),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_Attachments", row => new { row.MailboxId, row.ContactOrdinal, row.Number });
            table.ForeignKey(
                "FK_Attachments_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
        });

    private static void CreateOofSettings(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "OofSettings",
        table => new
        {
            MailboxId = table.Column<int>("integer", nullable: false),
            State = table.Column<int>("integer", nullable: false),
            ExternalAudience = table.Column<int>("integer", nullable: false),
            StartTime = table.Column<long>("bigint", nullable: false),
            EndTime = table.Column<long>("bigint", nullable: false),
            InternalReply = table.Column<string>("text", nullable: true),
            ExternalReply = table.Column<string>("text", nullable: true),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_OofSettings", row => row.MailboxId);
            table.ForeignKey(
                "FK_OofSettings_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
        });

    private static void CreateChanges(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Changes",
        table => new
        {
            MailboxId = table.Column<int>("integer", nullable: false),
            Number = table.Column<long>("bigint", nullable: false),
            Time = table.Column<long>("bigint", nullable: false),
            Kind = table.Column<int>("integer", nullable: false),
            ObjectId = table.Column<string>("text", nullable: false),
            Folder = table.Column<long>("bigint", nullable: false),
            IsFolder = table.Column<bool>("boolean", nullable: false),
            EndsRun = table.Column<bool>("boolean", nullable: false),
            OldObjectId = table.Column<string>("text", nullable: true),
            OldFolder = table.Column<long>("bigint", nullable: true),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_Changes", row => new { row.MailboxId, row.Number });
            table.ForeignKey(
                "FK_Changes_Mailboxes_MailboxId", row => row.MailboxId, "Mailboxes", "Id", onDelete: ReferentialAction.Cascade);
        });

    /// <summary>
    /// Creates the function that locks mailboxes in the order of their keys, and ends the transaction unless they have the given versions;
    /// a mailbox without a version is only locked.
    /// </summary>
    private static void CreateLockFunction(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE FUNCTION "LockMailboxes"(ids integer[], versions bigint[]) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            locked record;
            missing integer := (SELECT count(version) FROM unnest(versions) AS version);
        BEGIN
            FOR locked IN
                SELECT mailbox."Version" = given.version AS "IsCurrent"
                FROM unnest(ids, versions) AS given (id, version) JOIN "Mailboxes" mailbox ON mailbox."Id" = given.id
                ORDER BY mailbox."Id" FOR NO KEY UPDATE OF mailbox
            LOOP
                IF locked."IsCurrent" THEN
                    missing := missing - 1;
                END IF;
            END LOOP;
            IF missing > 0 THEN
                RAISE serialization_failure USING MESSAGE = 'Another instance has changed a mailbox. The transaction runs again.';
            END IF;
        END $$;
        """);

    /// <summary>Adds a unique constraint that is verified at the end of a statement: one statement can exchange the keys of rows.</summary>
    private static void AddUnique(MigrationBuilder migrationBuilder, string table, string first, string second) => migrationBuilder.Sql(
        $"""ALTER TABLE "{table}" ADD CONSTRAINT "IX_{table}_{first}_{second}" UNIQUE ("{first}", "{second}") DEFERRABLE;""");
}
