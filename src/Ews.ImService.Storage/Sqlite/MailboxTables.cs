namespace Ews.ImService.Storage.Sqlite;

/// <summary>The tables of the database.</summary>
internal static class MailboxTables
{
    public static readonly MailboxTable<MailboxRow> Mailboxes = new(
        "Mailboxes",
        ["Id"],
        [
            "Realm", "SmtpAddress", "SmtpAddressKey", "MailboxGuid", "LastCounter", "ImListMigrationCompleted",
            "LogId", "LogStart", "LogEnd", "Culture",
        ],
        (statement, row) => statement.Bind(row.Id),
        (statement, row) => statement
            .Bind(row.Realm)
            .Bind(row.SmtpAddress)
            .Bind(row.SmtpAddressKey)
            .Bind(row.MailboxGuid)
            .Bind(row.LastCounter)
            .Bind(row.ImListMigrationCompleted)
            .Bind(row.LogId)
            .Bind(row.LogStart)
            .Bind(row.LogEnd)
            .Bind(row.Culture),
        statement => new MailboxRow
        {
            Id = statement.GetInt32(0),
            Realm = statement.GetString(1),
            SmtpAddress = statement.GetString(2),
            SmtpAddressKey = statement.GetString(3),
            MailboxGuid = statement.GetGuid(4),
            LastCounter = statement.GetInt64(5),
            ImListMigrationCompleted = statement.GetBoolean(6),
            LogId = statement.GetInt64(7),
            LogStart = statement.GetInt64(8),
            LogEnd = statement.GetInt64(9),
            Culture = statement.GetOptionalString(10),
        });

    public static readonly MailboxTable<FolderRow> Folders = new(
        "Folders",
        ["MailboxId", "Counter"],
        ["Parent", "FolderClass", "DisplayName", "Properties", "CreationTime", "LastModifiedTime", "Version"],
        (statement, row) => statement.Bind(row.MailboxId).Bind(row.Counter),
        (statement, row) => statement
            .Bind(row.Parent)
            .Bind(row.FolderClass)
            .Bind(row.DisplayName)
            .Bind(row.Properties)
            .Bind(row.CreationTime)
            .Bind(row.LastModifiedTime)
            .Bind(row.Version),
        statement => new FolderRow
        {
            MailboxId = statement.GetInt32(0),
            Counter = statement.GetInt64(1),
            Parent = statement.GetOptionalInt64(2),
            FolderClass = statement.GetOptionalString(3),
            DisplayName = statement.GetString(4),
            Properties = statement.GetString(5),
            CreationTime = statement.GetOptionalInt64(6),
            LastModifiedTime = statement.GetOptionalInt64(7),
            Version = statement.GetInt64(8),
        });

    public static readonly MailboxTable<ImGroupRow> ImGroups = new(
        "ImGroups",
        ["MailboxId", "Ordinal"],
        ["EwsId", "GroupType", "DisplayName", "DisplayNameKey", "SmtpAddress"],
        (statement, row) => statement.Bind(row.MailboxId).Bind(row.Ordinal),
        (statement, row) => statement
            .Bind(row.EwsId)
            .Bind(row.GroupType)
            .Bind(row.DisplayName)
            .Bind(row.DisplayNameKey)
            .Bind(row.SmtpAddress),
        statement => new ImGroupRow
        {
            MailboxId = statement.GetInt32(0),
            Ordinal = statement.GetInt64(1),
            EwsId = statement.GetString(2),
            GroupType = statement.GetString(3),
            DisplayName = statement.GetString(4),
            DisplayNameKey = statement.GetString(5),
            SmtpAddress = statement.GetOptionalString(6),
        });

    public static readonly MailboxTable<QuickContactRow> QuickContacts = new(
        "QuickContacts",
        ["MailboxId", "Ordinal"],
        [
            "EwsId", "PersonaId", "ImAddress", "ImAddressKey", "DisplayName", "CreationTime", "Version", "LastModifiedTime", "Properties",
            "TelUriAddress", "ImContactSipUriAddress", "ImTelephoneNumber",
        ],
        (statement, row) => statement.Bind(row.MailboxId).Bind(row.Ordinal),
        (statement, row) => statement
            .Bind(row.EwsId)
            .Bind(row.PersonaId)
            .Bind(row.ImAddress)
            .Bind(row.ImAddressKey)
            .Bind(row.DisplayName)
            .Bind(row.CreationTime)
            .Bind(row.Version)
            .Bind(row.LastModifiedTime)
            .Bind(row.Properties)
            .Bind(row.TelUriAddress)
            .Bind(row.ImContactSipUriAddress)
            .Bind(row.ImTelephoneNumber),
        statement => new QuickContactRow
        {
            MailboxId = statement.GetInt32(0),
            Ordinal = statement.GetInt64(1),
            EwsId = statement.GetString(2),
            PersonaId = statement.GetString(3),
            ImAddress = statement.GetString(4),
            ImAddressKey = statement.GetString(5),
            DisplayName = statement.GetString(6),
            CreationTime = statement.GetInt64(7),
            Version = statement.GetInt64(8),
            LastModifiedTime = statement.GetInt64(9),
            Properties = statement.GetString(10),
            TelUriAddress = statement.GetOptionalString(11),
            ImContactSipUriAddress = statement.GetOptionalString(12),
            ImTelephoneNumber = statement.GetOptionalString(13),
        });

