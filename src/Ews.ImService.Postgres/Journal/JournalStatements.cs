using System.Globalization;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The SQL of the journal. Each transaction locks the rows of its journals first, in the order of their realms.</summary>
/// <remarks>
/// PostgreSQL plans a prepared statement each time if the estimated cost depends on the length of an array, which takes longer than its
/// execution. Realms are therefore joined instead of compared by <c>= ANY($1)</c>, and the length of <c>(SELECT $1)</c> is not known.
/// </remarks>
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
        SELECT journal."Realm", journal."LastId" - journal."FirstId" + 1, journal."Bytes"
        FROM unnest($1) AS given("Realm") JOIN "Journals" journal ON journal."Realm" = given."Realm"
        ORDER BY journal."Realm" FOR UPDATE OF journal
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
        FROM unnest($1) AS given("Realm") JOIN "Journals" journal ON journal."Realm" = given."Realm"
            LEFT JOIN "JournalIds" ids ON ids."Realm" = journal."Realm"
        WHERE ids."Realm" IS NULL OR journal."LastId" > ids."LastId" OR journal."Version" > ids."Version"
        ON CONFLICT ("Realm") DO UPDATE SET "LastId" = excluded."LastId", "Version" = excluded."Version"
        """;

    /// <summary>Deletes the oldest entries of journals beyond their limits. $1: realms, $2: maximum number, $3: maximum size.</summary>
    /// <remarks>Entries are found one by one in the index, and deleted by their place: a plan without the index reads the table each time.
    /// </remarks>
    public const string Evict = """
        WITH RECURSIVE excess AS (
            SELECT journal."Realm", "FirstId" - 1 AS "Id", 0::bigint AS "Freed", "LastId", "Bytes", NULL::tid AS "Row", 0 AS "Size"
            FROM unnest((SELECT $1)) AS given("Realm") JOIN "Journals" journal ON journal."Realm" = given."Realm"
            WHERE "LastId" - "FirstId" + 1 > $2 OR "Bytes" > $3
            UNION ALL
            SELECT excess."Realm", entry."Id", excess."Freed" + entry."Size" + (
                    SELECT coalesce(sum(body."Size"), 0) FROM "JournalBodies" body
                    WHERE body."Realm" = excess."Realm" AND body."LastId" = entry."Id"
                ), excess."LastId", excess."Bytes", entry.ctid, entry."Size"
            FROM excess CROSS JOIN LATERAL (
                SELECT ctid, "Id", "Size" FROM "JournalEntries" WHERE "Realm" = excess."Realm" AND "Id" = excess."Id" + 1 LIMIT 1
            ) entry
            WHERE excess."LastId" - excess."Id" > $2
                OR (excess."Bytes" - excess."Freed" > $3 AND excess."LastId" - excess."Id" > 1)
        ), evicted AS (
            SELECT "Realm", max("Id") AS "Id", sum("Size") AS "Size" FROM excess GROUP BY "Realm" HAVING count("Row") > 0
        ), entries AS (
            DELETE FROM "JournalEntries" WHERE ctid = ANY(ARRAY(SELECT "Row" FROM excess WHERE "Row" IS NOT NULL))
        ), bodies AS (
            DELETE FROM "JournalBodies" body USING evicted WHERE body."Realm" = evicted."Realm" AND body."LastId" <= evicted."Id"
            RETURNING body."Realm", body."Size"
        )
        UPDATE "Journals" journal
        SET "FirstId" = evicted."Id" + 1, "EvictedThroughId" = evicted."Id", "Bytes" = journal."Bytes" - evicted."Size"
            - (SELECT coalesce(sum(bodies."Size"), 0) FROM bodies WHERE bodies."Realm" = evicted."Realm")
        FROM evicted WHERE journal."Realm" = evicted."Realm"
        """;

    /// <summary>Returns the positions of journals. $1: realms.</summary>
    public const string FindPositions = """
        SELECT journal."Realm", journal."Epoch", journal."Version"
        FROM unnest($1) AS given("Realm") JOIN "Journals" journal ON journal."Realm" = given."Realm"
        """;

    /// <summary>The column of <see cref="Read"/> with a large response body, in the first of the rows that refer to it.</summary>
    public const string SharedBody = "SharedBody";

    /// <summary>Returns a journal, and its entries that were changed after a position. $1: realm, $2: epoch, $3: version.</summary>
    public const string Read = """
        SELECT journal."Epoch", journal."Version", journal."FirstId", journal."LastId", journal."EvictedThroughId", journal."Bytes",
            journal."IsDeleted", extract(epoch FROM clock_timestamp() - greatest(journal."EmptiedAt", '1970-01-01Z'))::float8, entry.*,
            CASE WHEN row_number() OVER (PARTITION BY entry."ResponseBodyId" ORDER BY entry."Id") = 1 THEN body."Body" END AS "SharedBody"
        FROM "Journals" journal LEFT JOIN "JournalEntries" entry ON entry."Realm" = journal."Realm"
            AND entry."ChangedAt" > CASE WHEN journal."Epoch" = $2 THEN $3 ELSE 0 END
            LEFT JOIN "JournalBodies" body ON body."Realm" = entry."Realm" AND body."Id" = entry."ResponseBodyId"
        WHERE journal."Realm" = $1 ORDER BY entry."Id"
        """;

    /// <summary>Adds large response bodies that are not stored yet to journals that have a row. $1: realms, $2: ids, $3: bodies.</summary>
    public const string AddBodies = """
        WITH added AS (
            INSERT INTO "JournalBodies" ("Realm", "Id", "LastId", "Size", "Body")
            SELECT given."Realm", given."Id", 0, length(given."Body"), given."Body"
            FROM unnest($1, $2, $3) AS given("Realm", "Id", "Body") JOIN "Journals" journal ON journal."Realm" = given."Realm"
            ON CONFLICT DO NOTHING
            RETURNING "Realm", "Size"
        )
        UPDATE "Journals" journal SET "Bytes" = "Bytes" + total."Size"
        FROM (SELECT "Realm", sum("Size") AS "Size" FROM added GROUP BY "Realm") total WHERE journal."Realm" = total."Realm"
        """;

    /// <summary>
    /// Adds entries of requests that arrived after their journal was emptied, and returns their positions in the arguments, their epochs
    /// and their ids; without epoch and id those that were not added, because a large body is missing. $1: ages in seconds, followed by
    /// the columns.
    /// </summary>
    public static readonly string Add = $"""
        WITH given AS (
            SELECT given.*, given."BodyId" IS NULL OR body."Id" IS NOT NULL AS "HasBody"
            FROM unnest($1, {Added(nameof(JournalEntryRow.Realm))}, {Added(nameof(JournalEntryRow.Size))},
                {Added(nameof(JournalEntryRow.ResponseBodyId))}) WITH ORDINALITY AS given("Age", "Realm", "Size", "BodyId", "Position")
            JOIN "Journals" journal ON journal."Realm" = given."Realm"
            LEFT JOIN "JournalBodies" body ON body."Realm" = given."Realm" AND body."Id" = given."BodyId"
            WHERE now() - make_interval(secs => given."Age") >= journal."EmptiedAt"
        ), journal AS (
            UPDATE "Journals" journal SET "LastId" = "LastId" + added."Count", "Version" = "Version" + added."Count",
                "Bytes" = "Bytes" + added."Size", "IsDeleted" = false
            FROM (SELECT "Realm", count(*) AS "Count", sum("Size") AS "Size" FROM given WHERE "HasBody" GROUP BY "Realm") added
            WHERE journal."Realm" = added."Realm"
            RETURNING journal."Realm", "Epoch", "LastId" - added."Count" AS "LastId", "Version" - added."Count" AS "Version"
        ), accepted AS (
            SELECT given."Position", given."Realm", given."BodyId", journal."Epoch",
                journal."LastId" + row_number() OVER each_realm AS "Id", journal."Version" + row_number() OVER each_realm AS "Version"
            FROM given JOIN journal ON journal."Realm" = given."Realm" WHERE given."HasBody"
            WINDOW each_realm AS (PARTITION BY given."Realm" ORDER BY given."Position")
        ), bodies AS (
            UPDATE "JournalBodies" body SET "LastId" = used."LastId"
            FROM (SELECT "Realm", "BodyId", max("Id") AS "LastId" FROM accepted WHERE "BodyId" IS NOT NULL GROUP BY 1, 2) used
            WHERE body."Realm" = used."Realm" AND body."Id" = used."BodyId"
        ), added AS (
            INSERT INTO "JournalEntries" ("Id", "AddedAt", "ChangedAt", {JournalColumns.Join(name => name)})
            SELECT accepted."Id", accepted."Version", accepted."Version", {JournalColumns.Join(name => $"entry.{name}")}
            FROM unnest({JournalColumns.Parameters(1)}) WITH ORDINALITY AS entry({JournalColumns.Join(name => name)}, "Position")
            JOIN accepted ON accepted."Position" = entry."Position"
        )
        SELECT "Position", "Epoch", "Id" FROM accepted
        UNION ALL SELECT "Position", NULL, NULL FROM given WHERE NOT "HasBody"
        """;

    /// <summary>
    /// Changes entries, unless they were deleted, and returns the positions of those that were not changed: <c>true</c> if a large body is
    /// missing; <c>false</c> if their journal was deleted or reset, or lost in a crash. $1: ids, $2: epochs, followed by the columns.
    /// </summary>
    public static readonly string Change = $"""
        WITH given AS (
            SELECT * FROM unnest($1, $2, {JournalColumns.Parameters(2)}) WITH ORDINALITY
                AS given("Id", "Epoch", {JournalColumns.Join(name => name)}, "Position")
        ), known AS (
            SELECT given.*, given."Size" - entry."Size" AS "Growth",
                given."ResponseBodyId" IS NULL OR body."Id" IS NOT NULL AS "HasBody"
            FROM given
                JOIN "Journals" journal ON journal."Realm" = given."Realm" AND journal."Epoch" = given."Epoch"
                JOIN "JournalEntries" entry ON entry."Realm" = given."Realm" AND entry."Id" = given."Id"
                LEFT JOIN "JournalBodies" body ON body."Realm" = given."Realm" AND body."Id" = given."ResponseBodyId"
        ), changed AS (
            SELECT known.*, row_number() OVER (PARTITION BY "Realm" ORDER BY "Id") AS "Number" FROM known WHERE "HasBody"
        ), journal AS (
            UPDATE "Journals" journal SET "Version" = "Version" + total."Count", "Bytes" = "Bytes" + total."Growth"
            FROM (SELECT "Realm", count(*) AS "Count", sum("Growth") AS "Growth" FROM changed GROUP BY "Realm") total
            WHERE journal."Realm" = total."Realm"
            RETURNING journal."Realm", "Version" - total."Count" AS "Version"
        ), bodies AS (
            UPDATE "JournalBodies" body SET "LastId" = greatest(body."LastId", used."LastId")
            FROM (
                SELECT "Realm", "ResponseBodyId", max("Id") AS "LastId" FROM changed WHERE "ResponseBodyId" IS NOT NULL GROUP BY 1, 2
            ) used
            WHERE body."Realm" = used."Realm" AND body."Id" = used."ResponseBodyId"
        ), entries AS (
            UPDATE "JournalEntries" entry SET "ChangedAt" = journal."Version" + changed."Number",
                {JournalColumns.Join(name => $"{name} = changed.{name}")}
            FROM changed JOIN journal ON journal."Realm" = changed."Realm"
            WHERE entry."Realm" = changed."Realm" AND entry."Id" = changed."Id"
        )
        SELECT "Position", true FROM known WHERE NOT "HasBody"
        UNION ALL
        SELECT "Position", false FROM given
        WHERE NOT EXISTS (SELECT FROM "Journals" journal WHERE journal."Realm" = given."Realm" AND journal."Epoch" = given."Epoch")
        """;

    private static string Added(string column) => JournalColumns.Parameter(1, column);
}
