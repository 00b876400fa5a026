namespace Ews.ImService.Mailbox;

/// <summary>One of the folders of every mailbox.</summary>
/// <remarks>Learn: "DistinguishedFolderId". The two hidden folders have the names and classes that Exchange servers return.</remarks>
public sealed record MailboxFolder
{
    /// <summary>The root of the mailbox.</summary>
    public static readonly MailboxFolder Root = new("root", null, null, "root", 0x010000);

    /// <summary>The root of the folders that mail clients show.</summary>
    public static readonly MailboxFolder MsgFolderRoot = new("msgfolderroot", Root, null, "Top of Information Store", 0x080000);

    /// <summary>The folder of ordinary contacts.</summary>
    public static readonly MailboxFolder Contacts = new("contacts", MsgFolderRoot, "IPF.Contact", "Contacts", 0x0A0000);

    /// <summary>The folder of IM contacts.</summary>
    public static readonly MailboxFolder QuickContacts =
        new("quickcontacts", Contacts, "IPF.Contact.MOC.QuickContacts", "{06967759-274D-40B2-A3EB-D7F9E73727D7}", 0x0B0000);

    /// <summary>The folder of IM groups, which are distribution lists.</summary>
    public static readonly MailboxFolder ImContactList =
        new("imcontactlist", Contacts, "IPF.Contact.MOC.ImContactList", "{A9E2BC46-B3A0-4243-B315-60D991004455}", 0x0C0000);

    /// <summary>All folders. A folder follows its parent.</summary>
    public static readonly IReadOnlyList<MailboxFolder> All = [Root, MsgFolderRoot, Contacts, QuickContacts, ImContactList];

    private MailboxFolder(string name, MailboxFolder? parent, string? folderClass, string displayName, long counter) =>
        (Name, Parent, FolderClass, DisplayName, Counter) = (name, parent, folderClass, displayName, counter);

    /// <summary>Gets the distinguished name.</summary>
    public string Name { get; }

    /// <summary>Gets the parent folder, or <c>null</c> for the root.</summary>
    public MailboxFolder? Parent { get; }

    /// <summary>Gets the folder class, or <c>null</c> if the folder contains no items.</summary>
    public string? FolderClass { get; }

    /// <summary>Gets the display name.</summary>
    public string DisplayName { get; }

    /// <summary>Gets the number of the folder in ids.</summary>
    public long Counter { get; }

    /// <summary>Gets a value that indicates whether the folder is a ContactsFolder in responses; otherwise, it is a Folder.</summary>
    public bool IsContactsFolder => FolderClass is not null;

    /// <summary>Finds a folder by its distinguished name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The folder, or <c>null</c> if it is not supported.</returns>
    public static MailboxFolder? Named(string name) => All.FirstOrDefault(folder => folder.Name == name);

    /// <summary>Returns the folder with a number.</summary>
    /// <param name="counter">The number of the folder in ids.</param>
    public static MailboxFolder WithCounter(long counter) => All.First(folder => folder.Counter == counter);

    /// <summary>Returns the id of the folder in a mailbox.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    public string Id(Guid mailboxGuid) => StoreId.ForFolder(mailboxGuid, Counter);

    /// <summary>Returns the subfolders.</summary>
    /// <param name="deep"><c>true</c> to include the subfolders of subfolders.</param>
    public IEnumerable<MailboxFolder> Children(bool deep) =>
        All.Where(folder => folder.Parent == this).SelectMany(child => deep ? child.Children(deep).Prepend(child) : [child]);
}
