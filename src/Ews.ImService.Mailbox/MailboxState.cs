using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>A mailbox at one moment. It never changes: <see cref="Apply"/> returns the next one.</summary>
public sealed record MailboxState
{
    /// <summary>Names of the system groups that every mailbox has from the start, in the order of GetImItemList.</summary>
    public static readonly ImmutableArray<(string Type, string DisplayName)> SystemGroups =
    [
        (GroupType.OtherContacts, "Other Contacts"),
        (GroupType.Tagged, "Tagged"),
        (GroupType.Favorites, "Favorites"),
    ];

    /// <summary>Equality of group names.</summary>
    public static StringComparer NameComparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>An empty mailbox, not even with its system groups: what a stored one is rebuilt from.</summary>
    /// <param name="mailboxGuid">The mailbox GUID that its ids carry.</param>
    /// <param name="smtpAddress">Its primary address.</param>
    public MailboxState(Guid mailboxGuid, SmtpAddress smtpAddress) => (MailboxGuid, SmtpAddress) = (mailboxGuid, smtpAddress);

    /// <summary>The mailbox GUID that its ids carry.</summary>
    public Guid MailboxGuid { get; }

    /// <summary>Its primary address.</summary>
    public SmtpAddress SmtpAddress { get; }

    /// <summary>The last number given to an item or a membership; never given again.</summary>
    public long LastCounter { get; init; }

    /// <summary>Whether the IM client's contact list lives here now. Learn: "ImListMigrationCompleted".</summary>
    public bool ImListMigrationCompleted { get; init; }

    /// <summary>All groups, by id.</summary>
    public ImmutableDictionary<ImGroupId, ImGroup> Groups { get; private init; } = ImmutableDictionary<ImGroupId, ImGroup>.Empty;

    /// <summary>All IM contacts, by id.</summary>
    public ImmutableDictionary<ImContactId, QuickContact> QuickContacts { get; private init; } = ImmutableDictionary<ImContactId, QuickContact>.Empty;

    /// <summary>All ordinary contacts, by id.</summary>
    public ImmutableDictionary<ContactId, Contact> Contacts { get; private init; } = ImmutableDictionary<ContactId, Contact>.Empty;

    private ImmutableHashSet<string> GroupNames { get; init; } = ImmutableHashSet.Create<string>(NameComparer);

    private ImmutableDictionary<string, ImContactId> QuickContactsByAddress { get; init; } = ImmutableDictionary.Create<string, ImContactId>(StringComparer.Ordinal);

    private ImmutableDictionary<string, ImmutableList<ContactId>> ContactsByAddress { get; init; } = ImmutableDictionary.Create<string, ImmutableList<ContactId>>(StringComparer.Ordinal);

    /// <summary>How many groups count against the limit.</summary>
    public int LimitedGroups { get; private init; }

    /// <summary>All groups in the order of creation, which begins with the system groups.</summary>
    public IEnumerable<ImGroup> OrderedGroups => Groups.Values.OrderBy(group => group.Ordinal);

    /// <summary>All IM contacts in the order of creation.</summary>
    public IEnumerable<QuickContact> OrderedQuickContacts => QuickContacts.Values.OrderBy(contact => contact.Ordinal);

    /// <summary>All ordinary contacts in the order of creation.</summary>
    public IEnumerable<Contact> OrderedContacts => Contacts.Values.OrderBy(contact => contact.Ordinal);

    /// <summary>All persons of the mailbox: those of the IM list, then those who have an ordinary contact alone.</summary>
    public IEnumerable<Persona> Personas => OrderedQuickContacts.Select(contact => Persona.Of(this, contact))
        .Concat(OrderedContacts.Where(contact => QuickContactOf(contact) is null).Select(contact => Persona.Of(this, contact)));

    /// <summary>The items of a folder in the order of creation.</summary>
    public IEnumerable<MailboxItem> ItemsIn(MailboxFolder folder) =>
        folder == MailboxFolder.Contacts ? OrderedContacts.Select(contact => MailboxItem.Of(MailboxGuid, contact))
        : folder == MailboxFolder.QuickContacts ? OrderedQuickContacts.Select(contact => MailboxItem.Of(MailboxGuid, contact))
        : folder == MailboxFolder.ImContactList ? OrderedGroups.Select(group => MailboxItem.Of(MailboxGuid, group))
        : [];

    /// <summary>How many items a folder holds.</summary>
    public int CountOf(MailboxFolder folder) =>
        folder == MailboxFolder.Contacts ? Contacts.Count
        : folder == MailboxFolder.QuickContacts ? QuickContacts.Count
        : folder == MailboxFolder.ImContactList ? Groups.Count
        : 0;

    /// <summary>The item with an id.</summary>
    /// <returns>The item, or ErrorItemNotFound or an id error.</returns>
    public EwsResult<MailboxItem> FindItem(string id)
    {
        if (Contacts.TryGetValue(new ContactId(id), out var contact))
            return MailboxItem.Of(MailboxGuid, contact);
        if (QuickContacts.TryGetValue(new ImContactId(id), out var quickContact))
            return MailboxItem.Of(MailboxGuid, quickContact);
        if (Groups.TryGetValue(new ImGroupId(id), out var group))
            return MailboxItem.Of(MailboxGuid, group);
        return IncomingId.Classify(id, MailboxGuid, whenPersona: EwsError.ItemNotFound) ?? EwsError.ItemNotFound;
    }

    /// <summary>The ordinary contacts of the person that an IM contact is.</summary>
    public IReadOnlyList<Contact> ContactsOf(QuickContact contact) =>
        ContactsByAddress.TryGetValue(contact.AddressKey, out var ids) ? ids.Select(id => Contacts[id]).Where(found => QuickContactOf(found)?.Id == contact.Id).OrderBy(found => found.Ordinal).ToList() : [];

