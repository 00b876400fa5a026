using System.Collections.Immutable;
using System.Globalization;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>Converts mailboxes and their changes to rows, and rows to mailboxes.</summary>
internal static class RowMapper
{
    /// <summary>The first character of the realm of a hidden mailbox, which no name of a realm contains.</summary>
    private const char HiddenRealm = '*';

    /// <summary>Determines whether no request sees a mailbox, because it is not complete yet or is being deleted.</summary>
    public static bool IsHidden(MailboxRow row) => row.Realm.StartsWith(HiddenRealm);

    /// <summary>Returns the row of a new mailbox that is hidden.</summary>
    /// <param name="mailboxId">The key of the row.</param>
    /// <param name="key">The realm and address.</param>
    public static MailboxRow ToHiddenRow(int mailboxId, MailboxKey key) =>
        ToHiddenRow(mailboxId, key.SmtpAddress, version: 0, baseVersion: 0);

    /// <summary>Returns the row of a mailbox after it was hidden.</summary>
    /// <param name="visible">The row before.</param>
    public static MailboxRow ToHiddenRow(MailboxRow visible) =>
        ToHiddenRow(visible.Id, ToKey(visible).SmtpAddress, RowVersion.After(visible.Version), visible.Version);

    /// <summary>Returns the time at which a mailbox was hidden.</summary>
    public static DateTimeOffset HiddenAt(MailboxRow hidden) => DateTimeOffset.FromUnixTimeSeconds(hidden.LogId);

    /// <summary>Returns the number of rows of the content of a mailbox, or more: folders have numbers in the log, but no rows.</summary>
    public static int CountRows(MailboxState mailbox) =>
        mailbox.Folders.StoredCount
        + mailbox.Groups.Count
        + mailbox.Contacts.Count
        + mailbox.Groups.Values.Sum(group => group.Members.Count)
        + mailbox.Contacts.Values.Sum(contact => contact.Attachments.Count)
        + (mailbox.Oof is null ? 0 : 1)
        + (int)(mailbox.Log.End - mailbox.Log.Start);

    /// <summary>Returns the realm and address of a mailbox.</summary>
    /// <exception cref="StorageException">The address is not valid.</exception>
    public static MailboxKey ToKey(MailboxRow row) => SmtpAddress.TryParse(row.SmtpAddress, out var address)
        ? new MailboxKey(row.Realm, address)
        : throw new StorageException(
            $"The database contains a mailbox with the address '{row.SmtpAddress}', which is not a valid SMTP address. "
            + "It was not changed; restore a copy, or specify another file with --db.");

    /// <summary>Returns a mailbox with its content.</summary>
    /// <exception cref="StorageException">The address is not valid.</exception>
    public static MailboxState ToState(MailboxRows rows)
    {
        var groups = rows.Groups.ToDictionary(row => row.Ordinal, ToGroup);
        var attachments = rows.Attachments.ToLookup(row => row.ContactOrdinal, ToAttachment);
        var imContacts = rows.QuickContacts.ToDictionary(row => row.Ordinal, row => WithAttachments(ToContact(row)));
        IEnumerable<MailboxChange> changes =
        [
            .. rows.Folders.Select(row => new MailboxChange.FolderAdded(ToFolder(row))),
            .. groups.Values.Select(group => new MailboxChange.GroupAdded(group)),
            .. imContacts.Values.Select(contact => new MailboxChange.ContactAdded(contact)),
            .. rows.Memberships.Select(row => new MailboxChange.MemberAdded(
                groups[row.GroupOrdinal].Id, imContacts[row.ContactOrdinal].Id, row.Ordinal)),
            .. rows.Contacts.Select(row => new MailboxChange.ContactAdded(WithAttachments(ToContact(row)))),
            .. rows.Oof.Select(row => new MailboxChange.OofSet(ToOof(row))),
        ];
        var empty = new MailboxState(rows.Mailbox.MailboxGuid, ToKey(rows.Mailbox).SmtpAddress)
        {
            Folders = MailboxFolders.Default.WithCulture(rows.Mailbox.Culture),
        };
        return changes.Aggregate(empty, (state, change) => state.Apply(change)) with
        {
            LastCounter = rows.Mailbox.LastCounter,
            ImListMigrationCompleted = rows.Mailbox.ImListMigrationCompleted,
            Log = new ChangeLog(rows.Mailbox.LogId, rows.Mailbox.LogStart, rows.Mailbox.LogEnd),
        };

        Contact WithAttachments(Contact contact) => attachments.Contains(contact.Ordinal)
            ? contact with { Attachments = [.. attachments[contact.Ordinal]] }
            : contact;
    }

