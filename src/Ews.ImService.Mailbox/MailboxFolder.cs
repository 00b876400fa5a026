namespace Ews.ImService.Mailbox;

/// <summary>One of the folders that every mailbox has.</summary>
/// <remarks>Names and classes of the hidden two are those seen on Exchange servers. Learn: "DistinguishedFolderId".</remarks>
public sealed record MailboxFolder
{
    /// <summary>The mailbox's root.</summary>
    public static readonly MailboxFolder Root = new("root", null, null, "root", 0x010000);

    /// <summary>What mail clients show as the top.</summary>
    public static readonly MailboxFolder MsgFolderRoot = new("msgfolderroot", Root, null, "Top of Information Store", 0x080000);

    /// <summary>Ordinary contacts.</summary>
    public static readonly MailboxFolder Contacts = new("contacts", MsgFolderRoot, "IPF.Contact", "Contacts", 0x0A0000);

    /// <summary>IM contacts.</summary>
    public static readonly MailboxFolder QuickContacts =
        new("quickcontacts", Contacts, "IPF.Contact.MOC.QuickContacts", "{06967759-274D-40B2-A3EB-D7F9E73727D7}", 0x0B0000);

    /// <summary>IM groups, as distribution lists.</summary>
    public static readonly MailboxFolder ImContactList =
        new("imcontactlist", Contacts, "IPF.Contact.MOC.ImContactList", "{A9E2BC46-B3A0-4243-B315-60D991004455}", 0x0C0000);

    /// <summary>All of them, parents first.</summary>
    public static readonly IReadOnlyList<MailboxFolder> All = [Root, MsgFolderRoot, Contacts, QuickContacts, ImContactList];

    private MailboxFolder(string name, MailboxFolder? parent, string? folderClass, string displayName, long counter) =>
        (Name, Parent, FolderClass, DisplayName, Counter) = (name, parent, folderClass, displayName, counter);

    /// <summary>Its well-known name.</summary>
    public string Name { get; }

    /// <summary>The folder that holds it; null for the root.</summary>
    public MailboxFolder? Parent { get; }

    /// <summary>Its class; null for those that hold no items here.</summary>
    public string? FolderClass { get; }

    /// <summary>The name to show.</summary>
    public string DisplayName { get; }

    /// <summary>Its number in ids.</summary>
    public long Counter { get; }

    /// <summary>Whether it holds contacts: on the wire a ContactsFolder, not a Folder.</summary>
    public bool IsContactsFolder => FolderClass is not null;

    /// <summary>The folder with a well-known name, or null where there is none here.</summary>
    public static MailboxFolder? Named(string name) => All.FirstOrDefault(folder => folder.Name == name);

    /// <summary>Its id in a mailbox.</summary>
    public string Id(Guid mailboxGuid) => StoreId.ForFolder(mailboxGuid, Counter);

    /// <summary>The folders right below it, or all below it.</summary>
    public IEnumerable<MailboxFolder> Children(bool deep) =>
        All.Where(folder => folder.Parent == this).SelectMany(child => deep ? child.Children(deep).Prepend(child) : [child]);
}
