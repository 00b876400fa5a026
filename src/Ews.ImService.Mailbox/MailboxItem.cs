using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>A contact or an IM group, as item operations represent it.</summary>
/// <param name="Id">The item id.</param>
/// <param name="ChangeKey">The change key.</param>
/// <param name="Folder">The folder that contains the item.</param>
/// <param name="Properties">The properties, including the names that are derived from others.</param>
public sealed record MailboxItem(string Id, string ChangeKey, MailboxFolder Folder, ContactProperties Properties)
{
    private const int FixedSize = 200;

    /// <summary>Gets the id of the folder that contains the item, or <c>null</c> for a user of the directory.</summary>
    public string? ParentFolderId { get; init; }

    /// <summary>Gets the position in the order of creation, or 0 for a user of the directory.</summary>
    public long Ordinal { get; init; }

    /// <summary>Gets the creation time in UTC, or <c>null</c> if it is unknown.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>Gets the time of the last change in UTC, or <c>null</c> if it is unknown.</summary>
    public DateTime? LastModifiedTime { get; init; }

    /// <summary>Gets the display name of the user who made the last change, or <c>null</c> for a user of the directory.</summary>
    public string? LastModifiedName { get; init; }

    /// <summary>Gets the GUID of the mailbox, or <c>null</c> for a user of the directory.</summary>
    public Guid? MailboxGuid { get; init; }

    /// <summary>
    /// Gets the size of the item in bytes: the values of all properties in UTF-8, the attachments, and a fixed size for the rest.
    /// </summary>
    /// <remarks>The size in Exchange is that of its database, and differs from one version to another.</remarks>
    public int Size => FixedSize
        + Properties.All.Sum(property => property.Value.Sum(Encoding.UTF8.GetByteCount))
        + Attachments.Sum(attachment => attachment.File.Content.Length);

    /// <summary>
    /// Gets the id of the conversation, which items with the same subject share, or <c>null</c> for an item without a subject.
    /// </summary>
    public string? ConversationId => MailboxGuid is { } mailbox && Properties[ContactPath.Subject] is { Length: > 0 } subject
        ? StoreId.ForConversation(mailbox, subject)
        : null;

    /// <summary>Gets the key of the item in its folder, or <c>null</c> for a user of the directory.</summary>
    public ReadOnlyMemory<byte>? InstanceKey => StoreId.FindInstanceKey(Id);

    /// <summary>Gets the attachments, in the order in which they were added.</summary>
    public IReadOnlyList<AttachedFile> Attachments { get; init; } = [];

    /// <summary>Gets the members of a distribution list. Those of an IM group are the property of its contacts.</summary>
    public IReadOnlyList<ListMember> Members { get; init; } = [];

    /// <summary>
    /// Gets a value that indicates whether the item is a distribution list or an IM group: a DistributionList on the wire, not a Contact.
    /// </summary>
    public bool IsDistributionList =>
        Folder == MailboxFolder.ImContactList || Contact.IsDistributionListClass(Properties[ContactPath.ItemClass]);

    internal static MailboxItem From(MailboxState mailbox, Contact contact) => new(
        contact.Id.Value,
        Mailbox.ChangeKey.ForContact(mailbox.MailboxGuid, contact.Version),
        mailbox.Folders[contact.Folder],
        ContactNames.Complete(contact.Properties))
    {
        ParentFolderId = StoreId.ForFolder(mailbox.MailboxGuid, contact.Folder),
        Ordinal = contact.Ordinal,
        CreationTime = contact.CreationTime,
        LastModifiedTime = contact.LastModifiedTime,
        LastModifiedName = mailbox.OwnerName,
        MailboxGuid = mailbox.MailboxGuid,
        Attachments = contact.Attachments.ConvertAll(file => mailbox.Attach(contact, file)),
        Members = contact.IsDistributionList ? mailbox.MembersOf(contact).ToList() : [],
    };

    internal static MailboxItem From(MailboxState mailbox, ImGroup group) => new(
        group.Id.Value,
        Mailbox.ChangeKey.ImGroup,
        MailboxFolder.ImContactList,
        ContactNames.Complete(ContactProperties.Empty
            .With(ContactPath.ItemClass, group.Type)
            .With(ContactPath.DisplayName, group.DisplayName)
            .With(ContactPath.FileAs, group.DisplayName)))
    {
        ParentFolderId = MailboxFolder.ImContactList.Id(mailbox.MailboxGuid),
        Ordinal = group.Ordinal,
        LastModifiedName = mailbox.OwnerName,
        MailboxGuid = mailbox.MailboxGuid,
    };
}
