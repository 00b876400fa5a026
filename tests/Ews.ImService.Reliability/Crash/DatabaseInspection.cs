using Microsoft.Data.Sqlite;

namespace Ews.ImService.Reliability.Crash;

/// <summary>Verifies a copy of the files that a killed service left.</summary>
internal static class DatabaseInspection
{
    /// <summary>Queries that return a row for each violation, with the rule.</summary>
    private static readonly (string Rule, string Query)[] Violations =
    [
        ("every page, row and index is intact", "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
        ("every foreign key refers to a row", "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check"),
        ("every member has its group and its contact", """
            SELECT MailboxId, GroupOrdinal, ContactOrdinal FROM Memberships member
            WHERE NOT EXISTS (SELECT 1 FROM ImGroups WHERE MailboxId = member.MailboxId AND Ordinal = member.GroupOrdinal)
               OR NOT EXISTS (SELECT 1 FROM QuickContacts WHERE MailboxId = member.MailboxId AND Ordinal = member.ContactOrdinal)
            """),
        ("every ordinal is at most the last counter of its mailbox", $"""
            SELECT Id, LastCounter, Ordinal FROM Mailboxes JOIN ({Ordinals}) ON MailboxId = Id WHERE Ordinal > LastCounter
            """),
        ("no ordinal is used twice in a mailbox", $"""
            SELECT MailboxId, Ordinal FROM ({Ordinals}) GROUP BY MailboxId, Ordinal HAVING COUNT(*) > 1
            """),
        ("no id is used twice", $"SELECT EwsId FROM ({Ids}) GROUP BY EwsId HAVING COUNT(*) > 1"),
        ("every version is at least 1", """
            SELECT MailboxId, Ordinal FROM QuickContacts WHERE Version < 1
            UNION ALL SELECT MailboxId, Ordinal FROM Contacts WHERE Version < 1
            """),
        ("every mailbox has its three system groups", """
            SELECT Id FROM Mailboxes WHERE (SELECT COUNT(*) FROM ImGroups WHERE MailboxId = Id AND Ordinal <= LastCounter
                AND GroupType IN ('IPM.DistList.MOC.OtherContacts', 'IPM.DistList.MOC.Tagged', 'IPM.DistList.MOC.Favorites')) <> 3
            """),
    ];

    private const string Ordinals = """
        SELECT MailboxId, Ordinal FROM ImGroups UNION ALL SELECT MailboxId, Ordinal FROM QuickContacts
        UNION ALL SELECT MailboxId, Ordinal FROM Contacts UNION ALL SELECT MailboxId, Ordinal FROM Memberships
        """;

    private const string Ids = """
        SELECT EwsId FROM ImGroups UNION ALL SELECT EwsId FROM QuickContacts UNION ALL SELECT EwsId FROM Contacts
        UNION ALL SELECT PersonaId FROM QuickContacts UNION ALL SELECT PersonaId FROM Contacts
        """;

    /// <summary>Verifies a database whose service was killed, without changing its files.</summary>
    /// <param name="database">The database file.</param>
    /// <param name="copy">The path of the copy.</param>
    /// <exception cref="RunException">The database violates a rule, or there is a file that does not belong to it.</exception>
    public static void Verify(string database, string copy)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" })
        {
            File.Delete(copy + suffix);
            if (File.Exists(database + suffix))
                File.Copy(database + suffix, copy + suffix);
        }

        var files = Directory.EnumerateFiles(Path.GetDirectoryName(database)!).Select(Path.GetFileName).Order().ToList();
        var name = Path.GetFileName(database);
        if (files.Except([name, name + "-wal", name + "-shm"]).ToList() is [var stray, ..])
            throw new RunException($"The service left the file {stray}.");

        using var connection = new SqliteConnection($"Data Source={copy};Pooling=false");
        connection.Open();
        foreach (var (rule, query) in Violations)
        {
            using var command = connection.CreateCommand();
            command.CommandText = query;
            using var reader = command.ExecuteReader();
            if (reader.Read())
            {
                var values = new object[reader.FieldCount];
                reader.GetValues(values);
                throw new RunException($"The database violates the rule '{rule}': {string.Join(", ", values)}. Copy: {copy}");
            }
        }
    }

    /// <summary>Verifies that a service that stopped left one file.</summary>
    public static void VerifyStopped(string database)
    {
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(database)!).Select(Path.GetFileName).Order().ToList();
        if (files is not [var only] || only != Path.GetFileName(database))
            throw new RunException($"The service that stopped left the files {string.Join(", ", files)}.");
    }
}
