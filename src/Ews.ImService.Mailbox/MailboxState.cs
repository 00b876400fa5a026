using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>The content of a mailbox at one point in time. Instances are immutable: <see cref="Apply"/> returns the next state.</summary>
public sealed record MailboxState
{
    /// <summary>The types and names of the system groups, which every mailbox has from the start, in the order of GetImItemList.</summary>
    public static readonly ImmutableArray<(string Type, string DisplayName)> SystemGroups =
    [
        (GroupType.OtherContacts, "Other Contacts"),
        (GroupType.Tagged, "Tagged"),
        (GroupType.Favorites, "Favorites"),
    ];

    /// <summary>Initializes a mailbox without any content, not even system groups.</summary>
    /// <param name="mailboxGuid">The mailbox GUID, which the ids of all items contain.</param>
    /// <param name="smtpAddress">The primary address.</param>
    public MailboxState(Guid mailboxGuid, SmtpAddress smtpAddress) => (MailboxGuid, SmtpAddress) = (mailboxGuid, smtpAddress);

    /// <summary>Gets the comparer of group names, which ignores case.</summary>
    public static StringComparer NameComparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>Gets the mailbox GUID, which the ids of all items contain.</summary>
    public Guid MailboxGuid { get; }

    /// <summary>Gets the primary address.</summary>
    public SmtpAddress SmtpAddress { get; }

    /// <summary>Gets the display name of the owner, who makes all changes; the default is the primary address.</summary>
    public string OwnerName { get => field ?? SmtpAddress.Value; init; }

    /// <summary>Gets the last number that was assigned to an item or a membership. Numbers are never reused.</summary>
    public long LastCounter { get; init; }

    /// <summary>Gets the change log.</summary>
    public ChangeLog Log { get; init; }

    /// <summary>Gets the folders.</summary>
    public MailboxFolders Folders { get; init; } = MailboxFolders.Default;

    /// <summary>Gets a value that indicates whether the mailbox holds the contact list of the IM client.</summary>
    /// <remarks>Learn: "ImListMigrationCompleted".</remarks>
    public bool ImListMigrationCompleted { get; init; }

    /// <summary>Gets the out-of-office settings, or <c>null</c> if none were stored.</summary>
    public OofSettings? Oof { get; init; }

    /// <summary>Gets all groups by id.</summary>
    public ImmutableDictionary<ImGroupId, ImGroup> Groups { get; private init; } = ImmutableDictionary<ImGroupId, ImGroup>.Empty;

    /// <summary>Gets all contacts by id: IM contacts and ordinary contacts.</summary>
    public ImmutableDictionary<ContactId, Contact> Contacts { get; private init; } = ImmutableDictionary<ContactId, Contact>.Empty;

    /// <summary>Gets the number of groups that count against <see cref="MailboxLimits.MaxGroups"/>.</summary>
    public int LimitedGroups { get; private init; }

    /// <summary>Gets the number of IM contacts, which count against <see cref="MailboxLimits.MaxContacts"/>.</summary>
    public int ImContactCount => ImContactIds.Count;

    /// <summary>Gets the number of ordinary contacts, which count against <see cref="MailboxLimits.MaxItems"/>.</summary>
    public int OrdinaryContactCount => Contacts.Count - ImContactCount;

    /// <summary>Gets all groups in the order of creation, which starts with the system groups.</summary>
    public IEnumerable<ImGroup> OrderedGroups => Groups.Values.OrderBy(group => group.Ordinal);

    /// <summary>Gets the IM contacts in the order of creation.</summary>
    public IEnumerable<Contact> ImContacts =>
        Contacts.Values.Where(contact => contact.IsImContact).OrderBy(contact => contact.Ordinal);

    /// <summary>Gets the ordinary contacts in the order of creation.</summary>
    public IEnumerable<Contact> OrdinaryContacts =>
        Contacts.Values.Where(contact => !contact.IsImContact).OrderBy(contact => contact.Ordinal);

