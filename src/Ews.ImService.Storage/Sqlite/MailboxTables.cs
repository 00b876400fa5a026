using Microsoft.Data.Sqlite;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>The tables of the database.</summary>
internal static class MailboxTables
{
    public static readonly MailboxTable<MailboxRow> Mailboxes = new(
        "Mailboxes",
        ["Id"],
        ["Realm", "SmtpAddress", "SmtpAddressKey", "MailboxGuid", "LastCounter", "ImListMigrationCompleted"],
        row => [row.Id, row.Realm, row.SmtpAddress, row.SmtpAddressKey, row.MailboxGuid, row.LastCounter, row.ImListMigrationCompleted],
        reader => new MailboxRow
        {
            Id = reader.GetInt32(0),
            Realm = reader.GetString(1),
            SmtpAddress = reader.GetString(2),
            SmtpAddressKey = reader.GetString(3),
            MailboxGuid = reader.GetGuid(4),
            LastCounter = reader.GetInt64(5),
            ImListMigrationCompleted = reader.GetBoolean(6),
        });

    public static readonly MailboxTable<ImGroupRow> ImGroups = new(
        "ImGroups",
        ["MailboxId", "Ordinal"],
        ["EwsId", "GroupType", "DisplayName", "DisplayNameKey", "SmtpAddress"],
        row => [row.MailboxId, row.Ordinal, row.EwsId, row.GroupType, row.DisplayName, row.DisplayNameKey, row.SmtpAddress],
        reader => new ImGroupRow
        {
            MailboxId = reader.GetInt32(0),
            Ordinal = reader.GetInt64(1),
            EwsId = reader.GetString(2),
            GroupType = reader.GetString(3),
            DisplayName = reader.GetString(4),
            DisplayNameKey = reader.GetString(5),
            SmtpAddress = OptionalString(reader, 6),
        });

    public static readonly MailboxTable<QuickContactRow> QuickContacts = new(
        "QuickContacts",
        ["MailboxId", "Ordinal"],
        [
            "EwsId", "PersonaId", "ImAddress", "ImAddressKey", "DisplayName", "CreationTime", "Version", "LastModifiedTime", "Properties",
            "TelUriAddress", "ImContactSipUriAddress", "ImTelephoneNumber",
        ],
        row =>
        [
            row.MailboxId, row.Ordinal, row.EwsId, row.PersonaId, row.ImAddress, row.ImAddressKey, row.DisplayName, row.CreationTime,
            row.Version, row.LastModifiedTime, row.Properties, row.TelUriAddress, row.ImContactSipUriAddress, row.ImTelephoneNumber,
        ],
        reader => new QuickContactRow
        {
            MailboxId = reader.GetInt32(0),
            Ordinal = reader.GetInt64(1),
            EwsId = reader.GetString(2),
            PersonaId = reader.GetString(3),
            ImAddress = reader.GetString(4),
            ImAddressKey = reader.GetString(5),
            DisplayName = reader.GetString(6),
            CreationTime = reader.GetInt64(7),
            Version = reader.GetInt64(8),
            LastModifiedTime = reader.GetInt64(9),
            Properties = reader.GetString(10),
            TelUriAddress = OptionalString(reader, 11),
            ImContactSipUriAddress = OptionalString(reader, 12),
            ImTelephoneNumber = OptionalString(reader, 13),
        });

    public static readonly MailboxTable<ContactRow> Contacts = new(
        "Contacts",
        ["MailboxId", "Ordinal"],
        ["EwsId", "PersonaId", "Properties", "CreationTime", "LastModifiedTime", "Version"],
        row =>
        [
            row.MailboxId, row.Ordinal, row.EwsId, row.PersonaId, row.Properties, row.CreationTime, row.LastModifiedTime, row.Version,
        ],
        reader => new ContactRow
        {
            MailboxId = reader.GetInt32(0),
            Ordinal = reader.GetInt64(1),
            EwsId = reader.GetString(2),
            PersonaId = reader.GetString(3),
            Properties = reader.GetString(4),
            CreationTime = reader.GetInt64(5),
            LastModifiedTime = reader.GetInt64(6),
            Version = reader.GetInt64(7),
        });

    public static readonly MailboxTable<MembershipRow> Memberships = new(
        "Memberships",
        ["MailboxId", "GroupOrdinal", "ContactOrdinal"],
        ["Ordinal"],
        row => [row.MailboxId, row.GroupOrdinal, row.ContactOrdinal, row.Ordinal],
        reader => new MembershipRow
        {
            MailboxId = reader.GetInt32(0),
            GroupOrdinal = reader.GetInt64(1),
            ContactOrdinal = reader.GetInt64(2),
            Ordinal = reader.GetInt64(3),
        });

    /// <summary>The tables of the content of mailboxes. A table precedes the tables to which it refers.</summary>
    public static readonly IReadOnlyList<MailboxTable> Content = [Memberships, QuickContacts, ImGroups, Contacts];

    /// <summary>Returns the table of a row.</summary>
    public static MailboxTable TableOf(Row row) => row switch
    {
        MailboxRow => Mailboxes,
        ImGroupRow => ImGroups,
        QuickContactRow => QuickContacts,
        ContactRow => Contacts,
        MembershipRow => Memberships,
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, "The type of row is not supported."),
    };

    private static string? OptionalString(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
