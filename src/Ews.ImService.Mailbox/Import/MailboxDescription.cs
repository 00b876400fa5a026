using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>A description of a whole mailbox, as the input of <see cref="MailboxImporter"/>.</summary>
public sealed record MailboxDescription
{
    /// <summary>Gets the primary SMTP address.</summary>
    public string SmtpAddress { get; init; } = string.Empty;

    /// <summary>Gets the mailbox GUID; the default is a new GUID.</summary>
    public Guid? MailboxGuid { get; init; }

    /// <summary>
    /// Gets the last ordinal that was assigned in the mailbox. The ordinals and the ids of the description, which contain ordinals, raise
    /// it if they are greater.
    /// </summary>
    public long? LastCounter { get; init; }

    /// <summary>
    /// Gets a value that indicates whether the mailbox holds the contact list of the IM client; the default is <c>false</c>.
    /// </summary>
    public bool ImListMigrationCompleted { get; init; }

    /// <summary>Gets the culture of the names of well-known folders, such as <c>de-DE</c>; the default is English.</summary>
    public string? Culture { get; init; }

    /// <summary>Gets the folders to create, and the well-known folders to change. A folder follows its parent.</summary>
    public IReadOnlyList<FolderDescription> Folders { get; init; } = [];

    /// <summary>Gets the groups. System groups that are not described are added.</summary>
    public IReadOnlyList<GroupDescription> Groups { get; init; } = [];

    /// <summary>Gets the IM contacts.</summary>
    public IReadOnlyList<ContactDescription> ImContacts { get; init; } = [];

    /// <summary>Gets the ordinary contacts.</summary>
    public IReadOnlyList<ContactDescription> Contacts { get; init; } = [];

    /// <summary>Gets the out-of-office settings, or <c>null</c> if none are stored.</summary>
    public OofDescription? Oof { get; init; }
}

/// <summary>A description of out-of-office settings.</summary>
public sealed record OofDescription
{
    /// <summary>Gets the state.</summary>
    public OofState State { get; init; }

    /// <summary>Gets the senders outside the organization who receive the external reply.</summary>
    public OofAudience ExternalAudience { get; init; }

    /// <summary>Gets the start in UTC; the default is that of <see cref="OofSettings.Default"/>.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Gets the end in UTC; the default is that of <see cref="OofSettings.Default"/>.</summary>
    public DateTime? End { get; init; }

    /// <summary>Gets the reply to senders of the organization.</summary>
    public string? InternalReply { get; init; }

    /// <summary>Gets the reply to other senders.</summary>
    public string? ExternalReply { get; init; }
}

/// <summary>A description of a folder.</summary>
public sealed record FolderDescription
{
    /// <summary>Gets the path, see <see cref="FolderPath"/>.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Gets the new display name of a well-known folder; the default is its name in the culture of the mailbox.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Gets the class of a new folder; the default is IPF.Contact.</summary>
    public string? FolderClass { get; init; }

    /// <summary>Gets the ordinal of a new folder; the default is the next one.</summary>
    public long? Ordinal { get; init; }

    /// <summary>Gets the version; the default is 1.</summary>
    public long? Version { get; init; }

    /// <summary>Gets the creation time of a new folder in UTC; the default is the current time.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>Gets the time of the last change in UTC; the default for a new folder is the creation time.</summary>
    public DateTime? LastModifiedTime { get; init; }

    /// <summary>Gets the extended properties by path. A property without values deletes one of a well-known folder.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Properties { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}

/// <summary>A description of an IM group.</summary>
public sealed record GroupDescription
{
    /// <summary>Gets the type, one of the values of <see cref="GroupType"/>; the default is a user group.</summary>
    public string Type { get; init; } = GroupType.UserGroup;

    /// <summary>Gets the display name.</summary>
    public string DisplayName { get; init; } = string.Empty;

    /// <summary>Gets the SMTP address of a distribution group.</summary>
    public string? SmtpAddress { get; init; }

    /// <summary>Gets the id; the default is derived from the ordinal.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the ordinal; the default is the next one.</summary>
    public long? Ordinal { get; init; }

    /// <summary>Gets the members, in the order in which they were added.</summary>
    public IReadOnlyList<MemberDescription> Members { get; init; } = [];
}

/// <summary>A description of a membership.</summary>
public sealed record MemberDescription
{
    /// <summary>Gets the IM address, or the tel URI, of an IM contact. A contact that is not described is created.</summary>
    public string? Contact { get; init; }

    /// <summary>Gets the tel URI of a described phone contact, instead of <see cref="Contact"/>.</summary>
    public string? TelUri { get; init; }

    /// <summary>Gets the ordinal; the default is the next one.</summary>
    public long? Ordinal { get; init; }
}

/// <summary>A description of an IM contact or of an ordinary contact.</summary>
public sealed record ContactDescription
{
    /// <summary>Gets the IM address of an IM contact that is not a phone contact.</summary>
    public string? ImAddress { get; init; }

    /// <summary>Gets the URIs of a phone contact.</summary>
    public TelUriContact? TelUri { get; init; }

    /// <summary>Gets the path of the folder of an ordinary contact, see <see cref="FolderPath"/>; the default is <c>contacts</c>.</summary>
    public string? Folder { get; init; }

    /// <summary>Gets the display name; the default for an IM contact is its address or telephone number.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Gets the id; the default is derived from the ordinal.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the id of the persona; the default is a new id.</summary>
    public string? PersonaId { get; init; }

    /// <summary>Gets the ordinal; the default is the next one.</summary>
    public long? Ordinal { get; init; }

    /// <summary>Gets the version; the default is 1.</summary>
    public long? Version { get; init; }

    /// <summary>Gets the creation time in UTC; the default is the current time.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>Gets the time of the last change in UTC; the default is the creation time.</summary>
    public DateTime? LastModifiedTime { get; init; }

    /// <summary>Gets the properties by path. A property without values deletes a property that is derived from the address.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Properties { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Gets the attachments, in the order in which they were added.</summary>
    public IReadOnlyList<AttachmentDescription> Attachments { get; init; } = [];
}

/// <summary>A description of a file attached to a contact.</summary>
public sealed record AttachmentDescription
{
    /// <summary>Gets the file name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Gets the content.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Gets the MIME type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Gets the id by which a body refers to the attachment.</summary>
    public string? ContentId { get; init; }

    /// <summary>Gets the URI of the content.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>Gets a value that indicates whether the attachment is shown within a body.</summary>
    public bool IsInline { get; init; }

    /// <summary>Gets a value that indicates whether the attachment is the picture of the contact.</summary>
    public bool IsContactPhoto { get; init; }

    /// <summary>Gets the number; the default is the next ordinal of the mailbox.</summary>
    public long? Number { get; init; }

    /// <summary>Gets the creation time in UTC; the default is the current time.</summary>
    public DateTime? LastModifiedTime { get; init; }
}
