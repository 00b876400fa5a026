namespace Ews.ImService.Mailbox;

/// <summary>A change of the items of a folder, as a client that synchronizes the folder receives it.</summary>
/// <param name="Kind">Created, modified or deleted.</param>
/// <param name="ItemId">The Id attribute of the item.</param>
/// <param name="Item">The item as it is now, or <c>null</c> if it was deleted.</param>
public sealed record ItemSync(ChangeKind Kind, string ItemId, MailboxItem? Item);

/// <summary>The progress of a client that synchronizes the items of a folder.</summary>
/// <param name="Position">The position in the change log up to which the client has received all changes.</param>
/// <remarks>
/// While a client receives changes in pages, the position remains that of the first page, and the other properties are set.
/// </remarks>
public sealed record SyncProgress(long Position)
{
    /// <summary>
    /// Gets the ordinal of the item that the client received last while it receives all items of the folder, newest first;
    /// otherwise, <c>null</c>.
    /// </summary>
    public long? LastOrdinal { get; init; }

    /// <summary>
    /// Gets the end of the range of changes that the client receives in pages, and the number of the change that it received last;
    /// otherwise, <c>null</c>.
    /// </summary>
    public (long End, long Last)? Page { get; init; }
}

/// <summary>Determines the changes of the items of a folder since a client last synchronized it.</summary>
/// <remarks>
/// Learn: "Mailbox synchronization and EWS in Exchange". The first synchronization returns all items, newest first. Later ones return what
/// several changes of an item amount to, in the order of their last changes, so that no page omits a change.
/// </remarks>
/// <param name="log">The mailbox, and its change log after the position of the client.</param>
/// <param name="folder">The folder.</param>
/// <param name="ignored">The ids of the items whose changes are omitted.</param>
/// <param name="maxChanges">The maximum number of changes.</param>
public sealed class FolderSync(LoggedMailbox log, MailboxFolder folder, IReadOnlySet<string> ignored, int maxChanges)
{
    private readonly List<ItemSync> _changes = [];

    /// <summary>Gets the changes for the client.</summary>
    public IReadOnlyList<ItemSync> Changes => _changes;

    /// <summary>Returns the progress of a client that has not received any item.</summary>
    /// <param name="mailbox">The mailbox.</param>
    public static SyncProgress Begin(MailboxState mailbox)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        return new SyncProgress(mailbox.Log.End) { LastOrdinal = long.MaxValue };
    }

    /// <summary>Collects the next changes for a client.</summary>
    /// <param name="progress">The progress of the client.</param>
    /// <returns>The progress after the changes, and <c>true</c> if the client then has received all changes.</returns>
    public (SyncProgress Progress, bool IsComplete) Continue(SyncProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (progress.LastOrdinal is { } ordinal)
        {
            if (AddItems(ordinal) is { } last)
                return (progress with { LastOrdinal = last }, false);
            progress = new SyncProgress(progress.Position);
        }

        while (progress.Page is not null || progress.Position < log.Mailbox.Log.End)
        {
            var (end, lastNumber) = progress.Page ?? (log.Mailbox.Log.End, progress.Position);
            if (AddChanges(progress.Position, end, lastNumber) is { } last)
                return (last > progress.Position ? progress with { Page = (end, last) } : progress, false);
            progress = new SyncProgress(end);
        }

        return (progress, true);
    }

    /// <summary>Adds items, newest first.</summary>
    /// <returns>The ordinal of the last item that was added if there are more; otherwise, <c>null</c>.</returns>
    private long? AddItems(long before)
    {
        foreach (var item in log.Mailbox.ItemsIn(folder).Where(item => item.Ordinal < before).OrderByDescending(item => item.Ordinal))
        {
            if (ignored.Contains(item.Id))
                continue;
            if (_changes.Count == maxChanges)
                return before;
            _changes.Add(new ItemSync(ChangeKind.Created, item.Id, item));
            before = item.Ordinal;
        }

        return null;
    }

    /// <summary>Adds the changes in a range of the log.</summary>
    /// <param name="start">The position before the range.</param>
    /// <param name="end">The end of the range.</param>
    /// <param name="last">The number of the change that the client received last.</param>
    /// <returns>The number of the last change that was added if there are more; otherwise, <c>null</c>.</returns>
    private long? AddChanges(long start, long end, long last)
    {
        var items = log.Entries
            .Where(entry => entry.Number > start && entry.Number <= end && !entry.IsFolder)
            .SelectMany(InFolder)
            .GroupBy(change => change.ItemId, change => (change.Kind, change.Number))
            .Select(item => (ItemId: item.Key, First: item.First().Kind, Last: item.Last()))
            .Where(item => item.Last.Number > last && !ignored.Contains(item.ItemId))
            .OrderBy(item => item.Last.Number);
        foreach (var (itemId, first, final) in items)
        {
            if (Combine(itemId, first, final.Kind) is not { } change)
                continue;
            if (_changes.Count == maxChanges)
                return last;
            _changes.Add(change);
            last = final.Number;
        }

        return null;
    }

    /// <summary>Returns what a change means for this folder: a move is a deletion in one folder and a creation in the other.</summary>
    private IEnumerable<(string ItemId, ChangeKind Kind, long Number)> InFolder(LogEntry entry)
    {
        if (entry.Kind == ChangeKind.Moved && entry.OldFolder == folder.Counter)
            yield return (entry.OldObjectId!, ChangeKind.Deleted, entry.Number);
        if (entry.Folder == folder.Counter)
        {
            var isNew = entry.Kind is ChangeKind.Moved or ChangeKind.Copied;
            yield return (entry.ObjectId, isNew ? ChangeKind.Created : entry.Kind, entry.Number);
        }
    }

    /// <summary>Combines the changes of an item to one.</summary>
    /// <returns>
    /// The change, or <c>null</c> if the client does not know the item and it was deleted again, or if its deletion follows in a later
    /// range.
    /// </returns>
    private ItemSync? Combine(string itemId, ChangeKind first, ChangeKind last)
    {
        if (log.Mailbox.FindItem(itemId) is { Succeeded: true, Value: var item } && item.Folder == folder)
            return new ItemSync(first == ChangeKind.Created ? ChangeKind.Created : ChangeKind.Modified, itemId, item);
        return last == ChangeKind.Deleted && first != ChangeKind.Created ? new ItemSync(ChangeKind.Deleted, itemId, null) : null;
    }
}
