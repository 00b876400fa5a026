namespace Ews.ImService.Mailbox;

/// <summary>A contact or an IM group as item operations see it.</summary>
/// <param name="Id">Its item id.</param>
/// <param name="ChangeKey">Its change key.</param>
/// <param name="Folder">The folder that holds it.</param>
/// <param name="Properties">What it says, names filled in.</param>
public sealed record MailboxItem(string Id, string ChangeKey, MailboxFolder Folder, ContactProperties Properties)
{
    /// <summary>The id of the folder that holds it; null for what lies in no mailbox.</summary>
    public string? ParentFolderId { get; init; }

    /// <summary>When it was made, UTC; null where nobody noted it.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>When it was changed last, UTC; null where nobody noted it.</summary>
    public DateTime? LastModifiedTime { get; init; }

    /// <summary>Whether it is an IM group: on the wire a DistributionList, not a Contact.</summary>
    public bool IsDistributionList => Folder == MailboxFolder.ImContactList;

    internal static MailboxItem Of(Guid mailboxGuid, Contact contact) =>
        new(contact.Id.Value, Mailbox.ChangeKey.ForContact(mailboxGuid, contact.Version), MailboxFolder.Contacts, ContactNames.Complete(contact.Properties))
        {
            ParentFolderId = MailboxFolder.Contacts.Id(mailboxGuid),
            CreationTime = contact.CreationTime,
            LastModifiedTime = contact.LastModifiedTime,
        };

    internal static MailboxItem Of(Guid mailboxGuid, QuickContact contact) =>
        new(contact.Id.Value, Mailbox.ChangeKey.ForContact(mailboxGuid, contact.Version), MailboxFolder.QuickContacts, ContactNames.Complete(contact.Properties))
        {
            ParentFolderId = MailboxFolder.QuickContacts.Id(mailboxGuid),
            CreationTime = contact.CreationTime,
            LastModifiedTime = contact.LastModifiedTime,
        };

    internal static MailboxItem Of(Guid mailboxGuid, ImGroup group) => new(
        group.Id.Value,
        Mailbox.ChangeKey.ImGroup,
        MailboxFolder.ImContactList,
        ContactNames.Complete(ContactProperties.Empty.With(ContactPath.ItemClass, group.Type).With(ContactPath.DisplayName, group.DisplayName).With(ContactPath.FileAs, group.DisplayName)))
    {
        ParentFolderId = MailboxFolder.ImContactList.Id(mailboxGuid),
    };
}
