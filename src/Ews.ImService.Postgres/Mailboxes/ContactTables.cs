using Ews.ImService.Storage;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>The tables of contacts, groups, memberships and attachments.</summary>
internal static class ContactTables
{
    public static readonly PostgresTable<ImGroupRow> ImGroups = new(
        "ImGroups",
        row => (row.MailboxId, row.Ordinal),
        2,
        [
            PostgresColumn<ImGroupRow>.Create("MailboxId", row => row.MailboxId),
            PostgresColumn<ImGroupRow>.Create("Ordinal", row => row.Ordinal),
            PostgresColumn<ImGroupRow>.Create("EwsId", row => row.EwsId),
            PostgresColumn<ImGroupRow>.Create("GroupType", row => row.GroupType),
            PostgresColumn<ImGroupRow>.Create("DisplayName", row => row.DisplayName),
            PostgresColumn<ImGroupRow>.Create("DisplayNameKey", row => row.DisplayNameKey),
            PostgresColumn<ImGroupRow>.Create("SmtpAddress", row => row.SmtpAddress),
        ],
        reader => new ImGroupRow
        {
            MailboxId = reader.GetInt32(0),
            Ordinal = reader.GetInt64(1),
            EwsId = reader.GetString(2),
            GroupType = reader.GetString(3),
            DisplayName = reader.GetString(4),
            DisplayNameKey = reader.GetString(5),
            SmtpAddress = reader.GetOptionalString(6),
        });

    public static readonly PostgresTable<QuickContactRow> QuickContacts = new(
        "QuickContacts",
        row => (row.MailboxId, row.Ordinal),
        2,
        [
            PostgresColumn<QuickContactRow>.Create("MailboxId", row => row.MailboxId),
            PostgresColumn<QuickContactRow>.Create("Ordinal", row => row.Ordinal),
            PostgresColumn<QuickContactRow>.Create("EwsId", row => row.EwsId),
            PostgresColumn<QuickContactRow>.Create("PersonaId", row => row.PersonaId),
            PostgresColumn<QuickContactRow>.Create("ImAddress", row => row.ImAddress),
            PostgresColumn<QuickContactRow>.Create("ImAddressKey", row => row.ImAddressKey),
            PostgresColumn<QuickContactRow>.Create("DisplayName", row => row.DisplayName),
            PostgresColumn<QuickContactRow>.Create("CreationTime", row => row.CreationTime),
            PostgresColumn<QuickContactRow>.Create("Version", row => row.Version),
            PostgresColumn<QuickContactRow>.Create("LastModifiedTime", row => row.LastModifiedTime),
            PostgresColumn<QuickContactRow>.Create("Properties", row => row.Properties),
            PostgresColumn<QuickContactRow>.Create("TelUriAddress", row => row.TelUriAddress),
            PostgresColumn<QuickContactRow>.Create("ImContactSipUriAddress", row => row.ImContactSipUriAddress),
            PostgresColumn<QuickContactRow>.Create("ImTelephoneNumber", row => row.ImTelephoneNumber),
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
            TelUriAddress = reader.GetOptionalString(11),
            ImContactSipUriAddress = reader.GetOptionalString(12),
            ImTelephoneNumber = reader.GetOptionalString(13),
        });

    public static readonly PostgresTable<ContactRow> Contacts = new(
        "Contacts",
        row => (row.MailboxId, row.Ordinal),
        2,
        [
            PostgresColumn<ContactRow>.Create("MailboxId", row => row.MailboxId),
            PostgresColumn<ContactRow>.Create("Ordinal", row => row.Ordinal),
            PostgresColumn<ContactRow>.Create("Folder", row => row.Folder),
            PostgresColumn<ContactRow>.Create("EwsId", row => row.EwsId),
            PostgresColumn<ContactRow>.Create("PersonaId", row => row.PersonaId),
            PostgresColumn<ContactRow>.Create("Properties", row => row.Properties),
            PostgresColumn<ContactRow>.Create("CreationTime", row => row.CreationTime),
            PostgresColumn<ContactRow>.Create("LastModifiedTime", row => row.LastModifiedTime),
            PostgresColumn<ContactRow>.Create("Version", row => row.Version),
        ],
        reader => new ContactRow
        {
            MailboxId = reader.GetInt32(0),
            Ordinal = reader.GetInt64(1),
            Folder = reader.GetInt64(2),
            EwsId = reader.GetString(3),
            PersonaId = reader.GetString(4),
            Properties = reader.GetString(5),
            CreationTime = reader.GetInt64(6),
            LastModifiedTime = reader.GetInt64(7),
            Version = reader.GetInt64(8),
        });

    public static readonly PostgresTable<MembershipRow> Memberships = new(
        "Memberships",
        row => (row.MailboxId, row.GroupOrdinal, row.ContactOrdinal),
        3,
        [
            PostgresColumn<MembershipRow>.Create("MailboxId", row => row.MailboxId),
            PostgresColumn<MembershipRow>.Create("GroupOrdinal", row => row.GroupOrdinal),
            PostgresColumn<MembershipRow>.Create("ContactOrdinal", row => row.ContactOrdinal),
            PostgresColumn<MembershipRow>.Create("Ordinal", row => row.Ordinal),
        ],
        reader => new MembershipRow
        {
            MailboxId = reader.GetInt32(0),
            GroupOrdinal = reader.GetInt64(1),
            ContactOrdinal = reader.GetInt64(2),
            Ordinal = reader.GetInt64(3),
        });

    public static readonly PostgresTable<AttachmentRow> Attachments = new(
        "Attachments",
        row => (row.MailboxId, row.ContactOrdinal, row.Number),
        3,
        [
            PostgresColumn<AttachmentRow>.Create("MailboxId", row => row.MailboxId),
            PostgresColumn<AttachmentRow>.Create("ContactOrdinal", row => row.ContactOrdinal),
            PostgresColumn<AttachmentRow>.Create("Number", row => row.Number),
            PostgresColumn<AttachmentRow>.Create("Name", row => row.Name),
            PostgresColumn<AttachmentRow>.Create("ContentType", row => row.ContentType),
            PostgresColumn<AttachmentRow>.Create("ContentId", row => row.ContentId),
            PostgresColumn<AttachmentRow>.Create("ContentLocation", row => row.ContentLocation),
            PostgresColumn<AttachmentRow>.Create("IsInline", row => row.IsInline),
            PostgresColumn<AttachmentRow>.Create("IsContactPhoto", row => row.IsContactPhoto),
            PostgresColumn<AttachmentRow>.Create("LastModifiedTime", row => row.LastModifiedTime),
            PostgresColumn<AttachmentRow>.Create("Content", row => row.Content),
        ],
        reader => new AttachmentRow
        {
            MailboxId = reader.GetInt32(0),
            ContactOrdinal = reader.GetInt64(1),
            Number = reader.GetInt64(2),
            Name = reader.GetString(3),
            ContentType = reader.GetOptionalString(4),
            ContentId = reader.GetOptionalString(5),
            ContentLocation = reader.GetOptionalString(6),
            IsInline = reader.GetBoolean(7),
            IsContactPhoto = reader.GetBoolean(8),
            LastModifiedTime = reader.GetInt64(9),
            Content = reader.GetFieldValue<byte[]>(10),
        });
}
