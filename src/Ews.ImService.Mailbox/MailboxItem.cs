namespace Ews.ImService.Mailbox;

/// <summary>A contact or an IM group, as item operations represent it.</summary>
/// <param name="Id">The item id.</param>
/// <param name="ChangeKey">The change key.</param>
/// <param name="Folder">The folder that contains the item.</param>
/// <param name="Properties">The properties, including the names that are derived from others.</param>
public sealed record MailboxItem(string Id, string ChangeKey, MailboxFolder Folder, ContactProperties Properties)
{
    /// <summary>Gets the id of the folder that contains the item, or <c>null</c> for a user of the directory.</summary>
    public string? ParentFolderId { get; init; }

    /// <summary>Gets the creation time in UTC, or <c>null</c> if it is unknown.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>Gets the time of the last change in UTC, or <c>null</c> if it is unknown.</summary>
    public DateTime? LastModifiedTime { get; init; }

    /// <summary>Gets a value that indicates whether the item is an IM group: a DistributionList on the wire, not a Contact.</summary>
    public bool IsDistributionList => Folder == MailboxFolder.ImContactList;

    internal static MailboxItem From(MailboxState mailbox, Contact contact) => new(
        contact.Id.Value,
        Mailbox.ChangeKey.ForContact(mailbox.MailboxGuid, contact.Version),
        contact.Folder,
        ContactNames.Complete(contact.Properties))
    {
        ParentFolderId = contact.Folder.Id(mailbox.MailboxGuid),
        CreationTime = contact.CreationTime,
        LastModifiedTime = contact.LastModifiedTime,
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
    };
}