    /// <summary>
    /// Gets the ordinary contacts that represent a person, in the order of creation: those that are neither deleted nor distribution lists.
    /// </summary>
    public IEnumerable<Contact> OrdinaryPeople => OrdinaryContacts.Where(RepresentsPerson);

    /// <summary>
    /// Gets all personas: those of IM contacts, then those of persons who have ordinary contacts only. Deleted contacts have none.
    /// </summary>
    public IEnumerable<Persona> Personas => ImContacts
        .Concat(OrdinaryPeople.Where(contact => ImContactOf(contact) is null))
        .Select(contact => Persona.From(this, contact));

    /// <summary>Gets the ids of ordinary contacts by the number of their folder; none for folders without contacts.</summary>
    private ImmutableDictionary<long, ImmutableHashSet<ContactId>> ContactsByFolder { get; init; } =
        ImmutableDictionary<long, ImmutableHashSet<ContactId>>.Empty;

    private ImmutableHashSet<string> GroupNames { get; init; } = ImmutableHashSet.Create<string>(NameComparer);

    private ImmutableDictionary<string, ContactId> ImContactIds { get; init; } =
        ImmutableDictionary.Create<string, ContactId>(StringComparer.Ordinal);

    private ImmutableDictionary<string, ImmutableList<ContactId>> OrdinaryContactIds { get; init; } =
        ImmutableDictionary.Create<string, ImmutableList<ContactId>>(StringComparer.Ordinal);

    /// <summary>Determines whether a contact is a member of a group. A contact in no group is a member of Other Contacts.</summary>
    /// <param name="group">The group.</param>
    /// <param name="contact">The contact.</param>
    public static bool IsMember(ImGroup group, Contact contact) => contact.ImListEntry is { Groups: var groups }
        && (group.Type == GroupType.OtherContacts ? groups.IsEmpty : groups.Contains(group.Id));

    /// <summary>Returns the items in a folder, in the order of creation.</summary>
    /// <param name="folder">The folder.</param>
    public IEnumerable<MailboxItem> ItemsIn(MailboxFolder folder) => folder == MailboxFolder.ImContactList
        ? OrderedGroups.Select(group => MailboxItem.From(this, group))
        : ContactsIn(folder).Select(contact => MailboxItem.From(this, contact));

    /// <summary>Returns the contacts in a folder, in the order of creation.</summary>
    /// <param name="folder">The folder.</param>
    public IEnumerable<Contact> ContactsIn(MailboxFolder folder) => folder == MailboxFolder.QuickContacts
        ? ImContacts
        : IdsIn(folder.Counter).Select(id => Contacts[id]).OrderBy(contact => contact.Ordinal);

    /// <summary>Returns the number of items in a folder.</summary>
    /// <param name="folder">The folder.</param>
    public int CountOf(MailboxFolder folder) =>
        folder == MailboxFolder.QuickContacts ? ImContactCount
        : folder == MailboxFolder.ImContactList ? Groups.Count
        : IdsIn(folder.Counter).Count;

    /// <summary>Determines whether a contact was deleted, but not permanently: it is in Deleted Items, or can be recovered only.</summary>
    /// <param name="contact">The contact.</param>
    public bool IsDeleted(Contact contact) => contact.Folder != MailboxFolder.Contacts.Counter
        && !contact.IsImContact
        && (Folders.IsIn(contact.Folder, MailboxFolder.DeletedItems.Counter)
            || Folders.IsIn(contact.Folder, MailboxFolder.RecoverableItemsRoot.Counter));

    /// <summary>Determines whether an ordinary contact represents a person: it is neither deleted nor a distribution list.</summary>
    /// <param name="contact">The contact.</param>
    public bool RepresentsPerson(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return !contact.IsDistributionList && !IsDeleted(contact);
    }

    /// <summary>Finds an item by its id.</summary>
    /// <param name="id">The Id attribute.</param>
    /// <returns>The item, or ErrorItemNotFound or an id error.</returns>
    public EwsResult<MailboxItem> FindItem(string id)
    {
        if (Contacts.TryGetValue(new ContactId(id), out var contact))
            return MailboxItem.From(this, contact);
        if (Groups.TryGetValue(new ImGroupId(id), out var group))
            return MailboxItem.From(this, group);
        return IncomingId.Classify(id, MailboxGuid, whenPersona: EwsError.ItemNotFound) ?? EwsError.ItemNotFound;
    }

