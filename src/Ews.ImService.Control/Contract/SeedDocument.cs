using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>A seed document: mailboxes and their contents. Only addresses and names are required.</summary>
internal sealed partial record SeedDocument
{
    /// <summary>Gets the URL of the JSON schema, for editors; it is ignored.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Gets the mailboxes.</summary>
    public required IReadOnlyList<SeedMailbox> Mailboxes { get; init; }
}

/// <summary>A mailbox. It has the system groups even if the document omits them.</summary>
public sealed partial record SeedMailbox
{
    /// <summary>Gets the primary SMTP address.</summary>
    [MinLength(1)]
    public required string SmtpAddress { get; init; }

    /// <summary>Gets the GUID from which EWS ids are derived; the default is a new GUID.</summary>
    public Guid? MailboxGuid { get; init; }

    /// <summary>Gets the last ordinal that was assigned in the mailbox. The ordinals and the ids of the mailbox, which contain ordinals,
    /// raise it if they are greater.</summary>
    [Range(0d, SeedItem.MaxOrdinal)]
    public long? LastCounter { get; init; }

    /// <summary>Gets a value that indicates whether the IM list migration is complete; the default is <c>false</c>.</summary>
    public bool? ImListMigrationCompleted { get; init; }

    /// <summary>Gets the culture of the names of well-known folders, such as <c>de-DE</c>; the default is English.</summary>
    public string? Culture { get; init; }

    /// <summary>Gets the folders that the mailbox has in addition to the well-known folders, and the well-known folders that differ from
    /// those of a new mailbox. A folder follows its parent.</summary>
    public IReadOnlyList<SeedFolder>? Folders { get; init; }

    /// <summary>Gets the IM groups in list order.</summary>
    public IReadOnlyList<SeedGroup>? Groups { get; init; }

    /// <summary>Gets the IM contacts (Quick Contacts).</summary>
    public IReadOnlyList<SeedImContact>? ImContacts { get; init; }

    /// <summary>Gets the contacts that are not on the IM list.</summary>
    public IReadOnlyList<SeedContact>? Contacts { get; init; }

    /// <summary>Gets the out-of-office settings; the default is that none are stored.</summary>
    public SeedOofSettings? Oof { get; init; }
}

/// <summary>The out-of-office settings of a mailbox. The service stores them; it sends no replies.</summary>
public sealed record SeedOofSettings
{
    /// <summary>Gets the state; the default is <c>Disabled</c>.</summary>
    public SeedOofState? State { get; init; }

    /// <summary>Gets the senders outside the organization who receive the external reply; the default is <c>All</c>.</summary>
    public SeedOofAudience? ExternalAudience { get; init; }

    /// <summary>Gets the start of the absence; the default is the current hour of the realm.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Gets the end of the absence; the default is one day after the current hour of the realm.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Gets the reply to senders of the organization.</summary>
    public string? InternalReply { get; init; }

    /// <summary>Gets the reply to other senders.</summary>
    public string? ExternalReply { get; init; }
}

/// <summary>The out-of-office state.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeedOofState>))]
public enum SeedOofState
{
    /// <summary>The user is not absent.</summary>
    Disabled,

    /// <summary>The user is absent.</summary>
    Enabled,

    /// <summary>The user is absent for a duration.</summary>
    Scheduled,
}

/// <summary>The senders outside the organization who receive a reply.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeedOofAudience>))]
public enum SeedOofAudience
{
    /// <summary>No sender.</summary>
    None,

    /// <summary>The contacts of the user.</summary>
    Known,

    /// <summary>All senders.</summary>
    All,
}

/// <summary>A folder.</summary>
public sealed partial record SeedFolder
{
    /// <summary>Gets the path: the distinguished name of a well-known folder and, after a slash, the names of subfolders, such as
    /// <c>contacts/Team</c>. In a name, <c>~0</c> stands for a tilde and <c>~1</c> for a slash.</summary>
    [MinLength(1)]
    public required string Path { get; init; }

    /// <summary>Gets the display name of a well-known folder; the default depends on the culture of the mailbox.</summary>
    [MinLength(1)]
    public string? DisplayName { get; init; }

    /// <summary>Gets the folder class; the default is <c>IPF.Contact</c>. Well-known folders have fixed classes.</summary>
    [MinLength(1)]
    public string? FolderClass { get; init; }

    /// <summary>Gets the ordinal, which is unique in the mailbox, and determines the EWS id; the default is the next one.</summary>
    [Range(0d, SeedItem.MaxOrdinal)]
    public long? Ordinal { get; init; }

    /// <summary>Gets the version, counted from 1, from which the change key is derived; the default is 1.</summary>
    [Range(1, int.MaxValue)]
    public long? Version { get; init; }

    /// <summary>Gets the creation time; the default is the current time of the realm. Well-known folders have none.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>Gets the time of the last modification; the default is the creation time.</summary>
    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary>Gets the extended properties by path, such as <c>extended:0x10f4:Boolean</c>: a string, several strings, or <c>null</c> to
    /// delete a property that the well-known folder has.</summary>
    [JsonConverter(typeof(StringListMapConverter))]
    public IReadOnlyDictionary<string, IReadOnlyList<string>?>? Properties { get; init; }
}

/// <summary>The type of an IM group.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeedGroupType>))]
public enum SeedGroupType
{
    /// <summary>A group that a user created.</summary>
    UserGroup,

    /// <summary>A distribution group.</summary>
    DistributionGroup,

    /// <summary>The system group Other Contacts, which holds the IM contacts that are in no other group.</summary>
    OtherContacts,

    /// <summary>The system group Tagged.</summary>
    Tagged,

