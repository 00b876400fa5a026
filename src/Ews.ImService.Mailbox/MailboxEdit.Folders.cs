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
    /// <returns>
    /// The folder, or ErrorCreateItemAccessDenied for a parent that <see cref="MailboxFolder.CanContainFolders"/> excludes,
    /// ErrorFolderSavePropertyError, ErrorFolderExists or ErrorQuotaExceeded.
    /// </returns>
    /// <remarks>Learn: "CreateFolder operation".</remarks>
    public EwsResult<MailboxFolder> CreateFolder(MailboxFolder parent, string folderClass, IReadOnlyList<PropertyChange> properties)
    {
        ArgumentNullException.ThrowIfNull(parent);
        if (!parent.CanContainFolders)
            return EwsError.CreateItemAccessDenied;
        var folder = NewFolder(parent.Counter, folderClass, displayName: string.Empty);
        return Change(folder, properties).Then<MailboxFolder>(changed =>
        {
            if (CheckFolderName(changed.DisplayName, parent.Counter) is { } error)
                return error;
            if (!HasRoom(parent, height: 0, folders: 1, items: 0))
                return EwsError.QuotaExceeded;
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
    /// <param name="type">
    /// The type of the deletion. Only MoveToDeletedItems keeps the folder; SoftDelete keeps the items, which can be recovered.
    /// </param>
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
            RemoveFolder(folder, type);
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
    /// <returns>The folder, or ErrorMoveDistinguishedFolder, ErrorMoveCopyFailed, ErrorFolderExists or ErrorQuotaExceeded.</returns>
    /// <remarks>Learn: "MoveFolder operation".</remarks>
    public EwsResult<MailboxFolder> MoveFolder(MailboxFolder folder, MailboxFolder target)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(target);
        if (folder.IsWellKnown)
            return EwsError.MoveDistinguishedFolder;
        if (folder.Parent == target.Counter)
            return folder;
        if (CheckTarget(folder, target) is { } error)
            return error;
        return HasRoom(target, TreeOf(folder).Height, folders: 0, items: 0)
            ? Update(folder with { Parent = target.Counter })
            : EwsError.QuotaExceeded;
    }

    /// <summary>
    /// Copies a folder with its items and subfolders. Deleted items cannot be copied with their folder: the copy would be a folder of
    /// another
    /// type than that of contacts.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="target">The parent folder of the copy.</param>
    /// <returns>The copy, or ErrorMoveCopyFailed, ErrorFolderExists or ErrorQuotaExceeded.</returns>
    /// <remarks>Learn: "CopyFolder operation".</remarks>
    public EwsResult<MailboxFolder> CopyFolder(MailboxFolder folder, MailboxFolder target)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(target);
        var (copied, height) = TreeOf(folder);
        if (folder.IsOfImList || copied.Exists(one => !one.IsContactsFolder && State.CountOf(one) > 0))
            return EwsError.MoveCopyFailed;
        if (CheckTarget(folder, target) is { } error)
            return error;
        return HasRoom(target, height, copied.Count, items: copied.Sum(State.CountOf)) ? Copy(copied, target) : EwsError.QuotaExceeded;
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
        !target.CanContainFolders || State.Folders.IsIn(target.Counter, folder.Counter)
            ? EwsError.MoveCopyFailed
            : CheckFolderName(folder.DisplayName, target.Counter);

    /// <summary>Determines whether folders can be added to a folder within the limits of the mailbox.</summary>
    /// <param name="parent">The parent of the first folder.</param>
    /// <param name="height">The number of levels below the first folder.</param>
    /// <param name="folders">The number of new folders.</param>
    /// <param name="items">The number of new items.</param>
    private bool HasRoom(MailboxFolder parent, int height, int folders, int items) =>
        State.Folders.DepthOf(parent.Counter) + 1 + height <= MailboxFolders.MaxDepth
        && (folders == 0 || State.Folders.CreatedCount + folders <= limits.MaxFolders)
        && (items == 0 || State.OrdinaryContactCount + items <= limits.MaxItems);

    /// <summary>
    /// Returns a folder and the folders that are moved or copied with it, without those of the IM list. A folder precedes its subfolders.
    /// </summary>
    /// <returns>The folders, and the number of levels below the first one.</returns>
    private (List<MailboxFolder> Folders, int Height) TreeOf(MailboxFolder folder)
    {
        var depths = new Dictionary<long, int> { [folder.Counter] = 0 };
        var tree = new List<MailboxFolder> { folder };
        foreach (var one in State.Folders.ChildrenOf(folder.Counter, deep: true))
        {
            if (one.IsOfImList || !depths.TryGetValue(one.Parent!.Value, out var depth))
                continue;
            depths.Add(one.Counter, depth + 1);
            tree.Add(one);
        }

        return (tree, depths.Values.Max());
    }

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

    /// <summary>Deletes a folder after its items and subfolders. Items of a softly deleted folder can be recovered.</summary>
    private void RemoveFolder(MailboxFolder folder, DeletionType type)
    {
        var isRecoverable = type == DeletionType.SoftDelete
            && !State.Folders.IsIn(folder.Counter, MailboxFolder.RecoverableItemsRoot.Counter);
        foreach (var removed in State.Folders.ChildrenOf(folder.Counter, deep: true).Prepend(folder).Reverse())
        {
            foreach (var contact in State.ContactsIn(removed).ToList())
            {
                if (isRecoverable)
                    MoveContact(contact, MailboxFolder.RecoverableItemsDeletions);
                else
                    Record(new MailboxChange.ContactRemoved(contact.Id) { IsPartOfOther = true });
            }

            Record(new MailboxChange.FolderRemoved(removed.Counter));
        }
    }

    /// <summary>Copies folders with their items. A folder precedes its subfolders; the first one is copied to the target.</summary>
    private MailboxFolder Copy(List<MailboxFolder> folders, MailboxFolder target)
    {
        var copies = new Dictionary<long, MailboxFolder>();
        foreach (var folder in folders)
        {
            var parent = copies.Count == 0 ? target : copies[folder.Parent!.Value];
            var copy = NewFolder(parent.Counter, folder.FolderClass, folder.DisplayName) with { Properties = folder.Properties };
            copies.Add(folder.Counter, copy);
            Record(new MailboxChange.FolderAdded(copy) { Original = folder });
            foreach (var contact in State.ContactsIn(folder).ToList())
                CopyContact(contact, copy);
        }

        return copies[folders[0].Counter];
    }
}