    /// <summary>Returns the row of a mailbox, without its content.</summary>
    /// <param name="mailboxId">The key of the row.</param>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="version">The version.</param>
    /// <param name="baseVersion">The version of the row in the database; 0 if it is new.</param>
    public static MailboxRow ToRow(int mailboxId, string realm, MailboxState mailbox, long version, long baseVersion) => new()
    {
        Id = mailboxId,
        Version = version,
        BaseVersion = baseVersion,
        Realm = realm,
        SmtpAddress = mailbox.SmtpAddress.Value,
        SmtpAddressKey = mailbox.SmtpAddress.Key,
        MailboxGuid = mailbox.MailboxGuid,
        LastCounter = mailbox.LastCounter,
        ImListMigrationCompleted = mailbox.ImListMigrationCompleted,
        Culture = mailbox.Folders.Culture,
        LogId = mailbox.Log.Id,
        LogStart = mailbox.Log.Start,
        LogEnd = mailbox.Log.End,
    };

    /// <summary>Returns the row of an entry of the change log.</summary>
    public static ChangeRow ToRow(int mailboxId, LogEntry entry) => new()
    {
        MailboxId = mailboxId,
        Number = entry.Number,
        Time = entry.Time.Ticks,
        Kind = (int)entry.Kind,
        ObjectId = entry.ObjectId,
        Folder = entry.Folder,
        IsFolder = entry.IsFolder,
        EndsRun = entry.EndsRun,
        OldObjectId = entry.OldObjectId,
        OldFolder = entry.OldFolder,
    };

    /// <summary>Returns the entry of the change log in a row.</summary>
    public static LogEntry ToLogEntry(ChangeRow row) =>
        new(row.Number, ToTime(row.Time), (ChangeKind)row.Kind, row.ObjectId, row.Folder)
        {
            IsFolder = row.IsFolder,
            EndsRun = row.EndsRun,
            OldObjectId = row.OldObjectId,
            OldFolder = row.OldFolder,
        };

    /// <summary>Returns the inserts of the whole content of a mailbox, without its own row.</summary>
    public static IEnumerable<RowChange> ToInserts(int mailboxId, MailboxState mailbox) =>
        mailbox.AsChanges().SelectMany(change => ToRowChanges(mailboxId, mailbox with { Oof = null }, change));

    /// <summary>Returns the changes of rows that a change of a mailbox requires.</summary>
    /// <param name="mailboxId">The key of the mailbox's row.</param>
    /// <param name="before">The mailbox before the change.</param>
    /// <param name="change">The change.</param>
    /// <returns>The changes; none if only the mailbox's own row changes.</returns>
    public static IEnumerable<RowChange> ToRowChanges(int mailboxId, MailboxState before, MailboxChange change)
    {
        var ofObject = ToRowChange(mailboxId, before, change);
        IEnumerable<RowChange> rows = ofObject is null ? [] : [ofObject];
        return change switch
        {
            MailboxChange.ContactAdded(var contact) => rows.Concat(ToRowChanges(mailboxId, contact, [], contact.Attachments)),
            MailboxChange.ContactUpdated(var contact) => rows.Concat(
                ToRowChanges(mailboxId, contact, before.Contacts[contact.Id].Attachments, contact.Attachments)),
            MailboxChange.ContactRemoved(var id) => rows.Concat(
                ToRowChanges(mailboxId, before.Contacts[id], before.Contacts[id].Attachments, [])),
            _ => rows,
        };
    }

    /// <summary>The realm of a hidden mailbox is unique, so that it differs from all others in every unique index.</summary>
    private static MailboxRow ToHiddenRow(int mailboxId, SmtpAddress address, long version, long baseVersion) => new()
    {
        Id = mailboxId,
        Realm = string.Create(CultureInfo.InvariantCulture, $"{HiddenRealm}{mailboxId}"),
        SmtpAddress = address.Value,
        SmtpAddressKey = address.Key,
        Version = version,
        BaseVersion = baseVersion,
        LogId = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
    };

