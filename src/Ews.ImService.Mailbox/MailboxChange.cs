namespace Ews.ImService.Mailbox;

/// <summary>One fact that became true of a mailbox. State in memory and rows on disk both follow from these alone.</summary>
public abstract record MailboxChange
{
    private MailboxChange()
    {
    }

    /// <summary>A group came to be.</summary>
    public sealed record GroupAdded(ImGroup Group) : MailboxChange;

    /// <summary>A group has another name.</summary>
    public sealed record GroupRenamed(ImGroupId Group, string DisplayName) : MailboxChange;

    /// <summary>A group is gone; its members had left it before.</summary>
    public sealed record GroupRemoved(ImGroupId Group) : MailboxChange;

    /// <summary>An IM contact came to be.</summary>
    public sealed record QuickContactAdded(QuickContact Contact) : MailboxChange;

    /// <summary>An IM contact says something else; its address and groups stay.</summary>
    public sealed record QuickContactUpdated(QuickContact Contact) : MailboxChange;

    /// <summary>An IM contact is gone; it had left every group before.</summary>
    public sealed record QuickContactRemoved(ImContactId Contact) : MailboxChange;

    /// <summary>A contact joined a group.</summary>
    public sealed record MemberAdded(ImGroupId Group, ImContactId Contact, long Ordinal) : MailboxChange;

    /// <summary>A contact left a group.</summary>
    public sealed record MemberRemoved(ImGroupId Group, ImContactId Contact) : MailboxChange;

    /// <summary>An ordinary contact came to be.</summary>
    public sealed record ContactAdded(Contact Contact) : MailboxChange;

    /// <summary>An ordinary contact says something else.</summary>
    public sealed record ContactUpdated(Contact Contact) : MailboxChange;

    /// <summary>An ordinary contact is gone.</summary>
    public sealed record ContactRemoved(ContactId Contact) : MailboxChange;

    /// <summary>The IM client says whether its contact list lives in this mailbox now.</summary>
    public sealed record ImListMigrationSet(bool Completed) : MailboxChange;
}
