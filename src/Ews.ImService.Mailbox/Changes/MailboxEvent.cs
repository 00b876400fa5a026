namespace Ews.ImService.Mailbox;

/// <summary>A change of an item or folder, as subscribers receive it.</summary>
/// <param name="Number">The number of the change in the change log.</param>
/// <param name="Time">The time in UTC.</param>
/// <param name="Kind">The kind of the change.</param>
/// <param name="IsFolder"><c>true</c> if the object is a folder; <c>false</c> if it is an item.</param>
/// <param name="ObjectId">The Id attribute of the object.</param>
/// <param name="Folder">The number of the folder that contains the object; the root contains itself.</param>
/// <remarks>
/// Learn: "Notification subscriptions, mailbox events, and EWS in Exchange". The event of an object precedes those of its folders, which
/// are derived from the log when it is read.
/// </remarks>
public sealed record MailboxEvent(long Number, DateTime Time, ChangeKind Kind, bool IsFolder, string ObjectId, long Folder)
{
    /// <summary>Gets the id before a move, or the id of the original of a copy; otherwise, <c>null</c>.</summary>
    public string? OldObjectId { get; init; }

    /// <summary>Gets the number of the folder before a move, or of the folder of the original of a copy; otherwise, <c>null</c>.</summary>
    public long? OldFolder { get; init; }

    /// <summary>Gets the number of the folder that changed, or <c>null</c> if the object is an item.</summary>
    public long? ChangedFolder { get; init; }

    /// <summary>Returns the events of a mailbox after a position in its change log.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="entries">
    /// The entries of the log, which include those up to <see cref="LogEntry.MaxFolderChanges"/> before the position.
    /// </param>
    /// <param name="after">The position.</param>
    public static IEnumerable<MailboxEvent> From(MailboxState mailbox, IEnumerable<LogEntry> entries, long after) =>
        entries.SelectMany(entry => From(mailbox, entry)).Where(one => one.Number > after);

    /// <summary>Determines whether a subscriber of a folder receives the event.</summary>
    /// <param name="folder">The folder.</param>
    /// <remarks>A subscription covers the items of a folder and the changes of the folder itself and of its subfolders.</remarks>
    public bool Concerns(MailboxFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.Counter == Folder || folder.Counter == OldFolder || folder.Counter == ChangedFolder;
    }

    /// <summary>Returns the events of an entry. A folder that was deleted later has no event of its content.</summary>
    private static IEnumerable<MailboxEvent> From(MailboxState mailbox, LogEntry entry)
    {
        yield return new MailboxEvent(entry.Number, entry.Time, entry.Kind, entry.IsFolder, entry.ObjectId, entry.Folder)
        {
            OldObjectId = entry.OldObjectId,
            OldFolder = entry.OldFolder,
            ChangedFolder = entry.IsFolder ? StoreId.FindFolderCounter(entry.ObjectId, mailbox.MailboxGuid) : null,
        };
        foreach (var (index, counter) in entry.ModifiedFolders.Index())
        {
            if (mailbox.Folders.Find(counter) is not { } modified)
                continue;
            yield return new MailboxEvent(
                entry.Number + index + 1,
                entry.Time,
                ChangeKind.Modified,
                IsFolder: true,
                modified.Id(mailbox.MailboxGuid),
                modified.Parent ?? modified.Counter)
            {
                ChangedFolder = counter,
            };
        }
    }
}