    /// <summary>Finds an attachment by its id.</summary>
    /// <param name="id">The Id attribute.</param>
    /// <returns>The attachment and its contact, or ErrorInvalidAttachmentId.</returns>
    public EwsResult<(AttachedFile Attachment, Contact Contact)> FindAttachment(string id)
    {
        if (StoreId.FindAttachment(id, MailboxGuid) is { } found
            && Contacts.Values.FirstOrDefault(contact => contact.Ordinal == found.Counter) is { } contact
            && contact.Attachments.Find(file => file.Number == found.Number) is { } file)
        {
            return (Attach(contact, file), contact);
        }

        return EwsError.InvalidAttachmentId;
    }

    /// <summary>Finds the picture of a contact by an address.</summary>
    /// <param name="address">An email or IM address of the contact.</param>
    /// <returns>The picture of the IM contact, or of the first ordinary contact that has one; otherwise, <c>null</c>.</returns>
    public FileAttachment? FindPicture(string address)
    {
        var key = ImAddress.Key(address);
        var ordinary = OrdinaryContactIds.GetValueOrDefault(key, []).Select(id => Contacts[id])
            .Where(contact => !IsDeleted(contact)).OrderBy(contact => contact.Ordinal);
        return FindByImListKey(key)?.Picture
            ?? ordinary.Select(contact => contact.Picture).FirstOrDefault(picture => picture is not null);
    }

    /// <summary>Returns an attachment with its id, which contains the ordinal of the contact and the number of the attachment.</summary>
    internal AttachedFile Attach(Contact contact, FileAttachment file) =>
        new(StoreId.ForAttachment(MailboxGuid, Folders[contact.Folder], contact.Ordinal, file.Number), file);

    /// <summary>Returns the ordinary contacts of the person whom an IM contact represents, in the order of creation.</summary>
    /// <param name="imContact">The IM contact.</param>
    public IReadOnlyList<Contact> OrdinaryContactsOf(Contact imContact)
    {
        ArgumentNullException.ThrowIfNull(imContact);
        return imContact.IsImContact && !OrdinaryContactIds.IsEmpty && OrdinaryContactIds.TryGetValue(imContact.ImListKey, out var ids)
            ? ids.Select(id => Contacts[id])
                .Where(contact => ImContactOf(contact)?.Id == imContact.Id)
                .OrderBy(contact => contact.Ordinal)
                .ToList()
            : [];
    }

    /// <summary>
    /// Returns the IM contact of the person whom a contact represents: the contact itself, or the IM contact that has the first possible
    /// address of an ordinary contact.
    /// </summary>
    /// <param name="contact">The contact.</param>
    /// <returns>The IM contact, or <c>null</c> if the person has none, or if the contact was deleted.</returns>
    public Contact? ImContactOf(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (IsDeleted(contact))
            return null;
        return contact.IsImContact
            ? contact
            : contact.AddressKeys.Select(FindByImListKey).FirstOrDefault(found => found is not null);
    }

    /// <summary>Determines whether a group has a name.</summary>
    /// <param name="displayName">The name; case-insensitive.</param>
    public bool HasGroupNamed(string displayName) => GroupNames.Contains(displayName);

    /// <summary>Finds the IM contact that has an IM address.</summary>
    /// <param name="imAddress">The IM address, with or without <c>sip:</c>.</param>
    /// <returns>The contact, or <c>null</c> if there is none.</returns>
    public Contact? FindImContact(string imAddress) => FindByImListKey(ImAddress.Key(imAddress));

    /// <summary>Finds the phone contact that has a tel URI.</summary>
    /// <param name="telUriAddress">The tel URI.</param>
    /// <returns>The contact, or <c>null</c> if there is none.</returns>
    public Contact? FindTelUriContact(string telUriAddress) => FindByImListKey(TelUriContact.Key(telUriAddress));

