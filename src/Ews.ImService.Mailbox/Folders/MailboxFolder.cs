using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>A folder of a mailbox: a well-known folder, which every mailbox has, or a folder that a client created.</summary>
/// <param name="Counter">The number of the folder in ids. Folders of a mailbox with the same number are equal.</param>
/// <param name="Parent">The number of the parent folder, or <c>null</c> for the root.</param>
/// <param name="FolderClass">The folder class, or <c>null</c> if the folder contains no items.</param>
/// <param name="DisplayName">The display name.</param>
/// <remarks>
/// Learn: "Folders and items in EWS in Exchange", "DistinguishedFolderId". Folders that are named by a GUID have the names and classes that
/// Exchange servers return.
/// </remarks>
public sealed record MailboxFolder(long Counter, long? Parent, string? FolderClass, string DisplayName)
{
    /// <summary>The class of folders of contacts.</summary>
    public const string ContactClass = "IPF.Contact";

    private const string MailClass = "IPF.Note";

    /// <summary>The number before those of folders that clients created. Such a folder has this number plus its ordinal.</summary>
    internal const long FirstCreated = 1L << 46;

    /// <summary>The root of the mailbox.</summary>
    public static readonly MailboxFolder Root = new(0x010000, null, null, "Root") { Name = "root" };

    /// <summary>The root of the folders that mail clients show.</summary>
    public static readonly MailboxFolder MsgFolderRoot =
        new(0x080000, Root.Counter, null, "Top of Information Store") { Name = "msgfolderroot" };

    /// <summary>The folder of ordinary contacts.</summary>
    public static readonly MailboxFolder Contacts = new(0x0A0000, MsgFolderRoot.Counter, ContactClass, "Contacts") { Name = "contacts" };

    /// <summary>The folder of IM contacts.</summary>
    public static readonly MailboxFolder QuickContacts =
        new(0x0B0000, Contacts.Counter, "IPF.Contact.MOC.QuickContacts", "{06967759-274D-40B2-A3EB-D7F9E73727D7}")
        {
            Name = "quickcontacts",
            Properties = FolderProperty.Hidden,
        };

    /// <summary>The folder of IM groups, which are distribution lists.</summary>
    public static readonly MailboxFolder ImContactList =
        new(0x0C0000, Contacts.Counter, "IPF.Contact.MOC.ImContactList", "{A9E2BC46-B3A0-4243-B315-60D991004455}")
        {
            Name = "imcontactlist",
            Properties = FolderProperty.Hidden,
        };

    /// <summary>The folder of deleted items.</summary>
    public static readonly MailboxFolder DeletedItems = OfMail(0x110000, "deleteditems", "Deleted Items");

    /// <summary>The root of search folders.</summary>
    public static readonly MailboxFolder SearchFolders = new(0x180000, Root.Counter, null, "Finder") { Name = "searchfolders" };

    /// <summary>The root of the folders of items that users do not see any more.</summary>
    public static readonly MailboxFolder RecoverableItemsRoot =
        new(0x1D0000, Root.Counter, null, "Recoverable Items") { Name = "recoverableitemsroot" };

    /// <summary>The folder of items that were deleted from <see cref="DeletedItems"/>, or without it.</summary>
    public static readonly MailboxFolder RecoverableItemsDeletions = OfRecoverableItems(0x1E0000, "recoverableitemsdeletions", "Deletions");

    private static readonly MailboxFolder SyncIssues = OfMail(0x230000, "syncissues", "Sync Issues");

    /// <summary>The well-known folders with their English names. A folder follows its parent.</summary>
    public static readonly ImmutableArray<MailboxFolder> WellKnown =
    [
        Root,
        MsgFolderRoot,
        OfMail(0x0D0000, "inbox", "Inbox"),
        OfMail(0x0E0000, "drafts", "Drafts"),
        OfMail(0x0F0000, "sentitems", "Sent Items"),
        OfMail(0x100000, "outbox", "Outbox"),
        DeletedItems,
        OfMail(0x120000, "junkemail", "Junk Email"),
        OfMsgFolderRoot(0x130000, "calendar", "IPF.Appointment", "Calendar"),
        Contacts,
        QuickContacts,
        ImContactList,
        OfContacts(0x140000, "recipientcache", "IPF.Contact.RecipientCache", "Recipient Cache"),
        OfContacts(0x150000, "peopleconnect", ContactClass, "PeopleConnect"),
        OfContacts(0x160000, null, "IPF.Contact.GalContacts", "GAL Contacts"),
        OfMsgFolderRoot(0x170000, "tasks", "IPF.Task", "Tasks"),
        OfMsgFolderRoot(0x190000, "notes", "IPF.StickyNote", "Notes"),
        OfMsgFolderRoot(0x1A0000, "journal", "IPF.Journal", "Journal"),
        OfMail(0x220000, "conversationhistory", "Conversation History"),
        SyncIssues,
        new(0x240000, SyncIssues.Counter, MailClass, "Conflicts") { Name = "conflicts" },
        new(0x250000, SyncIssues.Counter, MailClass, "Local Failures") { Name = "localfailures" },
        new(0x260000, SyncIssues.Counter, MailClass, "Server Failures") { Name = "serverfailures" },
        SearchFolders,
        new(0x1B0000, SearchFolders.Counter, MailClass, "MyContacts") { Name = "mycontacts" },
        new(0x1C0000, SearchFolders.Counter, MailClass, "Favorites") { Name = "favorites" },
        new(0x270000, Root.Counter, "IPF.Task", "To-Do Search") { Name = "todosearch" },
        new(0x280000, Root.Counter, "IPF.Note.Microsoft.Voicemail", "Voice Mail") { Name = "voicemail" },
        RecoverableItemsRoot,
        RecoverableItemsDeletions,
        OfRecoverableItems(0x1F0000, "recoverableitemsversions", "Versions"),
        OfRecoverableItems(0x200000, "recoverableitemspurges", "Purges"),
        OfRecoverableItems(0x210000, "recoverableitemsdiscoveryholds", "DiscoveryHolds"),
    ];

