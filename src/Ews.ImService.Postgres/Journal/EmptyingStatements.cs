namespace Ews.ImService.Postgres.Journal;

/// <summary>The SQL that deletes all entries of a journal, after its lock. $1: realm.</summary>
internal static class EmptyingStatements
{
    private const string DeleteEntries = """
        DELETE FROM "JournalEntries" WHERE "Realm" = $1
        """;

    private const string DeleteBodies = """
        DELETE FROM "JournalBodies" WHERE "Realm" = $1
        """;

    private const string ResetRow = """
        UPDATE "Journals" SET "Epoch" = gen_random_uuid(), "Version" = "Version" + 1, "FirstId" = 1, "LastId" = 0, "EvictedThroughId" = 0,
            "Bytes" = 0, "EmptiedAt" = clock_timestamp(), "IsDeleted" = 
        """;

    private const string OfRealm = """
         WHERE "Realm" = $1
        """;

    /// <summary>The statements that delete the entries of a journal.</summary>
    public static readonly IReadOnlyList<string> Clear =
    [
        DeleteEntries,
        DeleteBodies,
        """
        UPDATE "Journals" SET "Version" = "Version" + 1, "FirstId" = "LastId" + 1, "EvictedThroughId" = 0, "Bytes" = 0,
            "EmptiedAt" = clock_timestamp()
        WHERE "Realm" = $1
        """,
    ];

    /// <summary>The statements that reset a journal.</summary>
    public static readonly IReadOnlyList<string> Reset =
    [
        DeleteEntries,
        DeleteBodies,
        ResetRow + "false" + OfRealm,
        """
        UPDATE "JournalIds" SET "LastId" = 0 WHERE "Realm" = $1
        """,
    ];

    /// <summary>The statements that delete a journal, and those that were deleted so long ago that no request is left.</summary>
    public static readonly IReadOnlyList<string> Delete =
    [
        DeleteEntries,
        DeleteBodies,
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
}
