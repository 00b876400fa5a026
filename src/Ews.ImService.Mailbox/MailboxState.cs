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
    public MailboxState(Guid mailboxGuid, string smtpAddress) => (MailboxGuid, SmtpAddress) = (mailboxGuid, smtpAddress);

    /// <summary>The mailbox GUID that its ids carry.</summary>
    public Guid MailboxGuid { get; }

    /// <summary>Its primary address.</summary>
    public string SmtpAddress { get; }

    /// <summary>The last number given to an item or a membership; never given again.</summary>
    public long LastCounter { get; init; }

    /// <summary>Whether the IM client's contact list lives here now. Learn: "ImListMigrationCompleted".</summary>
    public bool ImListMigrationCompleted { get; init; }

    /// <summary>All groups, by id.</summary>
    public ImmutableDictionary<ImGroupId, ImGroup> Groups { get; private init; } = ImmutableDictionary<ImGroupId, ImGroup>.Empty;

    /// <summary>All IM contacts, by id.</summary>
    public ImmutableDictionary<ImContactId, QuickContact> Contacts { get; private init; } = ImmutableDictionary<ImContactId, QuickContact>.Empty;

    private ImmutableHashSet<string> GroupNames { get; init; } = ImmutableHashSet.Create<string>(NameComparer);

    private ImmutableDictionary<string, ImContactId> ContactsByAddress { get; init; } = ImmutableDictionary.Create<string, ImContactId>(StringComparer.Ordinal);

    /// <summary>How many groups count against the limit.</summary>
    public int LimitedGroups { get; private init; }

    /// <summary>The Quick Contacts folder's id.</summary>
    public string QuickContactsFolderId => StoreId.ForQuickContactsFolder(MailboxGuid);

    /// <summary>All groups in the order of creation, which begins with the system groups.</summary>
    public IEnumerable<ImGroup> OrderedGroups => Groups.Values.OrderBy(group => group.Ordinal);

    /// <summary>All IM contacts in the order of creation.</summary>
    public IEnumerable<QuickContact> OrderedContacts => Contacts.Values.OrderBy(contact => contact.Ordinal);

    /// <summary>Whether any group has this name.</summary>
    public bool HasGroupNamed(string displayName) => GroupNames.Contains(displayName);

    /// <summary>The contact with this address, or null.</summary>
    public QuickContact? FindContact(string imAddress) =>
        FindByKey(ImAddress.Key(imAddress));

    /// <summary>The phone contact with this tel URI, or null.</summary>
    public QuickContact? FindTelUriContact(string telUriAddress) => FindByKey(TelUriContact.Key(telUriAddress));

    /// <summary>Whether the contact is in the group; in Other Contacts is who is in no group at all.</summary>
    public static bool IsMember(ImGroup group, QuickContact contact) =>
        group.Type == GroupType.OtherContacts ? contact.Groups.IsEmpty : contact.Groups.Contains(group.Id);

    /// <summary>A group's members in the order of joining.</summary>
    public IEnumerable<QuickContact> MembersOf(ImGroup group) => group.Type == GroupType.OtherContacts
        ? Contacts.Values.Where(contact => contact.Groups.IsEmpty).OrderBy(contact => contact.Ordinal)
        : group.Members.OrderBy(member => member.Value).Select(member => Contacts[member.Key]);

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
        MailboxChange.ContactAdded(var contact) => this with
        {
            Contacts = Contacts.Add(contact.Id, contact),
            ContactsByAddress = ContactsByAddress.Add(contact.AddressKey, contact.Id),
            LastCounter = Math.Max(LastCounter, contact.Ordinal),
        },
        MailboxChange.ContactRemoved(var id) => this with
        {
            Contacts = Contacts.Remove(id),
            ContactsByAddress = ContactsByAddress.Remove(Contacts[id].AddressKey),
        },
        MailboxChange.MemberAdded(var groupId, var contactId, var ordinal) => this with
        {
            Groups = Groups.SetItem(groupId, Groups[groupId] with { Members = Groups[groupId].Members.Add(contactId, ordinal) }),
            Contacts = Contacts.SetItem(contactId, Contacts[contactId] with { Groups = Contacts[contactId].Groups.Add(groupId) }),
            LastCounter = Math.Max(LastCounter, ordinal),
        },
        MailboxChange.MemberRemoved(var groupId, var contactId) => this with
        {
            Groups = Groups.SetItem(groupId, Groups[groupId] with { Members = Groups[groupId].Members.Remove(contactId) }),
            Contacts = Contacts.SetItem(contactId, Contacts[contactId] with { Groups = Contacts[contactId].Groups.Remove(groupId) }),
        },
        MailboxChange.ImListMigrationSet(var completed) => this with { ImListMigrationCompleted = completed },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "An unknown change."),
    };

    private QuickContact? FindByKey(string key) => ContactsByAddress.TryGetValue(key, out var id) ? Contacts[id] : null;
}