    /// <summary>Gets the distinguished name, or <c>null</c> if the folder has none.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the extended properties.</summary>
    public ContactProperties Properties { get; init; } = ContactProperties.Empty;

    /// <summary>Gets the version for the change key: 0 for a well-known folder without changes; otherwise, at least 1.</summary>
    public long Version { get; init; }

    /// <summary>Gets the creation time in UTC, or <c>null</c> for a well-known folder.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>Gets the time of the last change in UTC, or <c>null</c> for a well-known folder without changes.</summary>
    public DateTime? LastModifiedTime { get; init; }

    /// <summary>Gets the position of a created folder in the order of creation, or <c>null</c> for a well-known folder.</summary>
    public long? Ordinal => IsWellKnown ? null : Counter - FirstCreated;

    /// <summary>Gets a value that indicates whether every mailbox has the folder; otherwise, a client created it.</summary>
    public bool IsWellKnown => Counter < FirstCreated;

    /// <summary>Gets a value that indicates whether the folder is for contacts.</summary>
    public bool IsContactsFolder => HasClass(ContactClass);

    /// <summary>
    /// Gets a value that indicates whether the folder can contain ordinary contacts: clients create them in it, or the service moves them
    /// to it.
    /// </summary>
    public bool CanContainContacts =>
        (IsContactsFolder && !IsOfImList) || Equals(DeletedItems) || Equals(RecoverableItemsDeletions);

    /// <summary>
    /// Gets a value that indicates whether clients can create folders in the folder: it is neither a folder of the IM list nor one of
    /// recoverable items.
    /// </summary>
    public bool CanContainFolders =>
        !IsOfImList && !Equals(RecoverableItemsRoot) && Parent != RecoverableItemsRoot.Counter;

    /// <summary>Gets a value that indicates whether the folder belongs to the IM list, whose operations change its content.</summary>
    public bool IsOfImList => Equals(QuickContacts) || Equals(ImContactList);

    /// <summary>Determines whether the folder has a class or one that is derived from it.</summary>
    /// <param name="folderClass">The class, such as <c>IPF.Contact</c>.</param>
    public bool HasClass(string folderClass) => HasClass(FolderClass, folderClass);

    /// <summary>Determines whether a class is another one or is derived from it.</summary>
    /// <param name="folderClass">The class, or <c>null</c>.</param>
    /// <param name="baseClass">The other class, such as <c>IPF.Contact</c>.</param>
    public static bool HasClass(string? folderClass, string baseClass)
    {
        ArgumentNullException.ThrowIfNull(baseClass);
        return folderClass is not null
            && folderClass.StartsWith(baseClass, StringComparison.OrdinalIgnoreCase)
            && (folderClass.Length == baseClass.Length || folderClass[baseClass.Length] == '.');
    }

    /// <summary>Returns the id of the folder in a mailbox.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    public string Id(Guid mailboxGuid) => StoreId.ForFolder(mailboxGuid, Counter);

    /// <summary>Determines whether two folders of a mailbox are the same one, whatever their names are.</summary>
    /// <param name="other">The other folder.</param>
    public bool Equals(MailboxFolder? other) => other?.Counter == Counter;

    /// <inheritdoc/>
    public override int GetHashCode() => Counter.GetHashCode();

    private static MailboxFolder OfMail(long counter, string name, string displayName) =>
        OfMsgFolderRoot(counter, name, MailClass, displayName);

    private static MailboxFolder OfMsgFolderRoot(long counter, string name, string folderClass, string displayName) =>
        new(counter, MsgFolderRoot.Counter, folderClass, displayName) { Name = name };

    private static MailboxFolder OfContacts(long counter, string? name, string folderClass, string displayName) =>
        new(counter, Contacts.Counter, folderClass, displayName) { Name = name, Properties = FolderProperty.Hidden };

    private static MailboxFolder OfRecoverableItems(long counter, string name, string displayName) =>
        new(counter, RecoverableItemsRoot.Counter, null, displayName) { Name = name };
}
