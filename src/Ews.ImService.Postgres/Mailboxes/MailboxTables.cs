using Ews.ImService.Storage;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>The tables of mailboxes.</summary>
/// <remarks>A test compares the tables and their columns with the model.</remarks>
internal static class MailboxTables
{
    public const string MailboxesName = "Mailboxes";

    public static readonly PostgresTable<MailboxRow> Mailboxes = new(
        MailboxesName,
        row => row.Id,
        1,
        [
            PostgresColumn<MailboxRow>.Create("Id", row => row.Id),
            PostgresColumn<MailboxRow>.Create("Realm", row => row.Realm),
            PostgresColumn<MailboxRow>.Create("SmtpAddress", row => row.SmtpAddress),
            PostgresColumn<MailboxRow>.Create("SmtpAddressKey", row => row.SmtpAddressKey),
            PostgresColumn<MailboxRow>.Create("MailboxGuid", row => row.MailboxGuid),
            PostgresColumn<MailboxRow>.Create("LastCounter", row => row.LastCounter),
            PostgresColumn<MailboxRow>.Create("ImListMigrationCompleted", row => row.ImListMigrationCompleted),
            PostgresColumn<MailboxRow>.Create("Culture", row => row.Culture),
            PostgresColumn<MailboxRow>.Create("LogId", row => row.LogId),
            PostgresColumn<MailboxRow>.Create("LogStart", row => row.LogStart),
            PostgresColumn<MailboxRow>.Create("LogEnd", row => row.LogEnd),
            PostgresColumn<MailboxRow>.Create("Version", row => row.Version),
        ],
        reader => new MailboxRow
        {
            Id = reader.GetInt32(0),
            Realm = reader.GetString(1),
            SmtpAddress = reader.GetString(2),
            SmtpAddressKey = reader.GetString(3),
            MailboxGuid = reader.GetGuid(4),
            LastCounter = reader.GetInt64(5),
            ImListMigrationCompleted = reader.GetBoolean(6),
            Culture = reader.GetOptionalString(7),
            LogId = reader.GetInt64(8),
            LogStart = reader.GetInt64(9),
            LogEnd = reader.GetInt64(10),
            Version = reader.GetInt64(11),
        });

    public static readonly PostgresTable<FolderRow> Folders = new(
        "Folders",
        row => (row.MailboxId, row.Counter),
        2,
        [
            PostgresColumn<FolderRow>.Create("MailboxId", row => row.MailboxId),
            PostgresColumn<FolderRow>.Create("Counter", row => row.Counter),
            PostgresColumn<FolderRow>.Create("Parent", row => row.Parent),
            PostgresColumn<FolderRow>.Create("FolderClass", row => row.FolderClass),
            PostgresColumn<FolderRow>.Create("DisplayName", row => row.DisplayName),
            PostgresColumn<FolderRow>.Create("Properties", row => row.Properties),
            PostgresColumn<FolderRow>.Create("CreationTime", row => row.CreationTime),
            PostgresColumn<FolderRow>.Create("LastModifiedTime", row => row.LastModifiedTime),
            PostgresColumn<FolderRow>.Create("Version", row => row.Version),
        ],
        reader => new FolderRow
        {
            MailboxId = reader.GetInt32(0),
            Counter = reader.GetInt64(1),
            Parent = reader.GetOptionalInt64(2),
            FolderClass = reader.GetOptionalString(3),
            DisplayName = reader.GetString(4),
            Properties = reader.GetString(5),
            CreationTime = reader.GetOptionalInt64(6),
            LastModifiedTime = reader.GetOptionalInt64(7),
            Version = reader.GetInt64(8),
        });

    public static readonly PostgresTable<OofRow> OofSettings = new(
        "OofSettings",
        row => row.MailboxId,
        1,
        [
            PostgresColumn<OofRow>.Create("MailboxId", row => row.MailboxId),
            PostgresColumn<OofRow>.Create("State", row => row.State),
            PostgresColumn<OofRow>.Create("ExternalAudience", row => row.ExternalAudience),
            PostgresColumn<OofRow>.Create("StartTime", row => row.StartTime),
            PostgresColumn<OofRow>.Create("EndTime", row => row.EndTime),
            PostgresColumn<OofRow>.Create("InternalReply", row => row.InternalReply),
            PostgresColumn<OofRow>.Create("ExternalReply", row => row.ExternalReply),
        ],
        reader => new OofRow
        {
            MailboxId = reader.GetInt32(0),
            State = reader.GetInt32(1),
            ExternalAudience = reader.GetInt32(2),
            StartTime = reader.GetInt64(3),
            EndTime = reader.GetInt64(4),
            InternalReply = reader.GetOptionalString(5),
            ExternalReply = reader.GetOptionalString(6),
        });

    public static readonly PostgresTable<ChangeRow> Changes = new(
        "Changes",
        row => (row.MailboxId, row.Number),
        2,
        [
            PostgresColumn<ChangeRow>.Create("MailboxId", row => row.MailboxId),
            PostgresColumn<ChangeRow>.Create("Number", row => row.Number),
            PostgresColumn<ChangeRow>.Create("Time", row => row.Time),
            PostgresColumn<ChangeRow>.Create("Kind", row => row.Kind),
            PostgresColumn<ChangeRow>.Create("ObjectId", row => row.ObjectId),
            PostgresColumn<ChangeRow>.Create("Folder", row => row.Folder),
            PostgresColumn<ChangeRow>.Create("IsFolder", row => row.IsFolder),
            PostgresColumn<ChangeRow>.Create("EndsRun", row => row.EndsRun),
            PostgresColumn<ChangeRow>.Create("OldObjectId", row => row.OldObjectId),
            PostgresColumn<ChangeRow>.Create("OldFolder", row => row.OldFolder),
        ],
        reader => new ChangeRow
        {
            MailboxId = reader.GetInt32(0),
            Number = reader.GetInt64(1),
            Time = reader.GetInt64(2),
            Kind = reader.GetInt32(3),
            ObjectId = reader.GetString(4),
            Folder = reader.GetInt64(5),
            IsFolder = reader.GetBoolean(6),
            EndsRun = reader.GetBoolean(7),
            OldObjectId = reader.GetOptionalString(8),
            OldFolder = reader.GetOptionalInt64(9),
        });

    /// <summary>The tables of the content of mailboxes. A table precedes the tables to which it refers.</summary>
    public static readonly IReadOnlyList<PostgresTable> Content =
    [
        ContactTables.Memberships,
        ContactTables.QuickContacts,
        ContactTables.ImGroups,
        ContactTables.Contacts,
        Folders,
        ContactTables.Attachments,
        OofSettings,
        Changes,
    ];

    /// <summary>All tables. A table follows the tables to which it refers.</summary>
    public static readonly IReadOnlyList<PostgresTable> All = [Mailboxes, .. Content.Reverse()];

    /// <summary>Returns the table of a row.</summary>
    public static PostgresTable TableOf(Row row) => row switch
    {
        MailboxRow => Mailboxes,
        FolderRow => Folders,
        ImGroupRow => ContactTables.ImGroups,
        QuickContactRow => ContactTables.QuickContacts,
        ContactRow => ContactTables.Contacts,
        MembershipRow => ContactTables.Memberships,
        AttachmentRow => ContactTables.Attachments,
        OofRow => OofSettings,
        ChangeRow => Changes,
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, "The type of row is not supported."),
    };
}
