using System.Globalization;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The SQL of the journal. Each transaction locks the rows of its journals first, in the order of their realms.</summary>
internal static class JournalStatements
{
    /// <summary>Adds rows of journals that have none. $1: realms.</summary>
    public const string Create = """
        INSERT INTO "Journals" ("Realm", "Epoch", "Version", "FirstId", "LastId", "EvictedThroughId", "Bytes", "EmptiedAt", "IsDeleted")
        SELECT given."Realm", gen_random_uuid(), coalesce(ids."Version", 0), coalesce(ids."LastId", 0) + 1, coalesce(ids."LastId", 0),
            coalesce(ids."LastId", 0), 0, '-infinity', false
        FROM unnest($1) AS given("Realm") LEFT JOIN "JournalIds" ids ON ids."Realm" = given."Realm"
        ORDER BY given."Realm"
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Locks journals, and returns the number and size of their entries. $1: realms.</summary>
    public const string Lock = """
        SELECT "Realm", "LastId" - "FirstId" + 1, "Bytes" FROM "Journals" WHERE "Realm" = ANY($1) ORDER BY "Realm" FOR UPDATE
        """;

    /// <summary>Returns entries whose transaction had an unknown outcome. $1: realms, $2: keys.</summary>
    public const string FindKeys = """
        SELECT entry."Key", journal."Epoch", entry."Id"
        FROM "JournalEntries" entry JOIN "Journals" journal ON journal."Realm" = entry."Realm"
        WHERE entry."Realm" = ANY($1) AND entry."Key" = ANY($2)
        """;

    /// <summary>Ensures that the ids and versions of journals are not used again after a crash. $1: realms. It rarely changes a row.
    /// </summary>
    public const string Reserve = """
        INSERT INTO "JournalIds" ("Realm", "LastId", "Version")
        SELECT journal."Realm", journal."LastId" + 1000, journal."Version" + 4000
        FROM "Journals" journal LEFT JOIN "JournalIds" ids ON ids."Realm" = journal."Realm"
        WHERE journal."Realm" = ANY($1)
            AND (ids."Realm" IS NULL OR journal."LastId" > ids."LastId" OR journal."Version" > ids."Version")
        ON CONFLICT ("Realm") DO UPDATE SET "LastId" = excluded."LastId", "Version" = excluded."Version"
        """;

    /// <summary>Deletes the oldest entries of journals beyond their limits. $1: realms, $2: maximum number, $3: maximum size.</summary>
    public const string Evict = """
        WITH RECURSIVE excess AS (
            SELECT "Realm", "FirstId" - 1 AS "Id", 0::bigint AS "Freed", "FirstId", "LastId", "Bytes"
            FROM "Journals" WHERE "Realm" = ANY($1) AND ("LastId" - "FirstId" + 1 > $2 OR "Bytes" > $3)
            UNION ALL
            SELECT excess."Realm", entry."Id", excess."Freed" + entry."Size", excess."FirstId", excess."LastId", excess."Bytes"
            FROM excess JOIN "JournalEntries" entry ON entry."Realm" = excess."Realm" AND entry."Id" = excess."Id" + 1
            WHERE excess."LastId" - excess."Id" > $2
                OR (excess."Bytes" - excess."Freed" > $3 AND excess."LastId" - excess."Id" > 1)
        ), evicted AS (
            SELECT "Realm", "FirstId", max("Id") AS "Id", max("Freed") AS "Freed" FROM excess GROUP BY "Realm", "FirstId"
        ), deleted AS (
            DELETE FROM "JournalEntries" entry USING evicted
            WHERE entry."Realm" = evicted."Realm" AND entry."Id" BETWEEN evicted."FirstId" AND evicted."Id"
        )
        UPDATE "Journals" journal
        SET "FirstId" = evicted."Id" + 1, "EvictedThroughId" = evicted."Id", "Bytes" = journal."Bytes" - evicted."Freed"
        FROM evicted WHERE journal."Realm" = evicted."Realm" AND evicted."Id" >= evicted."FirstId"
        """;

    /// <summary>Returns the positions of journals. $1: realms.</summary>
    public const string FindPositions = """
        SELECT "Realm", "Epoch", "Version" FROM "Journals" WHERE "Realm" = ANY($1)
        """;

    /// <summary>Returns a journal, and its entries that were changed after a position. $1: realm, $2: epoch, $3: version.</summary>
    public const string Read = """
        SELECT journal."Epoch", journal."Version", journal."FirstId", journal."LastId", journal."EvictedThroughId", journal."Bytes",
            journal."IsDeleted", entry.*
        FROM "Journals" journal LEFT JOIN "JournalEntries" entry ON entry."Realm" = journal."Realm"
            AND entry."ChangedAt" > CASE WHEN journal."Epoch" = $2 THEN $3 ELSE 0 END
        WHERE journal."Realm" = $1 ORDER BY entry."Id"
        """;

    private const string DeleteEntries = """
        DELETE FROM "JournalEntries" WHERE "Realm" = $1
        """;

    private const string ResetRow = """
        UPDATE "Journals" SET "Epoch" = gen_random_uuid(), "Version" = "Version" + 1, "FirstId" = 1, "LastId" = 0, "EvictedThroughId" = 0,
            "Bytes" = 0, "EmptiedAt" = clock_timestamp(), "IsDeleted" = 
        """;

    private const string OfRealm = """
         WHERE "Realm" = $1
        """;

    /// <summary>The statements that delete the entries of a journal. $1: realm.</summary>
    public static readonly IReadOnlyList<string> Clear =
    [
        DeleteEntries,
        """
        UPDATE "Journals" SET "Version" = "Version" + 1, "FirstId" = "LastId" + 1, "EvictedThroughId" = 0, "Bytes" = 0,
            "EmptiedAt" = clock_timestamp()
        WHERE "Realm" = $1
        """,
    ];

    /// <summary>The statements that reset a journal. $1: realm.</summary>
    public static readonly IReadOnlyList<string> Reset =
    [
        DeleteEntries,
        ResetRow + "false" + OfRealm,
        """
        UPDATE "JournalIds" SET "LastId" = 0 WHERE "Realm" = $1
        """,
    ];

    /// <summary>The statements that delete a journal, and those that were deleted so long ago that no request is left. $1: realm.
    /// </summary>
    public static readonly IReadOnlyList<string> Delete =
    [
        DeleteEntries,
        ResetRow + "true" + OfRealm,
        """
        DELETE FROM "JournalIds" WHERE "Realm" = $1
        """,
        """
        DELETE FROM "Journals" WHERE "Realm" <> $1 AND "Realm" IN (
            SELECT "Realm" FROM "Journals" WHERE "IsDeleted" AND "EmptiedAt" < clock_timestamp() - interval '1 hour'
            FOR UPDATE SKIP LOCKED)
        """,
    ];

    /// <summary>
    /// Adds entries of requests that arrived after their journal was emptied, and returns their positions in the arguments, their epochs
    /// and their ids. $1: ages in seconds, followed by the columns.
    /// </summary>
    public static readonly string Add = $"""
        WITH given AS (
            SELECT * FROM unnest({Parameters(1, JournalColumns.Count + 1)}) WITH ORDINALITY
                AS given("Age", {JournalColumns.Join(name => name)}, "Position")
        ), accepted AS (
            SELECT given.*, row_number() OVER (PARTITION BY given."Realm" ORDER BY given."Position") AS "Number"
            FROM given JOIN "Journals" journal ON journal."Realm" = given."Realm"
            WHERE now() - make_interval(secs => given."Age") >= journal."EmptiedAt"
        ), journal AS (
            UPDATE "Journals" journal SET "LastId" = "LastId" + added."Count", "Version" = "Version" + added."Count",
                "Bytes" = "Bytes" + added."Size", "IsDeleted" = false
            FROM (SELECT "Realm", count(*) AS "Count", sum("Size") AS "Size" FROM accepted GROUP BY "Realm") added
            WHERE journal."Realm" = added."Realm"
            RETURNING journal."Realm", "Epoch", "LastId" - added."Count" AS "LastId", "Version" - added."Count" AS "Version"
        ), added AS (
            INSERT INTO "JournalEntries" ("Id", "AddedAt", "ChangedAt", {JournalColumns.Join(name => name)})
            SELECT journal."LastId" + "Number", journal."Version" + "Number", journal."Version" + "Number",
                {JournalColumns.Join(name => $"accepted.{name}")}
            FROM accepted JOIN journal ON journal."Realm" = accepted."Realm"
        )
        SELECT accepted."Position", journal."Epoch", journal."LastId" + accepted."Number"
        FROM accepted JOIN journal ON journal."Realm" = accepted."Realm"
        """;

    /// <summary>Changes entries, unless they were deleted. $1: ids, $2: epochs, followed by the columns.</summary>
    public static readonly string Change = $"""
        WITH given AS (
            SELECT * FROM unnest({Parameters(1, JournalColumns.Count + 2)}) AS given("Id", "Epoch", {JournalColumns.Join(name => name)})
        ), changed AS (
            SELECT given.*, given."Size" - entry."Size" AS "Growth",
                row_number() OVER (PARTITION BY given."Realm" ORDER BY given."Id") AS "Number"
            FROM given
                JOIN "Journals" journal ON journal."Realm" = given."Realm" AND journal."Epoch" = given."Epoch"
                JOIN "JournalEntries" entry ON entry."Realm" = given."Realm" AND entry."Id" = given."Id"
        ), journal AS (
            UPDATE "Journals" journal SET "Version" = "Version" + total."Count", "Bytes" = "Bytes" + total."Growth"
            FROM (SELECT "Realm", count(*) AS "Count", sum("Growth") AS "Growth" FROM changed GROUP BY "Realm") total
            WHERE journal."Realm" = total."Realm"
            RETURNING journal."Realm", "Version" - total."Count" AS "Version"
        )
        UPDATE "JournalEntries" entry SET "ChangedAt" = journal."Version" + changed."Number",
            {JournalColumns.Join(name => $"{name} = changed.{name}")}
        FROM changed JOIN journal ON journal."Realm" = changed."Realm"
        WHERE entry."Realm" = changed."Realm" AND entry."Id" = changed."Id"
        """;

    private static string Parameters(int first, int count) => string.Join(
        ", ", Enumerable.Range(first, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"${number}")));
}