    public static readonly MailboxTable<ContactRow> Contacts = new(
        "Contacts",
        ["MailboxId", "Ordinal"],
        ["EwsId", "PersonaId", "Properties", "CreationTime", "LastModifiedTime", "Version", "Folder"],
        (statement, row) => statement.Bind(row.MailboxId).Bind(row.Ordinal),
        (statement, row) => statement
            .Bind(row.EwsId)
            .Bind(row.PersonaId)
            .Bind(row.Properties)
            .Bind(row.CreationTime)
            .Bind(row.LastModifiedTime)
            .Bind(row.Version)
            .Bind(row.Folder),
        statement => new ContactRow
        {
            MailboxId = statement.GetInt32(0),
            Ordinal = statement.GetInt64(1),
            EwsId = statement.GetString(2),
            PersonaId = statement.GetString(3),
            Properties = statement.GetString(4),
            CreationTime = statement.GetInt64(5),
            LastModifiedTime = statement.GetInt64(6),
            Version = statement.GetInt64(7),
            Folder = statement.GetInt64(8),
        });

    public static readonly MailboxTable<MembershipRow> Memberships = new(
        "Memberships",
        ["MailboxId", "GroupOrdinal", "ContactOrdinal"],
        ["Ordinal"],
        (statement, row) => statement.Bind(row.MailboxId).Bind(row.GroupOrdinal).Bind(row.ContactOrdinal),
        (statement, row) => statement.Bind(row.Ordinal),
        statement => new MembershipRow
        {
            MailboxId = statement.GetInt32(0),
            GroupOrdinal = statement.GetInt64(1),
            ContactOrdinal = statement.GetInt64(2),
            Ordinal = statement.GetInt64(3),
        });

    public static readonly MailboxTable<ChangeRow> Changes = new(
        "Changes",
        ["MailboxId", "Number"],
        ["Time", "Kind", "ObjectId", "Folder", "IsFolder", "EndsRun", "OldObjectId", "OldFolder"],
        (statement, row) => statement.Bind(row.MailboxId).Bind(row.Number),
        (statement, row) => statement
            .Bind(row.Time)
            .Bind(row.Kind)
            .Bind(row.ObjectId)
            .Bind(row.Folder)
            .Bind(row.IsFolder)
            .Bind(row.EndsRun)
            .Bind(row.OldObjectId)
            .Bind(row.OldFolder),
        statement => new ChangeRow
        {
            MailboxId = statement.GetInt32(0),
            Number = statement.GetInt64(1),
            Time = statement.GetInt64(2),
            Kind = statement.GetInt32(3),
            ObjectId = statement.GetString(4),
            Folder = statement.GetInt64(5),
            IsFolder = statement.GetBoolean(6),
            EndsRun = statement.GetBoolean(7),
            OldObjectId = statement.GetOptionalString(8),
            OldFolder = statement.GetOptionalInt64(9),
        });

    public static readonly MailboxTable<AttachmentRow> Attachments = new(
        "Attachments",
        ["MailboxId", "ContactOrdinal", "Number"],
        ["Name", "ContentType", "ContentId", "ContentLocation", "IsInline", "IsContactPhoto", "LastModifiedTime", "Content"],
        (statement, row) => statement.Bind(row.MailboxId).Bind(row.ContactOrdinal).Bind(row.Number),
        (statement, row) => statement
            .Bind(row.Name)
            .Bind(row.ContentType)
            .Bind(row.ContentId)
            .Bind(row.ContentLocation)
            .Bind(row.IsInline)
            .Bind(row.IsContactPhoto)
            .Bind(row.LastModifiedTime)
            .Bind(row.Content),
        statement => new AttachmentRow
        {
            MailboxId = statement.GetInt32(0),
            ContactOrdinal = statement.GetInt64(1),
            Number = statement.GetInt64(2),
            Name = statement.GetString(3),
            ContentType = statement.GetOptionalString(4),
            ContentId = statement.GetOptionalString(5),
            ContentLocation = statement.GetOptionalString(6),
            IsInline = statement.GetBoolean(7),
            IsContactPhoto = statement.GetBoolean(8),
            LastModifiedTime = statement.GetInt64(9),
            Content = statement.GetBytes(10),
        });