    /// <summary>The system group Favorites.</summary>
    Favorites,
}

/// <summary>An IM group.</summary>
public sealed partial record SeedGroup
{
    /// <summary>Gets the display name, which is unique in the mailbox regardless of case.</summary>
    [MinLength(1)]
    public required string DisplayName { get; init; }

    /// <summary>Gets the type; the default is <c>UserGroup</c>.</summary>
    public SeedGroupType? Type { get; init; }

    /// <summary>Gets the SMTP address of a distribution group.</summary>
    public string? SmtpAddress { get; init; }

    /// <summary>Gets the EWS id; the default is derived from the ordinal.</summary>
    [MinLength(1)]
    public string? Id { get; init; }

    /// <summary>Gets the ordinal, which is unique in the mailbox; the default is the next one.</summary>
    [Range(0d, SeedItem.MaxOrdinal)]
    public long? Ordinal { get; init; }

    /// <summary>Gets the members in the order in which they were added. A string is the address of an IM contact.</summary>
    [JsonConverter(typeof(SeedMemberListConverter))]
    public IReadOnlyList<SeedMember>? Members { get; init; }
}

/// <summary>A member of an IM group: an IM contact, identified by its address or by its tel URI.</summary>
public sealed partial record SeedMember
{
    /// <summary>Gets the address of an IM contact; a contact that the document does not contain is created.</summary>
    public string? Contact { get; init; }

    /// <summary>Gets the tel URI of a phone contact, instead of <see cref="Contact"/>.</summary>
    public string? TelUri { get; init; }

    /// <summary>Gets the ordinal that orders the members, which is unique in the mailbox; the default is the next one.</summary>
    [Range(0d, SeedItem.MaxOrdinal)]
    public long? Ordinal { get; init; }
}

/// <summary>The properties that IM contacts and contacts have in common.</summary>
public abstract record SeedItem
{
    internal const double MaxOrdinal = 1L << 46;

    /// <summary>Gets the display name; the default for an IM contact is its address, or the telephone number of a phone contact.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Gets the EWS id; the default is derived from the ordinal.</summary>
    [MinLength(1)]
    public string? Id { get; init; }

    /// <summary>Gets the EWS id of the persona; the default is a new id.</summary>
    [MinLength(1)]
    public string? PersonaId { get; init; }

    /// <summary>Gets the ordinal, which is unique in the mailbox; the default is the next one.</summary>
    [Range(0d, MaxOrdinal)]
    public long? Ordinal { get; init; }

    /// <summary>Gets the version, counted from 1, from which the change key is derived; the default is 1.</summary>
    [Range(1, int.MaxValue)]
    public long? Version { get; init; }

    /// <summary>Gets the creation time; the default is the current time of the realm.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>Gets the time of the last modification; the default is the creation time.</summary>
    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary>Gets the contact properties by EWS property path, such as <c>contacts:GivenName</c>: a string, several strings, or
    /// <c>null</c> to delete a property that is derived from the address.</summary>
    [JsonConverter(typeof(StringListMapConverter))]
    public IReadOnlyDictionary<string, IReadOnlyList<string>?>? Properties { get; init; }

    /// <summary>Gets the attachments in the order in which they were added.</summary>
    public IReadOnlyList<SeedAttachment>? Attachments { get; init; }
}

/// <summary>A file attached to a contact.</summary>
public sealed record SeedAttachment
{
    /// <summary>Gets the file name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the content in Base64.</summary>
    [Base64String]
    public required string Content { get; init; }

    /// <summary>Gets the MIME type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Gets the id by which a body refers to the attachment.</summary>
    public string? ContentId { get; init; }

    /// <summary>Gets the URI of the content.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>Gets a value that indicates whether the attachment is shown within a body; the default is <c>false</c>.</summary>
    public bool? IsInline { get; init; }

    /// <summary>Gets a value that indicates whether the attachment is the picture of the contact; the default is <c>false</c>.</summary>
    public bool? IsContactPhoto { get; init; }

    /// <summary>Gets the number from which the EWS id is derived, which is unique in the contact; the default is the next ordinal of the
    /// mailbox.</summary>
    [Range(0d, SeedItem.MaxOrdinal)]
    public long? Number { get; init; }

    /// <summary>Gets the creation time; the default is the current time of the realm.</summary>
    public DateTimeOffset? LastModifiedTime { get; init; }
}

/// <summary>An IM contact (Quick Contact), which has an IM address or a tel URI.</summary>
public sealed partial record SeedImContact : SeedItem
{
    /// <summary>Gets the IM address, which is unique in the mailbox regardless of case.</summary>
    public string? ImAddress { get; init; }

    /// <summary>Gets the addresses of a phone contact, instead of <see cref="ImAddress"/>.</summary>
    public SeedTelUri? TelUri { get; init; }
}

/// <summary>The addresses of a phone contact.</summary>
public sealed record SeedTelUri
{
    /// <summary>Gets the tel URI, which is unique in the mailbox.</summary>
    [MinLength(1)]
    public required string TelUriAddress { get; init; }

    /// <summary>Gets the SIP URI.</summary>
    [MinLength(1)]
    public required string ImContactSipUriAddress { get; init; }

    /// <summary>Gets the telephone number.</summary>
    [MinLength(1)]
    public required string ImTelephoneNumber { get; init; }
}

/// <summary>A contact that is not on the IM list.</summary>
public sealed partial record SeedContact : SeedItem
{
    /// <summary>Gets the path of the folder that contains the contact; the default is <c>contacts</c>.</summary>
    [MinLength(1)]
    public string? Folder { get; init; }
}
