using System.Globalization;

namespace Ews.ImService.Mailbox;

/// <content>The rules of folders.</content>
public sealed partial class MailboxEdit
{
    /// <summary>The path of the display name of a folder.</summary>
    public const string FolderDisplayName = "folder:DisplayName";

    /// <summary>The path of the class of a folder.</summary>
    public const string FolderClass = "folder:FolderClass";

    /// <summary>The maximum length of the display name of a folder. It is not documented.</summary>
    private const int MaxFolderName = 255;

    /// <summary>Creates a folder.</summary>
    /// <param name="parent">The parent folder.</param>
    /// <param name="folderClass">The class of the folder, unless a property sets it.</param>
    /// <param name="properties">The properties: the display name, and extended properties.</param>
    /// <returns>The folder, or ErrorFolderSavePropertyError or ErrorFolderExists.</returns>
    /// <remarks>Learn: "CreateFolder operation".</remarks>
    public EwsResult<MailboxFolder> CreateFolder(MailboxFolder parent, string folderClass, IReadOnlyList<PropertyChange> properties)
    {
        ArgumentNullException.ThrowIfNull(parent);
        var folder = NewFolder(parent.Counter, folderClass, displayName: string.Empty);
        return Change(folder, properties).Then<MailboxFolder>(changed =>
        {
            if (CheckFolderName(changed.DisplayName, parent.Counter) is { } error)
                return error;
            Record(new MailboxChange.FolderAdded(changed));
            return changed;
        });
    }