    /// <summary>Returns the members of a distribution list, with the present names and addresses of their items.</summary>
    /// <param name="list">The distribution list.</param>
    public IEnumerable<ListMember> MembersOf(Contact list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return ListMember.Read(list.Properties.Values(ContactPath.Members)).Select(Resolve);
    }

    /// <summary>Returns a contact or distribution list as a member of a list.</summary>
    /// <param name="contact">The contact or distribution list.</param>
    public ListMember ToMember(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var isList = contact.IsDistributionList;
        var properties = ContactNames.Complete(contact.Properties);
        var email = properties[ContactPath.EmailAddress1] ?? (contact.ImAddress is { } im ? ImAddress.WithoutScheme(im) : string.Empty);
        return new ListMember(
            properties[ContactPath.DisplayName] ?? string.Empty,
            email,
            isList ? ListMember.ListRoutingType : ListMember.Smtp,
            isList ? ListMember.PrivateList : ListMember.ContactType,
            contact.Id.Value)
        {
            ChangeKey = ChangeKey.ForContact(MailboxGuid, contact.Version),
        };
    }

    /// <summary>Returns a member with the present name and address of its item, or as an address if the item does not exist.</summary>
    internal ListMember Resolve(ListMember member)
    {
        if (member.ItemId.Length == 0)
            return member;
        return Contacts.TryGetValue(new ContactId(member.ItemId), out var contact)
            ? ToMember(contact)
            : member with { ItemId = string.Empty, RoutingType = ListMember.Smtp, MailboxType = ListMember.OneOff };
    }

    /// <summary>Returns the members of a group, in the order in which they were added.</summary>
    /// <param name="group">The group.</param>
    public IEnumerable<Contact> MembersOf(ImGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Type == GroupType.OtherContacts
            ? Contacts.Values.Where(contact => IsMember(group, contact)).OrderBy(contact => contact.Ordinal)
            : group.Members.OrderBy(member => member.Value).Select(member => Contacts[member.Key]);
    }

    /// <summary>
    /// Returns the changes that create this mailbox from one without content, except <see cref="LastCounter"/>, <see cref="Log"/>,
    /// <see cref="ImListMigrationCompleted"/> and the culture of <see cref="Folders"/>.
    /// </summary>
    public IEnumerable<MailboxChange> AsChanges() =>
    [
        .. Folders.Stored.Select(folder => new MailboxChange.FolderAdded(folder)),
        .. OrderedGroups.Select(group => new MailboxChange.GroupAdded(group with { Members = ImmutableDictionary<ContactId, long>.Empty })),
        .. ImContacts.Select(contact => new MailboxChange.ContactAdded(
            contact with { ImListEntry = contact.ImListEntry! with { Groups = [] } })),
        .. OrderedGroups.SelectMany(
            group => group.Members.Select(member => new MailboxChange.MemberAdded(group.Id, member.Key, member.Value))),
        .. OrdinaryContacts.Select(contact => new MailboxChange.ContactAdded(contact)),
        .. Oof is null ? [] : new MailboxChange[] { new MailboxChange.OofSet(Oof) },
    ];

