namespace Ews.ImService.Mailbox;

/// <summary>A change of an item or folder, as subscribers receive it.</summary>
/// <param name="Number">The number of the change in the change log.</param>
/// <param name="Time">The time in UTC.</param>
/// <param name="Kind">The kind of the change.</param>
/// <param name="IsFolder"><c>true</c> if the object is a folder; <c>false</c> if it is an item.</param>
/// <param name="ObjectId">The Id attribute of the object.</param>
/// <param name="Folder">The folder that contains the object, or <c>null</c> for the root.</param>
/// <remarks>
/// Learn: "Notification subscriptions, mailbox events, and EWS in Exchange". The event of an object precedes those of its folders, which
/// are derived from the log when it is read.
/// </remarks>
public sealed record MailboxEvent(long Number, DateTime Time, ChangeKind Kind, bool IsFolder, string ObjectId, MailboxFolder? Folder)
{
    /// <summary>Gets the id before a move, or the id of the original of a copy; otherwise, <c>null</c>.</summary>
    public string? OldObjectId { get; init; }

    /// <summary>Gets the folder before a move, or the folder of the original of a copy; otherwise, <c>null</c>.</summary>
    public MailboxFolder? OldFolder { get; init; }

    /// <summary>Gets the folder that the event modifies, or <c>null</c> if it is an event of another kind or of an item.</summary>
    public MailboxFolder? ModifiedFolder { get; init; }

    /// <summary>Returns the events of a mailbox after a position in its change log.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <param name="entries">
    /// The entries of the log, which include those up to <see cref="LogEntry.MaxFolderChanges"/> before the position.
    /// </param>
    /// <param name="after">The position.</param>
    public static IEnumerable<MailboxEvent> From(Guid mailboxGuid, IEnumerable<LogEntry> entries, long after) =>
        entries.SelectMany(entry => From(mailboxGuid, entry)).Where(one => one.Number > after);

    /// <summary>Determines whether a subscriber of a folder receives the event.</summary>
    /// <param name="folder">The folder.</param>
    /// <remarks>A subscription covers the items of a folder and the changes of the folder itself and of its subfolders.</remarks>
    public bool Concerns(MailboxFolder folder) => folder == Folder || folder == OldFolder || folder == ModifiedFolder;

    private static IEnumerable<MailboxEvent> From(Guid mailboxGuid, LogEntry entry)
    {
        var folder = MailboxFolder.WithCounter(entry.Folder);
        yield return new MailboxEvent(entry.Number, entry.Time, entry.Kind, entry.IsFolder, entry.ObjectId, folder)
        {
            OldObjectId = entry.OldObjectId,
            OldFolder = entry.OldFolder is { } old ? MailboxFolder.WithCounter(old) : null,
        };
        var number = entry.Number;
        foreach (var modified in entry.ModifiedFolders.Select(MailboxFolder.WithCounter))
        {
            yield return new MailboxEvent(
                ++number, entry.Time, ChangeKind.Modified, IsFolder: true, modified.Id(mailboxGuid), modified.Parent)
            {
                ModifiedFolder = modified,
            };
        }
    }
}
