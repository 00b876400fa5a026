namespace Ews.ImService.Mailbox;

/// <summary>One operation's work on a mailbox: the rules of the IM list, and the changes that they made.</summary>
/// <remarks>
/// A method either returns an error and has changed nothing, or has added its changes to <see cref="Changes"/>.
/// Whoever holds the edit stores the changes and publishes <see cref="State"/>, or drops both.
/// </remarks>
/// <param name="before">The mailbox before the operation.</param>
/// <param name="limits">How much it holds.</param>
/// <param name="clock">Tells creation times.</param>
/// <param name="newGuid">Makes persona GUIDs, for the number of the object that a persona is made for.</param>
public sealed partial class MailboxEdit(MailboxState before, MailboxLimits limits, TimeProvider clock, Func<long, Guid> newGuid)
{
    private readonly List<MailboxChange> _changes = [];

    /// <summary>The mailbox with the changes so far.</summary>
    public MailboxState State { get; private set; } = before;

    /// <summary>What changed, in order.</summary>
    public IReadOnlyList<MailboxChange> Changes => _changes;

    /// <summary>Gives a new mailbox its three system groups.</summary>
    public void AddSystemGroups()
    {
        foreach (var (type, displayName) in MailboxState.SystemGroups)
            Record(new MailboxChange.GroupAdded(NewGroup(type, displayName)));
    }

    /// <summary>Adds a user group. Learn: "AddImGroup operation".</summary>
    /// <param name="displayName">Its name, kept as it is.</param>
    /// <returns>The group, or ErrorImGroupDisplayNameAlreadyExists or ErrorImGroupLimitReached.</returns>
    public EwsResult<ImGroup> AddImGroup(string displayName) => AddGroup(GroupType.UserGroup, displayName, smtpAddress: null);

    /// <summary>Renames a user group. Its own present name counts as taken too. Learn: "SetImGroup operation".</summary>
    /// <param name="groupId">The Id attribute of GroupId.</param>
    /// <param name="newDisplayName">The new name, kept as it is.</param>
    /// <returns>Nothing, or ErrorImGroupDisplayNameAlreadyExists, ErrorInvalidImGroupId or an id error.</returns>
    public EwsResult<Done> SetImGroup(string groupId, string newDisplayName)
    {
        var found = FindGroup(groupId, whenUnknown: EwsError.InvalidImGroupId);
        if (!found.Succeeded)
            return found.Error;
        if (found.Value.Type != GroupType.UserGroup)
            return EwsError.InvalidImGroupId;
        if (State.HasGroupNamed(newDisplayName))
            return EwsError.ImGroupDisplayNameAlreadyExists;

        Record(new MailboxChange.GroupRenamed(found.Value.Id, newDisplayName));
        return default(Done);
    }

    /// <summary>Removes a user group; members that are in no other group go to Other Contacts. Learn: "RemoveImGroup operation".</summary>
    /// <param name="groupId">The Id attribute of GroupId.</param>
    /// <returns>Nothing, or ErrorInvalidImGroupId or an id error.</returns>
    public EwsResult<Done> RemoveImGroup(string groupId) =>
        RemoveGroup(groupId, GroupType.UserGroup, whenUnknown: EwsError.InvalidImGroupId);

    /// <summary>Puts a distribution group on the list; one that is there already stays. Learn: "AddDistributionGroupToImList operation".</summary>
    /// <param name="smtpAddress">Its address, which the directory knows.</param>
    /// <param name="displayName">Its name on the list.</param>
    /// <returns>The group, or ErrorImGroupDisplayNameAlreadyExists or ErrorImGroupLimitReached.</returns>
    public EwsResult<ImGroup> AddDistributionGroupToImList(SmtpAddress smtpAddress, string displayName)
    {
        if (State.Groups.Values.FirstOrDefault(group => group.SmtpAddress == smtpAddress) is { } present)
            return present;
        return AddGroup(GroupType.DistributionGroup, displayName, smtpAddress);
    }

    /// <summary>Takes a distribution group off the list. Learn: "RemoveDistributionGroupFromImList operation".</summary>
    /// <param name="groupId">The Id attribute of GroupId.</param>
    /// <returns>Nothing, or ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    public EwsResult<Done> RemoveDistributionGroupFromImList(string groupId) =>
        RemoveGroup(groupId, GroupType.DistributionGroup, whenUnknown: EwsError.ItemNotFound);

    /// <summary>Puts an IM contact in a group; who is in it already stays. Learn: "AddImContactToGroup operation".</summary>
    /// <param name="contactId">The Id attribute of ContactId.</param>
    /// <param name="groupId">The Id attribute of GroupId; null for Other Contacts.</param>
    /// <returns>Nothing, or ErrorInvalidImContactId, ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    public EwsResult<Done> AddImContactToGroup(string contactId, string? groupId)
    {
        var contact = FindContact(contactId);
        if (!contact.Succeeded)
            return contact.Error;
        var group = FindGroupOrOtherContacts(groupId);
        if (!group.Succeeded)
            return group.Error;

        Join(group.Value, contact.Value);
        return default(Done);
    }