    /// <summary>Returns the mailbox after a change.</summary>
    /// <param name="change">The change.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type of the change is not supported.</exception>
    public MailboxState Apply(MailboxChange change) => change switch
    {
        MailboxChange.GroupAdded(var group) => this with
        {
            Groups = Groups.Add(group.Id, group),
            GroupNames = GroupNames.Add(group.DisplayName),
            LimitedGroups = LimitedGroups + (group.CountsAgainstLimit ? 1 : 0),
            LastCounter = Math.Max(LastCounter, group.Ordinal),
        },
        MailboxChange.GroupRenamed(var id, var name) => this with
        {
            Groups = Groups.SetItem(id, Groups[id] with { DisplayName = name }),
            GroupNames = GroupNames.Remove(Groups[id].DisplayName).Add(name),
        },
        MailboxChange.GroupRemoved(var id) => this with
        {
            Groups = Groups.Remove(id),
            GroupNames = GroupNames.Remove(Groups[id].DisplayName),
            LimitedGroups = LimitedGroups - (Groups[id].CountsAgainstLimit ? 1 : 0),
        },
        MailboxChange.ContactAdded(var contact) => Index(contact) with
        {
            Contacts = Contacts.Add(contact.Id, contact),
            LastCounter = Math.Max(LastCounter, contact.LastCounter),
        },
        MailboxChange.ContactUpdated(var contact) => RemoveFromIndex(Contacts[contact.Id]).Index(contact) with
        {
            Contacts = Contacts.SetItem(contact.Id, contact),
            LastCounter = Math.Max(LastCounter, contact.LastCounter),
        },
        MailboxChange.ContactRemoved(var id) => RemoveFromIndex(Contacts[id]) with { Contacts = Contacts.Remove(id) },
        MailboxChange.MemberAdded(var groupId, var contactId, var ordinal) => this with
        {
            Groups = Groups.SetItem(groupId, Groups[groupId] with { Members = Groups[groupId].Members.Add(contactId, ordinal) }),
            Contacts = SetGroups(contactId, groups => groups.Add(groupId)),
            LastCounter = Math.Max(LastCounter, ordinal),
        },
        MailboxChange.MemberRemoved(var groupId, var contactId) => this with
        {
            Groups = Groups.SetItem(groupId, Groups[groupId] with { Members = Groups[groupId].Members.Remove(contactId) }),
            Contacts = SetGroups(contactId, groups => groups.Remove(groupId)),
        },
        MailboxChange.FolderAdded(var folder) => this with
        {
            Folders = Folders.With(folder),
            LastCounter = Math.Max(LastCounter, folder.Ordinal ?? 0),
        },
        MailboxChange.FolderUpdated(var folder) => this with { Folders = Folders.With(folder) },
        MailboxChange.FolderRemoved(var counter) => this with { Folders = Folders.Without(counter) },
        MailboxChange.ImListMigrationSet(var completed) => this with { ImListMigrationCompleted = completed },
        MailboxChange.OofSet(var settings) => this with { Oof = settings },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "The type of the change is not supported."),
    };

    private ImmutableDictionary<ContactId, Contact> SetGroups(
        ContactId id, Func<ImmutableHashSet<ImGroupId>, ImmutableHashSet<ImGroupId>> change)
    {
        var contact = Contacts[id];
        return Contacts.SetItem(
            id, contact with { ImListEntry = contact.ImListEntry! with { Groups = change(contact.ImListEntry.Groups) } });
    }

    private MailboxState Index(Contact contact) => contact.IsImContact
        ? this with { ImContactIds = ImContactIds.Add(contact.ImListKey, contact.Id) }
        : this with
        {
            OrdinaryContactIds = OrdinaryContactIds.SetItems(contact.AddressKeys.Select(
                key => KeyValuePair.Create(key, OrdinaryContactIds.GetValueOrDefault(key, []).Add(contact.Id)))),
            ContactsByFolder = ContactsByFolder.SetItem(contact.Folder, IdsIn(contact.Folder).Add(contact.Id)),
        };

    private MailboxState RemoveFromIndex(Contact contact) => contact.IsImContact
        ? this with { ImContactIds = ImContactIds.Remove(contact.ImListKey) }
        : this with
        {
            OrdinaryContactIds = contact.AddressKeys.Aggregate(
                OrdinaryContactIds,
                (ids, key) => ids[key].Count == 1 ? ids.Remove(key) : ids.SetItem(key, ids[key].Remove(contact.Id))),
            ContactsByFolder = IdsIn(contact.Folder).Remove(contact.Id) is { IsEmpty: false } remaining
                ? ContactsByFolder.SetItem(contact.Folder, remaining)
                : ContactsByFolder.Remove(contact.Folder),
        };

    private ImmutableHashSet<ContactId> IdsIn(long folder) => ContactsByFolder.GetValueOrDefault(folder, []);

    private Contact? FindByImListKey(string key) => ImContactIds.TryGetValue(key, out var id) ? Contacts[id] : null;
}