    public static readonly MailboxTable<OofRow> OofSettings = new(
        "OofSettings",
        ["MailboxId"],
        ["State", "ExternalAudience", "StartTime", "EndTime", "InternalReply", "ExternalReply"],
        (statement, row) => statement.Bind(row.MailboxId),
        (statement, row) => statement
            .Bind(row.State)
            .Bind(row.ExternalAudience)
            .Bind(row.StartTime)
            .Bind(row.EndTime)
            .Bind(row.InternalReply)
            .Bind(row.ExternalReply),
        statement => new OofRow
        {
            MailboxId = statement.GetInt32(0),
            State = statement.GetInt32(1),
            ExternalAudience = statement.GetInt32(2),
            StartTime = statement.GetInt64(3),
            EndTime = statement.GetInt64(4),
            InternalReply = statement.GetOptionalString(5),
            ExternalReply = statement.GetOptionalString(6),
        });

    /// <summary>The statement that selects the mailbox with a realm and an address key.</summary>
    public static readonly string SelectByAddress = $"{Mailboxes.SelectAll} WHERE Realm = ?1 AND SmtpAddressKey = ?2";

    /// <summary>The statement that selects the mailboxes of a realm.</summary>
    public static readonly string SelectOfRealm = $"{Mailboxes.SelectAll} WHERE Realm = ?1";

    /// <summary>The statement that selects hidden mailboxes, see <see cref="RowMapper.IsHidden"/>.</summary>
    public static readonly string SelectHidden = $"{Mailboxes.SelectAll} WHERE Realm >= '*' AND Realm < '+'";

    /// <summary>The statement that returns a row if a mailbox of a realm has a GUID.</summary>
    public const string SelectGuid = "SELECT 1 FROM Mailboxes WHERE Realm = ?1 AND MailboxGuid = ?2";

    /// <summary>The statement that selects the highest row key, or 0.</summary>
    public const string SelectLastId = "SELECT coalesce(max(Id), 0) FROM Mailboxes";

    /// <summary>The statement that selects the realms of mailboxes that are not hidden: one search in the index for each realm.</summary>
    public const string SelectRealms = """
        WITH RECURSIVE Found (Realm) AS (
            SELECT min(Realm) FROM Mailboxes
            UNION ALL
            SELECT (SELECT min(Realm) FROM Mailboxes WHERE Realm > Found.Realm) FROM Found WHERE Found.Realm IS NOT NULL
        )
        SELECT Realm FROM Found WHERE Realm IS NOT NULL AND NOT (Realm >= '*' AND Realm < '+')
        """;

    /// <summary>Gets the statement that selects the first entries of the change log of a mailbox after a number.</summary>
    public static string SelectChanges => $"{Changes.SelectAll} WHERE MailboxId = ?1 AND Number > ?2 ORDER BY Number LIMIT ?3";

    /// <summary>Gets the statement that deletes the entries of the change log of a mailbox up to a number.</summary>
    public static string ShortenChanges => $"DELETE FROM {Changes.Name} WHERE MailboxId = ?1 AND Number <= ?2";

    /// <summary>The tables of the content of mailboxes. A table precedes the tables to which it refers.</summary>
    public static readonly IReadOnlyList<MailboxTable> Content =
        [Memberships, QuickContacts, ImGroups, Contacts, Folders, Attachments, OofSettings, Changes];

    /// <summary>All tables.</summary>
    public static readonly IReadOnlyList<MailboxTable> All = [Mailboxes, .. Content];

    /// <summary>Returns the table of a row.</summary>
    public static MailboxTable TableOf(Row row) => row switch
    {
        MailboxRow => Mailboxes,
        FolderRow => Folders,
        ImGroupRow => ImGroups,
        QuickContactRow => QuickContacts,
        ContactRow => Contacts,
        MembershipRow => Memberships,
        AttachmentRow => Attachments,
        OofRow => OofSettings,
        ChangeRow => Changes,
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, "The type of row is not supported."),
    };
}
