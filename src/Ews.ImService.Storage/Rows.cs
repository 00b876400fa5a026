namespace Ews.ImService.Storage;

/// <summary>All rows of one mailbox.</summary>
/// <param name="Mailbox">The mailbox's own row.</param>
/// <param name="Folders">The folders that clients created or changed.</param>
/// <param name="Groups">The IM groups, ordered by ordinal.</param>
/// <param name="QuickContacts">The IM contacts, ordered by ordinal.</param>
/// <param name="Contacts">The ordinary contacts, ordered by ordinal.</param>
/// <param name="Memberships">The memberships of IM contacts in groups, in any order.</param>
/// <param name="Attachments">The attachments of all contacts, ordered by number.</param>
/// <param name="Oof">The out-of-office settings; empty if none were stored.</param>
internal sealed record MailboxRows(
    MailboxRow Mailbox,
    IReadOnlyList<FolderRow> Folders,
    IReadOnlyList<ImGroupRow> Groups,
    IReadOnlyList<QuickContactRow> QuickContacts,
    IReadOnlyList<ContactRow> Contacts,
    IReadOnlyList<MembershipRow> Memberships,
    IReadOnlyList<AttachmentRow> Attachments,
    IReadOnlyList<OofRow> Oof);

/// <summary>A row of any table.</summary>
internal abstract class Row;

/// <summary>
/// A mailbox. <c>LastCounter</c> is the last number assigned to an item or membership. The numbers of the log are those of
/// <see cref="Mailbox.ChangeLog"/>. <c>Version</c> is increased by each update; a database that one process uses exclusively does not store
/// it.
/// </summary>
internal sealed class MailboxRow : Row
{
    public int Id { get; set; }

    public required string Realm { get; set; }

    public required string SmtpAddress { get; set; }

    public required string SmtpAddressKey { get; set; }

    public Guid MailboxGuid { get; set; }

    public long LastCounter { get; set; }

    public bool ImListMigrationCompleted { get; set; }

    public string? Culture { get; set; }

    public long LogId { get; set; }

    public long LogStart { get; set; }

    public long LogEnd { get; set; }

    public long Version { get; set; }

    /// <summary>Gets or sets the version of the row on which an update is based; not a column.</summary>
    public long BaseVersion { get; set; }
}

/// <summary>A folder that a client created or changed. <c>Properties</c> is a JSON object, see <see cref="PropertiesJson"/>.</summary>
internal sealed class FolderRow : Row
{
    public int MailboxId { get; set; }

    public long Counter { get; set; }

    public long? Parent { get; set; }

    public string? FolderClass { get; set; }

    public required string DisplayName { get; set; }

    public required string Properties { get; set; }

    public long? CreationTime { get; set; }

    public long? LastModifiedTime { get; set; }

    public long Version { get; set; }
}

/// <summary>An IM group.</summary>
internal sealed class ImGroupRow : Row
{
    public int MailboxId { get; set; }

    public long Ordinal { get; set; }

    public required string EwsId { get; set; }

    public required string GroupType { get; set; }

    public required string DisplayName { get; set; }

    public required string DisplayNameKey { get; set; }

    public string? SmtpAddress { get; set; }
}

/// <summary>An IM contact. A phone contact has telephone columns and an empty <c>ImAddress</c>. Times are ticks in UTC.</summary>
internal sealed class QuickContactRow : Row
{
    public int MailboxId { get; set; }

    public long Ordinal { get; set; }

    public required string EwsId { get; set; }

    public required string PersonaId { get; set; }

    public required string ImAddress { get; set; }

    public required string ImAddressKey { get; set; }

    public required string DisplayName { get; set; }

    public long CreationTime { get; set; }

    public long Version { get; set; }

    public long LastModifiedTime { get; set; }

    public required string Properties { get; set; }

    public string? TelUriAddress { get; set; }

    public string? ImContactSipUriAddress { get; set; }

    public string? ImTelephoneNumber { get; set; }
}

/// <summary>
/// An ordinary contact. <c>Folder</c> is the number of its folder. <c>Properties</c> is a JSON object, see <see cref="PropertiesJson"/>.
/// </summary>
internal sealed class ContactRow : Row
{
    public int MailboxId { get; set; }

    public long Ordinal { get; set; }

    public long Folder { get; set; }

    public required string EwsId { get; set; }

    public required string PersonaId { get; set; }

    public required string Properties { get; set; }

    public long CreationTime { get; set; }

    public long LastModifiedTime { get; set; }

    public long Version { get; set; }
}

/// <summary>The membership of an IM contact in a group.</summary>
internal sealed class MembershipRow : Row
{
    public int MailboxId { get; set; }

    public long GroupOrdinal { get; set; }

    public long ContactOrdinal { get; set; }

    public long Ordinal { get; set; }
}

/// <summary>An attachment of the contact with an ordinal, see <see cref="Mailbox.FileAttachment"/>. The time is in ticks in UTC.</summary>
internal sealed class AttachmentRow : Row
{
    public int MailboxId { get; set; }

    public long ContactOrdinal { get; set; }

    public long Number { get; set; }

    public required string Name { get; set; }

    public string? ContentType { get; set; }

    public string? ContentId { get; set; }

    public string? ContentLocation { get; set; }

    public bool IsInline { get; set; }

    public bool IsContactPhoto { get; set; }

    public long LastModifiedTime { get; set; }

    public required byte[] Content { get; set; }
}

/// <summary>The out-of-office settings of a mailbox, see <see cref="Mailbox.OofSettings"/>. Times are ticks in UTC.</summary>
internal sealed class OofRow : Row
{
    public int MailboxId { get; set; }

    public int State { get; set; }

    public int ExternalAudience { get; set; }

    public long StartTime { get; set; }

    public long EndTime { get; set; }

    public string? InternalReply { get; set; }

    public string? ExternalReply { get; set; }
}

/// <summary>An entry of the change log of a mailbox, see <see cref="Mailbox.LogEntry"/>. The time is in ticks in UTC.</summary>
internal sealed class ChangeRow : Row
{
    public int MailboxId { get; set; }

    public long Number { get; set; }

    public long Time { get; set; }

    public int Kind { get; set; }

    public required string ObjectId { get; set; }

    public long Folder { get; set; }

    public bool IsFolder { get; set; }

    public bool EndsRun { get; set; }

    public string? OldObjectId { get; set; }

    public long? OldFolder { get; set; }
}