    /// <summary>Makes an IM contact, or takes the one with this address, and puts it in a group. Learn: "AddNewImContactToGroup operation".</summary>
    /// <param name="imAddress">Its address, kept as it is.</param>
    /// <param name="displayName">Its name; null for the address. An existing contact keeps its own.</param>
    /// <param name="groupId">The Id attribute of GroupId; null for Other Contacts.</param>
    /// <returns>The contact, or ErrorImContactLimitReached, ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    public EwsResult<QuickContact> AddNewImContactToGroup(string imAddress, string? displayName, string? groupId)
    {
        var group = FindGroupOrOtherContacts(groupId);
        if (!group.Succeeded)
            return group.Error;

        return AddContact(State.FindQuickContact(imAddress) ?? NewQuickContact(QuickContact.PropertiesOf(imAddress, displayName ?? imAddress)), group.Value);
    }

    /// <summary>Makes a phone contact, or takes the one with this tel URI, and puts it in a group. Learn: "AddNewTelUriContactToGroup operation".</summary>
    /// <param name="telUri">Its addresses, kept as they are.</param>
    /// <param name="groupId">The Id attribute of GroupId; null for Other Contacts.</param>
    /// <returns>The contact, or ErrorImContactLimitReached, ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    public EwsResult<QuickContact> AddNewTelUriContactToGroup(TelUriContact telUri, string? groupId)
    {
        var group = FindGroupOrOtherContacts(groupId);
        if (!group.Succeeded)
            return group.Error;

        var contact = State.FindTelUriContact(telUri.TelUriAddress) ?? NewQuickContact(QuickContact.PropertiesOf(telUri)) with { TelUri = telUri };
        return AddContact(contact, group.Value);
    }

    /// <summary>Takes a contact out of a group; out of its last group, the contact is gone. Learn: "RemoveImContactFromGroup operation".</summary>
    /// <param name="contactId">The Id attribute of ContactId.</param>
    /// <param name="groupId">The Id attribute of GroupId.</param>
    /// <returns>Nothing, or ErrorInvalidImContactId, ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    public EwsResult<Done> RemoveImContactFromGroup(string contactId, string groupId)
    {
        var contact = FindContact(contactId);
        if (!contact.Succeeded)
            return contact.Error;
        var group = FindGroup(groupId, whenUnknown: EwsError.ItemNotFound);
        if (!group.Succeeded)
            return group.Error;
        if (!MailboxState.IsMember(group.Value, contact.Value))
            return EwsError.InvalidImContactId;

        if (!contact.Value.Groups.IsEmpty)
            Record(new MailboxChange.MemberRemoved(group.Value.Id, contact.Value.Id));

        // Seen on real servers by the author of a client: out of the last group is off the list.
        if (State.QuickContacts[contact.Value.Id].Groups.IsEmpty)
            Record(new MailboxChange.QuickContactRemoved(contact.Value.Id));
        return default(Done);
    }

    /// <summary>Takes a contact out of every group and off the list. Learn: "RemoveContactFromImList operation".</summary>
    /// <param name="contactId">The Id attribute of ContactId.</param>
    /// <returns>Nothing, or ErrorItemNotFound, ErrorInvalidImContactId or an id error.</returns>
    public EwsResult<Done> RemoveContactFromImList(string contactId)
    {
        var contact = FindContact(contactId, whenUnknown: EwsError.ItemNotFound);
        if (!contact.Succeeded)
            return contact.Error;

        return RemoveQuickContact(contact.Value);
    }

    /// <summary>Notes whether the IM client's contact list lives here now. Learn: "SetImListMigrationCompleted operation".</summary>
    /// <param name="completed">Whether it does.</param>
    public EwsResult<Done> SetImListMigrationCompleted(bool completed)
    {
        if (completed != State.ImListMigrationCompleted)
            Record(new MailboxChange.ImListMigrationSet(completed));
        return default(Done);
    }

    /// <summary>Loads a user group with an id that was not minted here, as documents print them.</summary>
    public ImGroup LoadGroup(ImGroupId id, string displayName)
    {
        var group = new ImGroup(id, GroupType.UserGroup, displayName, NextCounter());
        Record(new MailboxChange.GroupAdded(group));
        return group;
    }

    /// <summary>Loads a contact with an id that was not minted here, into a group or Other Contacts.</summary>
    public QuickContact LoadContact(ImContactId id, string imAddress, string displayName, ImGroup? group = null)
    {
        var contact = NewQuickContact(QuickContact.PropertiesOf(imAddress, displayName)) with { Id = id };
        Record(new MailboxChange.QuickContactAdded(contact));
        if (group is not null)
            Join(group, contact);
        return State.QuickContacts[id];
    }

