namespace Ews.ImService.Mailbox;

/// <summary>A single change of a mailbox. The state in memory and the rows on disk are both derived from these changes.</summary>
public abstract record MailboxChange
{
    private MailboxChange()
    {
    }

    /// <summary>A group was created.</summary>
    /// <param name="Group">The group.</param>
    public sealed record GroupAdded(ImGroup Group) : MailboxChange;

    /// <summary>A group was renamed.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="DisplayName">The new name.</param>
    public sealed record GroupRenamed(ImGroupId Group, string DisplayName) : MailboxChange;

    /// <summary>A group was deleted. All members were removed from it before.</summary>
    /// <param name="Group">The group.</param>
    public sealed record GroupRemoved(ImGroupId Group) : MailboxChange;

    /// <summary>A contact was created. An IM contact is not yet in any group.</summary>
    /// <param name="Contact">The contact.</param>
    public sealed record ContactAdded(Contact Contact) : MailboxChange
    {
        /// <summary>Gets the contact that was moved or copied to create this one; otherwise, <c>null</c>.</summary>
        public ContactOrigin? Origin { get; init; }
    }

    /// <summary>The properties of a contact changed. The key and the groups of an IM contact remain the same.</summary>
    /// <param name="Contact">The contact after the change.</param>
    public sealed record ContactUpdated(Contact Contact) : MailboxChange;

    /// <summary>A contact was deleted. An IM contact was removed from every group before.</summary>
    /// <param name="Contact">The contact.</param>
    public sealed record ContactRemoved(ContactId Contact) : MailboxChange
    {
        /// <summary>
        /// Gets a value that indicates whether the deletion is a part of another change: the contact is moved, or its folder is deleted.
        /// </summary>
        public bool IsPartOfOther { get; init; }
    }

    /// <summary>An IM contact was added to a group.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="Contact">The contact.</param>
    /// <param name="Ordinal">The position in the order in which members were added.</param>
    public sealed record MemberAdded(ImGroupId Group, ContactId Contact, long Ordinal) : MailboxChange;

    /// <summary>An IM contact was removed from a group.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="Contact">The contact.</param>
    public sealed record MemberRemoved(ImGroupId Group, ContactId Contact) : MailboxChange;

    /// <summary>The out-of-office settings were stored.</summary>
    /// <param name="Settings">The settings.</param>
    public sealed record OofSet(OofSettings Settings) : MailboxChange;

    /// <summary>A folder was created.</summary>
    /// <param name="Folder">The folder.</param>
    public sealed record FolderAdded(MailboxFolder Folder) : MailboxChange
    {
        /// <summary>Gets the folder that was copied to create this one; otherwise, <c>null</c>.</summary>
        public MailboxFolder? Original { get; init; }
    }

    /// <summary>A folder was renamed or moved, or other properties of it changed.</summary>
    /// <param name="Folder">The folder after the change.</param>
    public sealed record FolderUpdated(MailboxFolder Folder) : MailboxChange;

    /// <summary>A folder that a client created was deleted. It contained no items and no folders.</summary>
    /// <param name="Counter">The number of the folder.</param>
    public sealed record FolderRemoved(long Counter) : MailboxChange;

    /// <summary>The IM client set the state of its migration to this mailbox.</summary>
    /// <param name="Completed"><c>true</c> if the mailbox holds the contact list of the client; otherwise, <c>false</c>.</param>
    public sealed record ImListMigrationSet(bool Completed) : MailboxChange;
}

/// <summary>The contact from which another one was created.</summary>
/// <param name="Kind">Moved or copied.</param>
/// <param name="Contact">The id of the contact.</param>
/// <param name="Folder">The number of its folder.</param>
public sealed record ContactOrigin(ChangeKind Kind, ContactId Contact, long Folder);
