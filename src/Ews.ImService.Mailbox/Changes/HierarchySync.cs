namespace Ews.ImService.Mailbox;

/// <summary>A change of a folder, as a client that synchronizes the folder hierarchy receives it.</summary>
/// <param name="Kind">Created, modified or deleted.</param>
/// <param name="FolderId">The Id attribute of the folder.</param>
/// <param name="Folder">The folder as it is now, or <c>null</c> if it was deleted or moved away.</param>
public sealed record FolderSyncChange(ChangeKind Kind, string FolderId, MailboxFolder? Folder);

/// <summary>Determines the changes of the folders below a folder since a client last synchronized them.</summary>
/// <remarks>
/// Learn: "Mailbox synchronization and EWS in Exchange". A folder that was moved into the hierarchy is created with its subfolders, and one
/// that was moved out of it is deleted with them. Changes of the content of a folder are not changes of the hierarchy.
/// </remarks>
public static class HierarchySync
{
    /// <summary>Returns all folders below a folder as created ones. A folder precedes its subfolders.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="ancestor">The number of the folder.</param>
    public static IReadOnlyList<FolderSyncChange> Begin(MailboxState mailbox, long ancestor)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        return mailbox.Folders.ChildrenOf(ancestor, deep: true)
            .Select(folder => new FolderSyncChange(ChangeKind.Created, folder.Id(mailbox.MailboxGuid), folder))
            .ToList();
    }

    /// <summary>
    /// Returns the changes of the folders below a folder. A folder precedes its subfolders, and deleted folders are last.
    /// </summary>
    /// <param name="log">The mailbox, and its change log after the position of the client.</param>
    /// <param name="ancestor">The number of the folder.</param>
    public static IReadOnlyList<FolderSyncChange> Continue(LoggedMailbox log, long ancestor)
    {
        ArgumentNullException.ThrowIfNull(log);
        var mailbox = log.Mailbox;
        var firstChanges = log.Entries
            .Where(entry => entry.IsFolder)
            .GroupBy(entry => StoreId.FindFolderCounter(entry.ObjectId, mailbox.MailboxGuid)!.Value)
            .ToDictionary(entries => entries.Key, entries => entries.First());
        var present = mailbox.Folders.ChildrenOf(ancestor, deep: true);
        var changes = new List<FolderSyncChange>();
        foreach (var folder in present)
        {
            if (!WasBelow(folder.Counter))
                changes.Add(new FolderSyncChange(ChangeKind.Created, folder.Id(mailbox.MailboxGuid), folder));
            else if (firstChanges.ContainsKey(folder.Counter))
                changes.Add(new FolderSyncChange(ChangeKind.Modified, folder.Id(mailbox.MailboxGuid), folder));
        }

        changes.AddRange(mailbox.Folders.All.Select(folder => folder.Counter)
            .Union(firstChanges.Keys)
            .Except(present.Select(folder => folder.Counter))
            .Where(WasBelow)
            .Select(counter => new FolderSyncChange(ChangeKind.Deleted, StoreId.ForFolder(mailbox.MailboxGuid, counter), null)));
        return changes;

        // The first change of a folder states where the folder was before.
        bool WasBelow(long counter)
        {
            while (ParentBefore(counter) is { } parent && parent != counter)
            {
                if (parent == ancestor)
                    return true;
                counter = parent;
            }

            return false;
        }

        long? ParentBefore(long counter)
        {
            if (!firstChanges.TryGetValue(counter, out var first))
                return mailbox.Folders.Find(counter)?.Parent;
            return first.Kind switch
            {
                ChangeKind.Created or ChangeKind.Copied => null,
                ChangeKind.Moved => first.OldFolder,
                _ => first.Folder,
            };
        }
    }
}