    private void Record(MailboxChange change)
    {
        State = State.Apply(change);
        _changes.Add(change);
    }

    private void Join(ImGroup group, QuickContact contact)
    {
        if (group.Type != GroupType.OtherContacts && !MailboxState.IsMember(group, contact))
            Record(new MailboxChange.MemberAdded(group.Id, contact.Id, NextCounter()));
    }

    private EwsResult<ImGroup> AddGroup(string type, string displayName, SmtpAddress? smtpAddress)
    {
        if (State.HasGroupNamed(displayName))
            return EwsError.ImGroupDisplayNameAlreadyExists;
        if (State.LimitedGroups >= limits.MaxGroups)
            return EwsError.ImGroupLimitReached;

        var group = NewGroup(type, displayName) with { SmtpAddress = smtpAddress };
        Record(new MailboxChange.GroupAdded(group));
        return group;
    }

    private EwsResult<Done> RemoveGroup(string groupId, string type, EwsError whenUnknown)
    {
        var found = FindGroup(groupId, whenUnknown);
        if (!found.Succeeded)
            return found.Error;
        if (found.Value.Type != type)
            return EwsError.InvalidImGroupId;

        return RemoveGroup(found.Value);
    }

    private EwsResult<Done> RemoveGroup(ImGroup group)
    {
        foreach (var member in group.Members.Keys)
            Record(new MailboxChange.MemberRemoved(group.Id, member));
        Record(new MailboxChange.GroupRemoved(group.Id));
        return default(Done);
    }

    private EwsResult<Done> RemoveQuickContact(QuickContact contact)
    {
        foreach (var group in contact.Groups)
            Record(new MailboxChange.MemberRemoved(group, contact.Id));
        Record(new MailboxChange.QuickContactRemoved(contact.Id));
        return default(Done);
    }

    /// <summary>Adds a contact that is new, and puts it in a group in any case.</summary>
    private EwsResult<QuickContact> AddContact(QuickContact contact, ImGroup group)
    {
        if (!State.QuickContacts.ContainsKey(contact.Id))
        {
            if (State.QuickContacts.Count >= limits.MaxContacts)
                return EwsError.ImContactLimitReached;
            Record(new MailboxChange.QuickContactAdded(contact));
        }

        Join(group, contact);
        return State.QuickContacts[contact.Id];
    }

    private ImGroup NewGroup(string type, string displayName)
    {
        var counter = NextCounter();
        return new ImGroup(new ImGroupId(StoreId.ForItem(State.MailboxGuid, MailboxFolder.ImContactList, counter)), type, displayName, counter);
    }

    private QuickContact NewQuickContact(ContactProperties properties)
    {
        var counter = NextCounter();
        return new QuickContact(
            new ImContactId(StoreId.ForItem(State.MailboxGuid, MailboxFolder.QuickContacts, counter)), NewPersonaId(counter), properties, Now(), Version: 1, counter);
    }

    private PersonaId NewPersonaId(long counter) => new(StoreId.ForPersona(State.MailboxGuid, newGuid(counter)));

    private DateTime Now() => WholeSeconds.Now(clock);

    private long NextCounter() => State.LastCounter + 1;

    private EwsResult<ImGroup> FindGroupOrOtherContacts(string? groupId) => groupId is null
        ? State.Groups.Values.Single(group => group.Type == GroupType.OtherContacts)
        : FindGroup(groupId, whenUnknown: EwsError.ItemNotFound);

    private EwsResult<ImGroup> FindGroup(string id, EwsError whenUnknown)
    {
        if (State.Groups.TryGetValue(new ImGroupId(id), out var group))
            return group;
        if (State.QuickContacts.ContainsKey(new ImContactId(id)) || State.Contacts.ContainsKey(new ContactId(id)))
            return EwsError.InvalidImGroupId;
        return IncomingId.Classify(id, State.MailboxGuid, whenPersona: EwsError.InvalidImGroupId) ?? whenUnknown;
    }

    private EwsResult<QuickContact> FindContact(string id) => FindContact(id, whenUnknown: EwsError.InvalidImContactId);

    private EwsResult<QuickContact> FindContact(string id, EwsError whenUnknown)
    {
        if (State.QuickContacts.TryGetValue(new ImContactId(id), out var contact))
            return contact;
        if (State.Groups.ContainsKey(new ImGroupId(id)) || State.Contacts.ContainsKey(new ContactId(id)))
            return EwsError.InvalidImContactId;
        return IncomingId.Classify(id, State.MailboxGuid, whenPersona: EwsError.InvalidImContactId) ?? whenUnknown;
    }
}