    /// <summary>Returns the changes of the rows of attachments, which are not updated.</summary>
    private static IEnumerable<RowChange> ToRowChanges(
        int mailboxId, Contact contact, ImmutableList<FileAttachment> before, ImmutableList<FileAttachment> after) =>
        ReferenceEquals(before, after)
            ? []
            :
            [
                .. before.Except(after).Select(file => new RowChange.Delete(ToRow(mailboxId, contact, file))),
                .. after.Except(before).Select(file => new RowChange.Insert(ToRow(mailboxId, contact, file))),
            ];

    private static RowChange? ToRowChange(int mailboxId, MailboxState before, MailboxChange change) => change switch
    {
        MailboxChange.GroupAdded(var group) => new RowChange.Insert(ToRow(mailboxId, group)),
        MailboxChange.GroupRenamed(var id, var name) => new RowChange.Update(
            ToRow(mailboxId, before.Groups[id] with { DisplayName = name })),
        MailboxChange.GroupRemoved(var id) => new RowChange.Delete(ToRow(mailboxId, before.Groups[id])),
        MailboxChange.ContactAdded(var contact) => new RowChange.Insert(ToRow(mailboxId, contact)),
        MailboxChange.ContactUpdated(var contact) => new RowChange.Update(ToRow(mailboxId, contact)),
        MailboxChange.ContactRemoved(var id) => new RowChange.Delete(ToRow(mailboxId, before.Contacts[id])),
        MailboxChange.MemberAdded(var group, var contact, var ordinal) => new RowChange.Insert(
            ToRow(mailboxId, before.Groups[group], before.Contacts[contact], ordinal)),
        MailboxChange.MemberRemoved(var group, var contact) => new RowChange.Delete(
            ToRow(mailboxId, before.Groups[group], before.Contacts[contact], before.Groups[group].Members[contact])),
        MailboxChange.OofSet(var settings) => before.Oof is null
            ? new RowChange.Insert(ToRow(mailboxId, settings))
            : new RowChange.Update(ToRow(mailboxId, settings)),
        MailboxChange.FolderAdded(var folder) => new RowChange.Insert(ToRow(mailboxId, folder)),
        MailboxChange.FolderUpdated(var folder) => new RowChange.Update(ToRow(mailboxId, folder)),
        MailboxChange.FolderRemoved(var counter) => new RowChange.Delete(ToRow(mailboxId, before.Folders[counter])),
        MailboxChange.ImListMigrationSet => null,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "The type of change is not supported."),
    };

    private static string ToKey(string caseInsensitive) => caseInsensitive.ToUpperInvariant();

    private static FolderRow ToRow(int mailboxId, MailboxFolder folder) => new()
    {
        MailboxId = mailboxId,
        Counter = folder.Counter,
        Parent = folder.Parent,
        FolderClass = folder.FolderClass,
        DisplayName = folder.DisplayName,
        Properties = PropertiesJson.Write(folder.Properties),
        CreationTime = folder.CreationTime?.Ticks,
        LastModifiedTime = folder.LastModifiedTime?.Ticks,
        Version = folder.Version,
    };

    private static MailboxFolder ToFolder(FolderRow row) => new(row.Counter, row.Parent, row.FolderClass, row.DisplayName)
    {
        Name = MailboxFolders.Default.Find(row.Counter)?.Name,
        Properties = PropertiesJson.Read(row.Properties),
        CreationTime = ToOptionalTime(row.CreationTime),
        LastModifiedTime = ToOptionalTime(row.LastModifiedTime),
        Version = row.Version,
    };

    private static ImGroupRow ToRow(int mailboxId, ImGroup group) => new()
    {
        MailboxId = mailboxId,
        Ordinal = group.Ordinal,
        EwsId = group.Id.Value,
        GroupType = group.Type,
        DisplayName = group.DisplayName,
        DisplayNameKey = ToKey(group.DisplayName),
        SmtpAddress = group.SmtpAddress?.Value,
    };

    private static ImGroup ToGroup(ImGroupRow row) =>
        new(new ImGroupId(row.EwsId), row.GroupType, row.DisplayName, row.Ordinal)
        {
            SmtpAddress = row.SmtpAddress is { } address ? SmtpAddress.Parse(address) : null,
        };

    private static Row ToRow(int mailboxId, Contact contact) =>
        contact.IsImContact ? ToQuickContactRow(mailboxId, contact) : ToContactRow(mailboxId, contact);

    private static QuickContactRow ToQuickContactRow(int mailboxId, Contact contact) => new()
    {
        MailboxId = mailboxId,
        Ordinal = contact.Ordinal,
        EwsId = contact.Id.Value,
        PersonaId = contact.PersonaId.Value,
        ImAddress = contact.ImAddress ?? string.Empty,
        ImAddressKey = contact.ImListKey!,
        TelUriAddress = contact.TelUri?.TelUriAddress,
        ImContactSipUriAddress = contact.TelUri?.ImContactSipUriAddress,
        ImTelephoneNumber = contact.TelUri?.ImTelephoneNumber,
        DisplayName = contact.DisplayName!,
        CreationTime = contact.CreationTime.Ticks,
        LastModifiedTime = contact.LastModifiedTime.Ticks,
        Version = contact.Version,
        Properties = PropertiesJson.Write(contact.Properties),
    };

    private static Contact ToContact(QuickContactRow row) => new(
        new ContactId(row.EwsId),
        new PersonaId(row.PersonaId),
        PropertiesJson.Read(row.Properties),
        ToTime(row.CreationTime),
        row.Version,
        row.Ordinal)
    {
        LastModifiedTime = ToTime(row.LastModifiedTime),
        ImListEntry = new ImListEntry(row.TelUriAddress is null
            ? null
            : new TelUriContact(row.TelUriAddress, row.ImContactSipUriAddress!, row.ImTelephoneNumber!)),
    };

    private static ContactRow ToContactRow(int mailboxId, Contact contact) => new()
    {
        MailboxId = mailboxId,
        Ordinal = contact.Ordinal,
        Folder = contact.Folder,
        EwsId = contact.Id.Value,
        PersonaId = contact.PersonaId.Value,
        Properties = PropertiesJson.Write(contact.Properties),
        CreationTime = contact.CreationTime.Ticks,
        LastModifiedTime = contact.LastModifiedTime.Ticks,
        Version = contact.Version,
    };

    private static Contact ToContact(ContactRow row) => new(
        new ContactId(row.EwsId),
        new PersonaId(row.PersonaId),
        PropertiesJson.Read(row.Properties),
        ToTime(row.CreationTime),
        row.Version,
        row.Ordinal)
    {
        Folder = row.Folder,
        LastModifiedTime = ToTime(row.LastModifiedTime),
    };

    private static MembershipRow ToRow(int mailboxId, ImGroup group, Contact contact, long ordinal) => new()
    {
        MailboxId = mailboxId,
        GroupOrdinal = group.Ordinal,
        ContactOrdinal = contact.Ordinal,
        Ordinal = ordinal,
    };

    private static AttachmentRow ToRow(int mailboxId, Contact contact, FileAttachment file) => new()
    {
        MailboxId = mailboxId,
        ContactOrdinal = contact.Ordinal,
        Number = file.Number,
        Name = file.Name,
        ContentType = file.ContentType,
        ContentId = file.ContentId,
        ContentLocation = file.ContentLocation,
        IsInline = file.IsInline,
        IsContactPhoto = file.IsContactPhoto,
        LastModifiedTime = file.LastModifiedTime.Ticks,
        Content = file.Content.ToArray(),
    };

    private static FileAttachment ToAttachment(AttachmentRow row) => new(row.Number, row.Name, row.Content, ToTime(row.LastModifiedTime))
    {
        ContentType = row.ContentType,
        ContentId = row.ContentId,
        ContentLocation = row.ContentLocation,
        IsInline = row.IsInline,
        IsContactPhoto = row.IsContactPhoto,
    };

    private static OofRow ToRow(int mailboxId, OofSettings settings) => new()
    {
        MailboxId = mailboxId,
        State = (int)settings.State,
        ExternalAudience = (int)settings.ExternalAudience,
        StartTime = settings.Start.Ticks,
        EndTime = settings.End.Ticks,
        InternalReply = settings.InternalReply,
        ExternalReply = settings.ExternalReply,
    };

    private static OofSettings ToOof(OofRow row) => new(
        (OofState)row.State,
        (OofAudience)row.ExternalAudience,
        ToTime(row.StartTime),
        ToTime(row.EndTime),
        row.InternalReply,
        row.ExternalReply);

    private static DateTime? ToOptionalTime(long? ticks) => ticks is { } some ? ToTime(some) : null;

    private static DateTime ToTime(long ticks) => new(ticks, DateTimeKind.Utc);
}
