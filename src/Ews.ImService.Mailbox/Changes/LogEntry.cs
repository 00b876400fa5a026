namespace Ews.ImService.Mailbox;

/// <summary>The kind of a change of an item or folder. The values are stored.</summary>
public enum ChangeKind
{
    /// <summary>The object was created.</summary>
    Created = 1,

    /// <summary>The object was modified.</summary>
    Modified = 2,

    /// <summary>The object was moved from another folder, and has a new id.</summary>
    Moved = 3,

    /// <summary>The object was created as a copy of another one.</summary>
    Copied = 4,

    /// <summary>The object was deleted.</summary>
    Deleted = 5,
}

/// <summary>A change in the change log of a mailbox.</summary>
/// <param name="Number">The number of the change, which is greater than the numbers of all earlier changes.</param>
/// <param name="Time">The time in UTC.</param>
/// <param name="Kind">The kind of the change.</param>
/// <param name="ObjectId">The Id attribute of the item or folder after the change.</param>
/// <param name="Folder">The number of the folder that contains the object, see <see cref="MailboxFolder.Counter"/>.</param>
public sealed record LogEntry(long Number, DateTime Time, ChangeKind Kind, string ObjectId, long Folder)
{
    /// <summary>The largest number of changes of folders that follow a change of an object.</summary>
    public const int MaxFolderChanges = 2;

    /// <summary>Gets a value that indicates whether the object is a folder; otherwise, it is an item.</summary>
    public bool IsFolder { get; init; }

    /// <summary>Gets the id before a move, or the id of the original of a copy; otherwise, <c>null</c>.</summary>
    public string? OldObjectId { get; init; }

    /// <summary>Gets the folder before a move, or the folder of the original of a copy; otherwise, <c>null</c>.</summary>
    public long? OldFolder { get; init; }

    /// <summary>
    /// Gets a value that indicates whether the changes of the folders follow: the entry is the last of several changes in the same folders.
    /// </summary>
    public bool EndsRun { get; init; }

    /// <summary>Gets the number of the last change that the entry represents: its own, or that of the last folder.</summary>
    public long LastNumber => Number + ModifiedFolders.Count();

    /// <summary>Gets the folders whose content changed, in the order of their changes, which have the next numbers.</summary>
    public IEnumerable<long> ModifiedFolders =>
        !EndsRun ? [] : Kind == ChangeKind.Moved && OldFolder is { } old && old != Folder ? [old, Folder] : [Folder];
}
