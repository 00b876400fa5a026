namespace Ews.ImService.Reliability.Instances;

/// <summary>Verifies the rows of mailboxes in PostgreSQL, beyond the constraints of the tables.</summary>
internal static class InstanceInspection
{
    /// <summary>The mailboxes that are not hidden: the rows of the others are being deleted.</summary>
    private const string Visible = """(SELECT "Id" FROM "Mailboxes" WHERE "Realm" NOT LIKE '*%')""";

    private const string Ordinals = """
        SELECT "MailboxId", "Ordinal" FROM "ImGroups" UNION ALL SELECT "MailboxId", "Ordinal" FROM "QuickContacts"
        UNION ALL SELECT "MailboxId", "Ordinal" FROM "Contacts" UNION ALL SELECT "MailboxId", "Ordinal" FROM "Memberships"
        """;

    private const string Ids = """
        SELECT "MailboxId", "EwsId" FROM "ImGroups" UNION ALL SELECT "MailboxId", "EwsId" FROM "QuickContacts"
        UNION ALL SELECT "MailboxId", "EwsId" FROM "Contacts" UNION ALL SELECT "MailboxId", "PersonaId" FROM "QuickContacts"
        UNION ALL SELECT "MailboxId", "PersonaId" FROM "Contacts"
        """;

    /// <summary>Queries that return a row for each violation, with the rule.</summary>
    private static readonly (string Rule, string Query)[] Violations =
    [
        ("every ordinal is at most the last counter of its mailbox", $"""
            SELECT "Id", "LastCounter", "Ordinal" FROM "Mailboxes" JOIN ({Ordinals}) AS used ON "MailboxId" = "Id"
            WHERE "Ordinal" > "LastCounter" AND "Id" IN {Visible}
            """),
        ("no ordinal is used twice in a mailbox", $"""
            SELECT "MailboxId", "Ordinal" FROM ({Ordinals}) AS used WHERE "MailboxId" IN {Visible}
            GROUP BY "MailboxId", "Ordinal" HAVING COUNT(*) > 1
            """),
        ("no id is used twice", $"""
            SELECT "EwsId" FROM ({Ids}) AS used WHERE "MailboxId" IN {Visible} GROUP BY "EwsId" HAVING COUNT(*) > 1
            """),
        ("every mailbox has its three system groups", $"""
            SELECT "Id" FROM "Mailboxes" WHERE "Id" IN {Visible} AND (SELECT COUNT(*) FROM "ImGroups" WHERE "MailboxId" = "Id"
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