    /// <summary>The IM contact of the person that an ordinary contact is: that of its first address that has one, or null.</summary>
    public QuickContact? QuickContactOf(Contact contact) => contact.AddressKeys.Select(FindByKey).FirstOrDefault(found => found is not null);

    /// <summary>Whether any group has this name.</summary>
    public bool HasGroupNamed(string displayName) => GroupNames.Contains(displayName);

    /// <summary>The contact with this address, or null.</summary>
    public QuickContact? FindQuickContact(string imAddress) =>
        FindByKey(ImAddress.Key(imAddress));

    /// <summary>The phone contact with this tel URI, or null.</summary>
    public QuickContact? FindTelUriContact(string telUriAddress) => FindByKey(TelUriContact.Key(telUriAddress));

    /// <summary>Whether the contact is in the group; in Other Contacts is who is in no group at all.</summary>
    public static bool IsMember(ImGroup group, QuickContact contact) =>
        group.Type == GroupType.OtherContacts ? contact.Groups.IsEmpty : contact.Groups.Contains(group.Id);

    /// <summary>A group's members in the order of joining.</summary>
    public IEnumerable<QuickContact> MembersOf(ImGroup group) => group.Type == GroupType.OtherContacts
        ? QuickContacts.Values.Where(contact => contact.Groups.IsEmpty).OrderBy(contact => contact.Ordinal)
        : group.Members.OrderBy(member => member.Value).Select(member => QuickContacts[member.Key]);

    /// <summary>What makes this mailbox of an empty one, except its last number and whether its list was migrated.</summary>
    public IEnumerable<MailboxChange> AsChanges() =>
    [
        .. OrderedGroups.Select(group => new MailboxChange.GroupAdded(group with { Members = ImmutableDictionary<ImContactId, long>.Empty })),
        .. OrderedQuickContacts.Select(contact => new MailboxChange.QuickContactAdded(contact with { Groups = [] })),
        .. OrderedGroups.SelectMany(group => group.Members.Select(member => new MailboxChange.MemberAdded(group.Id, member.Key, member.Value))),
        .. OrderedContacts.Select(contact => new MailboxChange.ContactAdded(contact)),
    ];

    /// <summary>The mailbox after a change.</summary>
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
        MailboxChange.QuickContactAdded(var contact) => this with
        {
            QuickContacts = QuickContacts.Add(contact.Id, contact),
            QuickContactsByAddress = QuickContactsByAddress.Add(contact.AddressKey, contact.Id),
            LastCounter = Math.Max(LastCounter, contact.Ordinal),
        },
        MailboxChange.QuickContactRemoved(var id) => this with
        {
            QuickContacts = QuickContacts.Remove(id),
            QuickContactsByAddress = QuickContactsByAddress.Remove(QuickContacts[id].AddressKey),
        },
        MailboxChange.MemberAdded(var groupId, var contactId, var ordinal) => this with
        {
            Groups = Groups.SetItem(groupId, Groups[groupId] with { Members = Groups[groupId].Members.Add(contactId, ordinal) }),
            QuickContacts = QuickContacts.SetItem(contactId, QuickContacts[contactId] with { Groups = QuickContacts[contactId].Groups.Add(groupId) }),
            LastCounter = Math.Max(LastCounter, ordinal),
        },
        MailboxChange.MemberRemoved(var groupId, var contactId) => this with
        {
            Groups = Groups.SetItem(groupId, Groups[groupId] with { Members = Groups[groupId].Members.Remove(contactId) }),
            QuickContacts = QuickContacts.SetItem(contactId, QuickContacts[contactId] with { Groups = QuickContacts[contactId].Groups.Remove(groupId) }),
        },
        MailboxChange.QuickContactUpdated(var contact) => this with { QuickContacts = QuickContacts.SetItem(contact.Id, contact) },
        MailboxChange.ContactAdded(var contact) => this with
        {
            Contacts = Contacts.Add(contact.Id, contact),
            ContactsByAddress = Linked(ContactsByAddress, contact),
            LastCounter = Math.Max(LastCounter, contact.Ordinal),
        },
        MailboxChange.ContactUpdated(var contact) => this with
        {
            Contacts = Contacts.SetItem(contact.Id, contact),
            ContactsByAddress = Linked(Unlinked(ContactsByAddress, Contacts[contact.Id]), contact),
        },
        MailboxChange.ContactRemoved(var id) => this with
        {
            Contacts = Contacts.Remove(id),
            ContactsByAddress = Unlinked(ContactsByAddress, Contacts[id]),
        },
        MailboxChange.ImListMigrationSet(var completed) => this with { ImListMigrationCompleted = completed },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "An unknown change."),
    };

    private static ImmutableDictionary<string, ImmutableList<ContactId>> Linked(ImmutableDictionary<string, ImmutableList<ContactId>> index, Contact contact) =>
        index.SetItems(contact.AddressKeys.Select(key => KeyValuePair.Create(key, index.GetValueOrDefault(key, []).Add(contact.Id))));

    private static ImmutableDictionary<string, ImmutableList<ContactId>> Unlinked(ImmutableDictionary<string, ImmutableList<ContactId>> index, Contact contact) =>
        contact.AddressKeys.Aggregate(index, (rest, key) => rest[key].Count == 1 ? rest.Remove(key) : rest.SetItem(key, rest[key].Remove(contact.Id)));

    private QuickContact? FindByKey(string key) => QuickContactsByAddress.TryGetValue(key, out var id) ? QuickContacts[id] : null;
}
