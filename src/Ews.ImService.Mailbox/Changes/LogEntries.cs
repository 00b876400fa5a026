namespace Ews.ImService.Mailbox;

/// <summary>Converts the changes of an edit to entries of the change log.</summary>
/// <remarks>
/// An edit changes an object once for clients, however many steps it takes: several steps become one entry. The membership in a group is a
/// property of the group, also that of Other Contacts, whose members are not stored.
/// </remarks>
internal static class LogEntries
{
    /// <summary>Returns the entries of an edit, which continue the log of the mailbox.</summary>
    /// <param name="before">The mailbox before the edit.</param>
    /// <param name="changes">The changes of the edit, in order.</param>
    /// <param name="after">The mailbox after the edit.</param>
    /// <param name="time">The time of the edit in UTC.</param>
    public static List<LogEntry> From(
        MailboxState before, IReadOnlyList<(MailboxState Before, MailboxChange Change)> changes, MailboxState after, DateTime time)
    {
        var entries = Combine(changes.Select(change => Describe(change.Before, change.Change, time)).OfType<LogEntry>());
        if (ChangesOtherContacts(before, changes, after))
            AddOtherContacts(entries, after, time);
        Number(entries, before.Log.End);
        return entries;
    }

    /// <returns>The entry without its number, or <c>null</c> if no object changed.</returns>
    private static LogEntry? Describe(MailboxState before, MailboxChange change, DateTime time) => change switch
    {
        MailboxChange.GroupAdded(var group) => OfGroup(ChangeKind.Created, group.Id, time),
        MailboxChange.GroupRenamed(var id, _) => OfGroup(ChangeKind.Modified, id, time),
        MailboxChange.GroupRemoved(var id) => OfGroup(ChangeKind.Deleted, id, time),
        MailboxChange.MemberAdded(var id, _, _) => OfGroup(ChangeKind.Modified, id, time),
        MailboxChange.MemberRemoved(var id, _) => OfGroup(ChangeKind.Modified, id, time),
        MailboxChange.ContactAdded { Contact: var contact, Origin: { } origin } => OfContact(origin.Kind, contact, time) with
        {
            OldObjectId = origin.Contact.Value,
            OldFolder = origin.Folder,
        },
        MailboxChange.ContactAdded(var contact) => OfContact(ChangeKind.Created, contact, time),
        MailboxChange.ContactUpdated(var contact) => OfContact(ChangeKind.Modified, contact, time),
        MailboxChange.ContactRemoved { IsPartOfOther: true } => null,
        MailboxChange.ContactRemoved(var id) => OfContact(ChangeKind.Deleted, before.Contacts[id], time),
        MailboxChange.FolderAdded({ } folder) { Original: { } original } => OfFolder(before, ChangeKind.Copied, folder, time) with
        {
            OldObjectId = original.Id(before.MailboxGuid),
            OldFolder = ParentOf(original),
        },
        MailboxChange.FolderAdded(var folder) =>
            OfFolder(before, folder.IsWellKnown ? ChangeKind.Modified : ChangeKind.Created, folder, time),
        MailboxChange.FolderUpdated(var folder) => OfFolder(before, ChangeKind.Modified, folder, time) is var entry
            && ParentOf(before.Folders[folder.Counter]) is var old
            && old != entry.Folder
                ? entry with { Kind = ChangeKind.Moved, OldObjectId = entry.ObjectId, OldFolder = old }
                : entry,
        MailboxChange.FolderRemoved(var counter) => OfFolder(before, ChangeKind.Deleted, before.Folders[counter], time),
        MailboxChange.ImListMigrationSet => null,
        MailboxChange.OofSet => null,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "The type of the change is not supported."),
    };

    private static LogEntry OfGroup(ChangeKind kind, ImGroupId id, DateTime time) =>
        new(0, time, kind, id.Value, MailboxFolder.ImContactList.Counter);

    private static LogEntry OfContact(ChangeKind kind, Contact contact, DateTime time) =>
        new(0, time, kind, contact.Id.Value, contact.Folder);

    private static LogEntry OfFolder(MailboxState mailbox, ChangeKind kind, MailboxFolder folder, DateTime time) =>
        new(0, time, kind, folder.Id(mailbox.MailboxGuid), ParentOf(folder)) { IsFolder = true };

    /// <summary>Returns the number of the parent of a folder; the root is its own parent.</summary>
    private static long ParentOf(MailboxFolder folder) => folder.Parent ?? folder.Counter;

    /// <summary>Combines the changes of each object into one entry, at the position of its last change.</summary>
    /// <remarks>The time is linear in the number of changes, because an edit can create or delete thousands of items.</remarks>
    private static List<LogEntry> Combine(IEnumerable<LogEntry> changes)
    {
        var entries = new List<LogEntry?>();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var entry = change;
            var before = change.Kind == ChangeKind.Moved ? change.OldObjectId! : change.ObjectId;
            if (indexes.TryGetValue(before, out var index))
            {
                if (change.Kind == ChangeKind.Modified)
                    continue;
                entry = Combine(entries[index]!, change);
                entries[index] = null;
                indexes.Remove(before);
            }

            if (entry is not null)
            {
                indexes[entry.ObjectId] = entries.Count;
                entries.Add(entry);
            }
        }

        return entries.OfType<LogEntry>().ToList();
    }

    /// <summary>Combines two changes of an object.</summary>
    /// <returns>The change, or <c>null</c> if the object existed neither before nor after them.</returns>
    private static LogEntry? Combine(LogEntry earlier, LogEntry later) => (earlier.Kind, later.Kind) switch
    {
        (ChangeKind.Created or ChangeKind.Copied, ChangeKind.Deleted) => null,
        (ChangeKind.Created or ChangeKind.Copied, ChangeKind.Moved) =>
            earlier with { ObjectId = later.ObjectId, Folder = later.Folder },
        (ChangeKind.Moved, ChangeKind.Moved) => later with { OldObjectId = earlier.OldObjectId, OldFolder = earlier.OldFolder },
        (ChangeKind.Moved, ChangeKind.Deleted) => later with { ObjectId = earlier.OldObjectId!, Folder = earlier.OldFolder!.Value },
        _ => later,
    };

    /// <summary>Determines whether an IM contact became or ceased to be a member of Other Contacts.</summary>
    private static bool ChangesOtherContacts(
        MailboxState before, IReadOnlyList<(MailboxState Before, MailboxChange Change)> changes, MailboxState after)
    {
        foreach (var (_, change) in changes)
        {
            ContactId? contact = change switch
            {
                MailboxChange.MemberAdded(_, var id, _) => id,
                MailboxChange.MemberRemoved(_, var id) => id,
                MailboxChange.ContactAdded(var added) => added.Id,
                MailboxChange.ContactRemoved(var id) => id,
                _ => null,
            };
            if (contact is { } changed && IsInNoGroup(before, changed) != IsInNoGroup(after, changed))
                return true;
        }

        return false;
    }

    private static bool IsInNoGroup(MailboxState mailbox, ContactId contact) =>
        mailbox.Contacts.GetValueOrDefault(contact)?.ImListEntry is { Groups.IsEmpty: true };

    /// <summary>Adds the change of Other Contacts, which precedes the deletion of its members.</summary>
    private static void AddOtherContacts(List<LogEntry> entries, MailboxState after, DateTime time)
    {
        if (after.Groups.Values.FirstOrDefault(group => group.Type == GroupType.OtherContacts) is not { } others)
            return;
        var deletion = entries.FindIndex(
            entry => entry.Kind == ChangeKind.Deleted && entry.Folder == MailboxFolder.QuickContacts.Counter);
        if (!entries.Exists(entry => entry.ObjectId == others.Id.Value))
            entries.Insert(deletion < 0 ? entries.Count : deletion, OfGroup(ChangeKind.Modified, others.Id, time));
    }

    /// <summary>
    /// Assigns the numbers after the end of the log. Those after the last of several changes in a folder belong to the folder.
    /// </summary>
    private static void Number(List<LogEntry> entries, long end)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var endsRun = i + 1 == entries.Count
                || entries[i + 1].Folder != entries[i].Folder
                || entries[i + 1].OldFolder != entries[i].OldFolder;
            entries[i] = entries[i] with { Number = end + 1, EndsRun = endsRun };
            end = entries[i].LastNumber;
        }
    }
}
