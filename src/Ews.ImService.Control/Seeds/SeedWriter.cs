using System.Collections.Immutable;
using Ews.ImService.Control.Contract;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Seeds;

/// <summary>Describes mailboxes as a seed document that creates identical mailboxes, including ids, order and times.</summary>
internal static class SeedWriter
{
    /// <summary>Describes mailboxes.</summary>
    public static SeedDocument Write(IEnumerable<MailboxState> mailboxes) => new() { Mailboxes = [.. mailboxes.Select(Write)] };

    /// <summary>Describes a mailbox.</summary>
    public static SeedMailbox Write(MailboxState mailbox) => new()
    {
        SmtpAddress = mailbox.SmtpAddress.Value,
        MailboxGuid = mailbox.MailboxGuid,
        LastCounter = mailbox.LastCounter,
        ImListMigrationCompleted = mailbox.ImListMigrationCompleted,
        Culture = mailbox.Folders.Culture,
        Folders = mailbox.Folders.StoredCount == 0 ? null : WriteFolders(mailbox.Folders),
        Groups = [.. mailbox.OrderedGroups.Select(group => Write(group, mailbox))],
        ImContacts = [.. mailbox.ImContacts.Select(WriteImContact)],
        Contacts = [.. mailbox.OrdinaryContacts.Select(contact => WriteContact(contact, mailbox.Folders))],
        Oof = mailbox.Oof is null ? null : Write(mailbox.Oof),
    };

    private static SeedOofSettings Write(OofSettings settings) => new()
    {
        State = Enum.Parse<SeedOofState>(settings.State.ToString()),
        ExternalAudience = Enum.Parse<SeedOofAudience>(settings.ExternalAudience.ToString()),
        Start = Utc(settings.Start),
        End = Utc(settings.End),
        InternalReply = settings.InternalReply,
        ExternalReply = settings.ExternalReply,
    };

    /// <summary>Describes the stored folders, parents first.</summary>
    private static SeedFolder[] WriteFolders(MailboxFolders folders) =>
    [
        .. folders.ChildrenOf(MailboxFolder.Root.Counter, deep: true)
            .Prepend(folders[MailboxFolder.Root.Counter])
            .Where(folder => folders.IsStored(folder.Counter))
            .Select(folder => Write(folder, folders)),
    ];

    private static SeedFolder Write(MailboxFolder folder, MailboxFolders folders) => new()
    {
        Path = FolderPath.Of(folders, folder),
        DisplayName = folder.IsWellKnown ? folder.DisplayName : null,
        FolderClass = folder.IsWellKnown ? null : folder.FolderClass,
        Ordinal = folder.Ordinal,
        Version = folder.Version,
        CreationTime = folder.CreationTime is { } created ? Utc(created) : null,
        LastModifiedTime = folder.LastModifiedTime is { } modified ? Utc(modified) : null,
        Properties = Write(
            folder.Properties, MailboxFolders.Default.Find(folder.Counter)?.Properties ?? ContactProperties.Empty),
    };

    private static SeedGroup Write(ImGroup group, MailboxState mailbox) => new()
    {
        DisplayName = group.DisplayName,
        Type = SeedReader.TypeOf(group.Type),
        SmtpAddress = group.SmtpAddress?.Value,
        Id = group.Id.Value,
        Ordinal = group.Ordinal,
        Members =
        [
            .. group.Members.OrderBy(member => member.Value)
                .Select(member => WriteMember(mailbox.Contacts[member.Key], member.Value)),
        ],
    };

    private static SeedMember WriteMember(Contact contact, long ordinal) => new()
    {
        Contact = contact.TelUri is null ? contact.ImAddress : null,
        TelUri = contact.TelUri?.TelUriAddress,
        Ordinal = ordinal,
    };

    private static SeedImContact WriteImContact(Contact contact) => new()
    {
        ImAddress = contact.TelUri is null ? contact.ImAddress : null,
        TelUri = contact.TelUri is not { } telUri ? null : new SeedTelUri
        {
            TelUriAddress = telUri.TelUriAddress,
            ImContactSipUriAddress = telUri.ImContactSipUriAddress,
            ImTelephoneNumber = telUri.ImTelephoneNumber,
        },
        DisplayName = contact.DisplayName,
        Id = contact.Id.Value,
        PersonaId = contact.PersonaId.Value,
        Ordinal = contact.Ordinal,
        Version = contact.Version,
        CreationTime = Utc(contact.CreationTime),
        LastModifiedTime = Utc(contact.LastModifiedTime),
        Properties = Write(contact.Properties, derived: contact.TelUri is null
            ? ContactProperties.FromImAddress(contact.ImAddress!, contact.DisplayName!)
            : ContactProperties.FromTelUri(contact.TelUri)),
        Attachments = Write(contact.Attachments),
    };

    private static SeedContact WriteContact(Contact contact, MailboxFolders folders) => new()
    {
        Folder = contact.Folder == MailboxFolder.Contacts.Counter ? null : FolderPath.Of(folders, folders[contact.Folder]),
        Id = contact.Id.Value,
        PersonaId = contact.PersonaId.Value,
        Ordinal = contact.Ordinal,
        Version = contact.Version,
        CreationTime = Utc(contact.CreationTime),
        LastModifiedTime = Utc(contact.LastModifiedTime),
        Properties = Write(contact.Properties, ContactProperties.Empty),
        Attachments = Write(contact.Attachments),
    };

    private static List<SeedAttachment>? Write(ImmutableList<FileAttachment> attachments) => attachments.IsEmpty
        ? null
        : attachments.Select(file => new SeedAttachment
        {
            Name = file.Name,
            Content = Convert.ToBase64String(file.Content.Span),
            ContentType = file.ContentType,
            ContentId = file.ContentId,
            ContentLocation = file.ContentLocation,
            IsInline = file.IsInline,
            IsContactPhoto = file.IsContactPhoto,
            Number = file.Number,
            LastModifiedTime = Utc(file.LastModifiedTime),
        }).ToList();

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);

    /// <summary>Describes properties; <c>null</c> marks a property that is derived from the address but was deleted.</summary>
    private static Dictionary<string, IReadOnlyList<string>?> Write(ContactProperties properties, ContactProperties derived)
    {
        var deleted = derived.All.Select(property => property.Key).Where(path => properties[path] is null).Order(StringComparer.Ordinal);
        var all = deleted.ToDictionary(path => path, _ => (IReadOnlyList<string>?)null);
        foreach (var (path, values) in properties.All.OrderBy(property => property.Key, StringComparer.Ordinal))
            all[path] = values;
        return all;
    }
}
