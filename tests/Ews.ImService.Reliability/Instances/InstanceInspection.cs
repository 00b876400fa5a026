namespace Ews.ImService.Reliability.Instances;

/// <summary>Verifies the rows of mailboxes in PostgreSQL, beyond the constraints of the tables.</summary>
internal static class InstanceInspection
{
    private const string Ordinals = """
        SELECT "MailboxId", "Ordinal" FROM "ImGroups" UNION ALL SELECT "MailboxId", "Ordinal" FROM "QuickContacts"
        UNION ALL SELECT "MailboxId", "Ordinal" FROM "Contacts" UNION ALL SELECT "MailboxId", "Ordinal" FROM "Memberships"
        """;

    private const string Ids = """
        SELECT "EwsId" FROM "ImGroups" UNION ALL SELECT "EwsId" FROM "QuickContacts" UNION ALL SELECT "EwsId" FROM "Contacts"
        UNION ALL SELECT "PersonaId" FROM "QuickContacts" UNION ALL SELECT "PersonaId" FROM "Contacts"
        """;

    /// <summary>Queries that return a row for each violation, with the rule.</summary>
    private static readonly (string Rule, string Query)[] Violations =
    [
        ("every ordinal is at most the last counter of its mailbox", $"""
            SELECT "Id", "LastCounter", "Ordinal" FROM "Mailboxes" JOIN ({Ordinals}) AS used ON "MailboxId" = "Id"
            WHERE "Ordinal" > "LastCounter"
            """),
        ("no ordinal is used twice in a mailbox", $"""
            SELECT "MailboxId", "Ordinal" FROM ({Ordinals}) AS used GROUP BY "MailboxId", "Ordinal" HAVING COUNT(*) > 1
            """),
        ("no id is used twice", $"""SELECT "EwsId" FROM ({Ids}) AS used GROUP BY "EwsId" HAVING COUNT(*) > 1"""),
        ("every mailbox has its three system groups", """
            SELECT "Id" FROM "Mailboxes" WHERE (SELECT COUNT(*) FROM "ImGroups" WHERE "MailboxId" = "Id"
                AND "GroupType" IN ('IPM.DistList.MOC.OtherContacts', 'IPM.DistList.MOC.Tagged', 'IPM.DistList.MOC.Favorites')) <> 3
            """),
    ];

    /// <summary>Verifies the database of the instances.</summary>
    /// <exception cref="RunException">The database violates a rule.</exception>
    public static void Verify(InstanceGroup group)
    {
        foreach (var (rule, query) in Violations)
        {
            if (group.Execute(query) is { Length: > 0 } rows)
                throw new RunException($"The database violates the rule '{rule}': {rows}");
        }
    }
}