    /// <summary>Updates the properties of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="changes">The changes: of the display name, the class, and extended properties.</param>
    /// <returns>The folder, or ErrorFolderSavePropertyError, ErrorFolderExists or ErrorObjectTypeChanged.</returns>
    /// <remarks>Learn: "UpdateFolder operation".</remarks>
    public EwsResult<MailboxFolder> UpdateFolder(MailboxFolder folder, IReadOnlyList<PropertyChange> changes)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Change(folder, changes).Then<MailboxFolder>(changed =>
        {
            if (changed.IsContactsFolder != folder.IsContactsFolder)
                return EwsError.ObjectTypeChanged;
            if (changed.DisplayName != folder.DisplayName && CheckFolderName(changed.DisplayName, folder.Parent, folder) is { } error)
                return error;
            return Update(changed);
        });
    }

    /// <summary>Deletes a folder that a client created, with its content.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="type">The type of the deletion. Only MoveToDeletedItems keeps the folder.</param>
    /// <returns>No value, or ErrorDeleteDistinguishedFolder.</returns>
    /// <remarks>Learn: "DeleteFolder operation".</remarks>
    public EwsResult<Done> DeleteFolder(MailboxFolder folder, DeletionType type)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (folder.IsWellKnown)
            return EwsError.DeleteDistinguishedFolder;
        if (type == DeletionType.MoveToDeletedItems)
            MoveToDeletedItems(folder);
        else
            RemoveFolder(folder);
        return default(Done);
    }

    /// <summary>Deletes the items of a folder and, optionally, the subfolders that clients created.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="type">The type of the deletion. In Deleted Items, MoveToDeletedItems deletes items as SoftDelete does.</param>
    /// <param name="deleteSubFolders"><c>true</c> to delete the subfolders.</param>
    /// <returns>No value, or ErrorCannotEmptyFolder for a folder of the IM list and for the roots of the mailbox.</returns>
    /// <remarks>Learn: "EmptyFolder operation".</remarks>
    public EwsResult<Done> EmptyFolder(MailboxFolder folder, DeletionType type, bool deleteSubFolders)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (folder.IsOfImList || folder == MailboxFolder.Root || folder == MailboxFolder.MsgFolderRoot)
            return EwsError.CannotEmptyFolder;
        if (type == DeletionType.MoveToDeletedItems && State.Folders.IsIn(folder.Counter, MailboxFolder.DeletedItems.Counter))
            type = DeletionType.SoftDelete;
        foreach (var contact in State.ContactsIn(folder).ToList())
            DeleteContact(contact, type);
        foreach (var child in deleteSubFolders ? State.Folders.ChildrenOf(folder.Counter, deep: false) : [])
        {
            if (!child.IsWellKnown)
                DeleteFolder(child, type);
        }

        return default(Done);
    }

    /// <summary>Moves a folder that a client created, with its content. The ids do not change.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="target">The new parent folder.</param>
    /// <returns>The folder, or ErrorMoveDistinguishedFolder, ErrorMoveCopyFailed or ErrorFolderExists.</returns>
    /// <remarks>Learn: "MoveFolder operation".</remarks>
    public EwsResult<MailboxFolder> MoveFolder(MailboxFolder folder, MailboxFolder target)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(target);
        if (folder.IsWellKnown)
            return EwsError.MoveDistinguishedFolder;
        if (folder.Parent == target.Counter)
            return folder;
        return CheckTarget(folder, target) is { } error ? error : Update(folder with { Parent = target.Counter });
    }

    /// <summary>
    /// Copies a folder with its items and subfolders. Deleted items cannot be copied with their folder: the copy would be a folder of another
    /// type than that of contacts.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="target">The parent folder of the copy.</param>
    /// <returns>The copy, or ErrorMoveCopyFailed or ErrorFolderExists.</returns>
    /// <remarks>Learn: "CopyFolder operation".</remarks>
    public EwsResult<MailboxFolder> CopyFolder(MailboxFolder folder, MailboxFolder target)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(target);
        var copied = State.Folders.ChildrenOf(folder.Counter, deep: true).Prepend(folder);
        if (folder.IsOfImList || copied.Any(one => !one.IsContactsFolder && State.CountOf(one) > 0))
            return EwsError.MoveCopyFailed;
        return CheckTarget(folder, target) is { } error ? error : Copy(folder, target);
    }

    private static EwsResult<MailboxFolder> Change(MailboxFolder folder, IReadOnlyList<PropertyChange> changes)
    {
        foreach (var change in changes)
        {
            folder = change.Path switch
            {
                FolderDisplayName => folder with { DisplayName = change.Values[0] },
                FolderClass => folder with { FolderClass = change.Values[0] },
                _ => folder with { Properties = change.ApplyTo(folder.Properties) },
            };
        }

        return folder.DisplayName.Length is 0 or > MaxFolderName || folder.FolderClass is { Length: 0 or > MaxFolderName }
            ? EwsError.FolderSavePropertyError
            : folder;
    }

    private EwsError? CheckFolderName(string displayName, long? parent, MailboxFolder? renamed = null) =>
        parent is { } counter && State.Folders.FindChild(counter, displayName) is { } other && other != renamed
            ? EwsError.FolderExists
            : null;

    private EwsError? CheckTarget(MailboxFolder folder, MailboxFolder target) =>
        State.Folders.IsIn(target.Counter, folder.Counter) ? EwsError.MoveCopyFailed : CheckFolderName(folder.DisplayName, target.Counter);

    private MailboxFolder NewFolder(long parent, string? folderClass, string displayName)
    {
        var now = Now;
        return new MailboxFolder(MailboxFolder.FirstCreated + NextCounter(), parent, folderClass, displayName)
        {
            Version = 1,
            CreationTime = now,
            LastModifiedTime = now,
        };
    }

    private MailboxFolder Update(MailboxFolder folder)
    {
        var updated = folder with { Version = folder.Version + 1, LastModifiedTime = Now };
        Record(State.Folders.IsStored(folder.Counter)
            ? new MailboxChange.FolderUpdated(updated)
            : new MailboxChange.FolderAdded(updated));
        return updated;
    }

    /// <summary>Moves a folder to Deleted Items. A number is added to the name if another folder there has it.</summary>
    private void MoveToDeletedItems(MailboxFolder folder)
    {
        var target = MailboxFolder.DeletedItems.Counter;
        if (folder.Parent == target)
            return;
        var name = folder.DisplayName;
        for (var number = 1; State.Folders.FindChild(target, name) is not null; number++)
            name = folder.DisplayName + number.ToString(CultureInfo.InvariantCulture);
        Update(folder with { Parent = target, DisplayName = name });
    }

    private void RemoveFolder(MailboxFolder folder)
    {
        foreach (var child in State.Folders.ChildrenOf(folder.Counter, deep: false))
            RemoveFolder(child);
        foreach (var contact in State.ContactsIn(folder).ToList())
            Record(new MailboxChange.ContactRemoved(contact.Id) { IsPartOfOther = true });
        Record(new MailboxChange.FolderRemoved(folder.Counter));
    }

    private MailboxFolder Copy(MailboxFolder folder, MailboxFolder target)
    {
        var copy = NewFolder(target.Counter, folder.FolderClass, folder.DisplayName) with { Properties = folder.Properties };
        var children = State.Folders.ChildrenOf(folder.Counter, deep: false).Where(child => !child.IsOfImList).ToList();
        Record(new MailboxChange.FolderAdded(copy) { Original = folder });
        foreach (var contact in State.ContactsIn(folder).ToList())
            CopyContact(contact, copy);
        foreach (var child in children)
            Copy(child, copy);
        return copy;
    }
}
