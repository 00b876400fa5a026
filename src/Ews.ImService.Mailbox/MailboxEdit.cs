namespace Ews.ImService.Mailbox;

/// <summary>Applies the rules of the IM list to a mailbox and collects the resulting changes.</summary>
/// <remarks>
/// A method either returns an error and changes nothing, or appends its changes to <see cref="Changes"/>. The caller stores the changes and
/// publishes <see cref="State"/>, or discards both.
/// </remarks>
/// <param name="before">The mailbox before the operation.</param>
/// <param name="limits">The limits of the mailbox.</param>
/// <param name="clock">The clock for creation times.</param>
/// <param name="newGuid">Creates the GUID of the persona of a contact, given the ordinal of the contact.</param>
public sealed partial class MailboxEdit(MailboxState before, MailboxLimits limits, TimeProvider clock, Func<long, Guid> newGuid)
{
    private readonly List<(MailboxState Before, MailboxChange Change)> _changes = [];

    /// <summary>Gets the mailbox with all changes so far.</summary>
    public MailboxState State { get; private set; } = before;

    /// <summary>Gets the changes, in order, each with the mailbox before it.</summary>
    public IReadOnlyList<(MailboxState Before, MailboxChange Change)> Changes => _changes;

    /// <summary>Returns the changes as entries that continue the change log of the mailbox.</summary>
    public IReadOnlyList<LogEntry> ToLogEntries() =>
        _changes.Count == 0 ? [] : LogEntries.From(_changes[0].Before, _changes, State, Now);

    /// <summary>Adds the three system groups to a new mailbox.</summary>
    public void AddSystemGroups()
    {
        foreach (var (type, displayName) in MailboxState.SystemGroups)
            Record(new MailboxChange.GroupAdded(NewGroup(type, displayName)));
    }

    /// <summary>Adds a user group.</summary>
    /// <param name="displayName">The display name, stored unchanged.</param>
    /// <returns>The group, or ErrorImGroupDisplayNameAlreadyExists or ErrorImGroupLimitReached.</returns>
    /// <remarks>Learn: "AddImGroup operation".</remarks>
    public EwsResult<ImGroup> AddImGroup(string displayName) => AddGroup(GroupType.UserGroup, displayName, smtpAddress: null);

    /// <summary>Renames a user group. The current name of the group is rejected as an existing name.</summary>
    /// <param name="groupId">The Id attribute of GroupId.</param>
    /// <param name="newDisplayName">The new display name, stored unchanged.</param>
    /// <returns>No value, or ErrorImGroupDisplayNameAlreadyExists, ErrorInvalidImGroupId or an id error.</returns>
    /// <remarks>Learn: "SetImGroup operation".</remarks>
    public EwsResult<Done> SetImGroup(string groupId, string newDisplayName) =>
        FindGroup(groupId, GroupType.UserGroup, whenUnknown: EwsError.InvalidImGroupId).Then<Done>(group =>
        {
            if (State.HasGroupNamed(newDisplayName))
                return EwsError.ImGroupDisplayNameAlreadyExists;
            Record(new MailboxChange.GroupRenamed(group.Id, newDisplayName));
            return default(Done);
        });

    /// <summary>Removes a user group. Members that are in no other group become members of Other Contacts.</summary>
    /// <param name="groupId">The Id attribute of GroupId.</param>
    /// <returns>No value, or ErrorInvalidImGroupId or an id error.</returns>
    /// <remarks>Learn: "RemoveImGroup operation".</remarks>
    public EwsResult<Done> RemoveImGroup(string groupId) =>
        FindGroup(groupId, GroupType.UserGroup, whenUnknown: EwsError.InvalidImGroupId).Select(RemoveGroup);

    /// <summary>Adds a distribution group to the list. A distribution group that is already on the list remains unchanged.</summary>
    /// <param name="smtpAddress">The address of the distribution group, which the directory contains.</param>
    /// <param name="displayName">The display name on the list.</param>
    /// <returns>The group, or ErrorImGroupDisplayNameAlreadyExists or ErrorImGroupLimitReached.</returns>
    /// <remarks>Learn: "AddDistributionGroupToImList operation".</remarks>
    public EwsResult<ImGroup> AddDistributionGroupToImList(SmtpAddress smtpAddress, string displayName) =>
        State.Groups.Values.FirstOrDefault(group => group.SmtpAddress == smtpAddress) is { } present
            ? present
            : AddGroup(GroupType.DistributionGroup, displayName, smtpAddress);

    /// <summary>Removes a distribution group from the list.</summary>
    /// <param name="groupId">The Id attribute of GroupId.</param>
    /// <returns>No value, or ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    /// <remarks>Learn: "RemoveDistributionGroupFromImList operation".</remarks>
    public EwsResult<Done> RemoveDistributionGroupFromImList(string groupId) =>
        FindGroup(groupId, GroupType.DistributionGroup, whenUnknown: EwsError.ItemNotFound).Select(RemoveGroup);

    /// <summary>Adds an IM contact to a group. A contact that is already in the group remains in it.</summary>
    /// <param name="contactId">The Id attribute of ContactId.</param>
    /// <param name="groupId">The Id attribute of GroupId, or <c>null</c> for Other Contacts.</param>
    /// <returns>No value, or ErrorInvalidImContactId, ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    /// <remarks>Learn: "AddImContactToGroup operation".</remarks>
    public EwsResult<Done> AddImContactToGroup(string contactId, string? groupId) =>
        FindImContact(contactId, whenUnknown: EwsError.InvalidImContactId)
            .Then(contact => FindGroupOrOtherContacts(groupId).Select(group => AddMember(group, contact)));

    /// <summary>Adds an IM contact to a group. The contact is created unless one with the same IM address exists.</summary>
    /// <param name="imAddress">The IM address, stored unchanged.</param>
    /// <param name="displayName">The display name of a new contact, or <c>null</c> to use the IM address.</param>
    /// <param name="groupId">The Id attribute of GroupId, or <c>null</c> for Other Contacts.</param>
    /// <returns>The contact, or ErrorImContactLimitReached, ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    /// <remarks>Learn: "AddNewImContactToGroup operation".</remarks>
    public EwsResult<Contact> AddNewImContactToGroup(string imAddress, string? displayName, string? groupId) =>
        FindGroupOrOtherContacts(groupId).Then(group => AddImContact(
            group,
            State.FindImContact(imAddress),
            () => NewImContact(ContactProperties.FromImAddress(imAddress, displayName ?? imAddress), telUri: null)));

    /// <summary>Adds a phone contact to a group. The contact is created unless one with the same tel URI exists.</summary>
    /// <param name="telUri">The URIs and the number, stored unchanged.</param>
    /// <param name="groupId">The Id attribute of GroupId, or <c>null</c> for Other Contacts.</param>
    /// <returns>The contact, or ErrorImContactLimitReached, ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    /// <remarks>Learn: "AddNewTelUriContactToGroup operation".</remarks>
    public EwsResult<Contact> AddNewTelUriContactToGroup(TelUriContact telUri, string? groupId) =>
        FindGroupOrOtherContacts(groupId).Then(group => AddImContact(
            group,
            State.FindTelUriContact(telUri.TelUriAddress),
            () => NewImContact(ContactProperties.FromTelUri(telUri), telUri)));

    /// <summary>
    /// Removes an IM contact from a group. A contact that is in no other group, except Tagged, is removed from the list. Removal from
    /// Tagged never removes a contact from the list.
    /// </summary>
    /// <param name="contactId">The Id attribute of ContactId.</param>
    /// <param name="groupId">The Id attribute of GroupId.</param>
    /// <returns>No value, or ErrorInvalidImContactId, ErrorInvalidImGroupId, ErrorItemNotFound or an id error.</returns>
    /// <remarks>
    /// Learn: "RemoveImContactFromGroup operation"; [MS-OXWSCOS] section 3.1.4.10. The author of a client observed on real servers that
    /// removal from the last group also removes the contact from the list.
    /// </remarks>
    public EwsResult<Done> RemoveImContactFromGroup(string contactId, string groupId) =>
        FindImContact(contactId, whenUnknown: EwsError.InvalidImContactId)
            .Then(contact => FindGroup(groupId, whenUnknown: EwsError.ItemNotFound).Then(group => RemoveMember(group, contact)));

    /// <summary>Removes an IM contact from every group and from the list.</summary>
    /// <param name="contactId">The Id attribute of ContactId.</param>
    /// <returns>No value, or ErrorItemNotFound, ErrorInvalidImContactId or an id error.</returns>
    /// <remarks>Learn: "RemoveContactFromImList operation".</remarks>
    public EwsResult<Done> RemoveContactFromImList(string contactId) =>
        FindImContact(contactId, whenUnknown: EwsError.ItemNotFound).Select(RemoveContact);

    /// <summary>Sets whether the mailbox holds the contact list of the IM client.</summary>
    /// <param name="completed"><c>true</c> if the mailbox holds the list; otherwise, <c>false</c>.</param>
    /// <returns>No value. The method always succeeds.</returns>
    /// <remarks>Learn: "SetImListMigrationCompleted operation".</remarks>
    public EwsResult<Done> SetImListMigrationCompleted(bool completed)
    {
        if (completed != State.ImListMigrationCompleted)
            Record(new MailboxChange.ImListMigrationSet(completed));
        return default(Done);
    }

    /// <summary>Stores the out-of-office settings.</summary>
    /// <param name="settings">The settings, which replace all present ones.</param>
    /// <returns>No value, or ErrorInvalidScheduledOofDuration or ErrorInvalidUserOofSettings.</returns>
    /// <remarks>Learn: "SetUserOofSettings operation".</remarks>
    public EwsResult<Done> SetOofSettings(OofSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Check(clock.GetUtcNow().UtcDateTime) is { } error)
            return error;
        if (settings != State.Oof)
            Record(new MailboxChange.OofSet(settings));
        return default(Done);
    }

    private void Record(MailboxChange change)
    {
        _changes.Add((State, change));
        State = State.Apply(change);
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

    private Done RemoveGroup(ImGroup group)
    {
        foreach (var member in group.Members.Keys)
            Record(new MailboxChange.MemberRemoved(group.Id, member));
        Record(new MailboxChange.GroupRemoved(group.Id));
        return default;
    }

    private EwsResult<Contact> AddImContact(ImGroup group, Contact? present, Func<Contact> create)
    {
        if (present is null && State.ImContactCount >= limits.MaxContacts)
            return EwsError.ImContactLimitReached;

        var contact = present ?? create();
        if (present is null)
            Record(new MailboxChange.ContactAdded(contact));
        AddMember(group, contact);
        return State.Contacts[contact.Id];
    }

    private Done AddMember(ImGroup group, Contact contact)
    {
        if (group.Type != GroupType.OtherContacts && !MailboxState.IsMember(group, contact))
            Record(new MailboxChange.MemberAdded(group.Id, contact.Id, NextCounter()));
        return default;
    }

    private EwsResult<Done> RemoveMember(ImGroup group, Contact contact)
    {
        if (!MailboxState.IsMember(group, contact))
            return EwsError.InvalidImContactId;
        if (group.Type != GroupType.OtherContacts)
            Record(new MailboxChange.MemberRemoved(group.Id, contact.Id));
        var remaining = State.Contacts[contact.Id];
        return group.Type != GroupType.Tagged && remaining.ImListEntry!.Groups.All(id => State.Groups[id].Type == GroupType.Tagged)
            ? RemoveContact(remaining)
            : default(Done);
    }

    private Done RemoveContact(Contact contact)
    {
        foreach (var group in contact.ImListEntry?.Groups ?? [])
            Record(new MailboxChange.MemberRemoved(group, contact.Id));
        Record(new MailboxChange.ContactRemoved(contact.Id));
        return default;
    }

    private ImGroup NewGroup(string type, string displayName)
    {
        var (ordinal, id) = NextItem(MailboxFolder.ImContactList);
        return new ImGroup(new ImGroupId(id), type, displayName, ordinal);
    }

    private Contact NewImContact(ContactProperties properties, TelUriContact? telUri) =>
        NewContact(MailboxFolder.QuickContacts, properties) with { ImListEntry = new ImListEntry(telUri) };

    private Contact NewContact(MailboxFolder folder, ContactProperties properties)
    {
        var (ordinal, id) = NextItem(folder);
        return new Contact(
            new ContactId(id),
            new PersonaId(StoreId.ForPersona(State.MailboxGuid, newGuid(ordinal))),
            properties,
            Now,
            Version: 1,
            ordinal)
        {
            Folder = folder.Counter,
        };
    }

    /// <summary>Gets the current time, with the resolution of stored times.</summary>
    private DateTime Now => Milliseconds.Now(clock);

    private long NextCounter() => State.LastCounter + 1;

    /// <summary>Returns the ordinal and the id of a new item.</summary>
    /// <remarks>Ordinals whose id a seed document gave to another item are skipped; a stored mailbox can contain such items.</remarks>
    private (long Ordinal, string Id) NextItem(MailboxFolder folder)
    {
        var ordinal = NextCounter();
        var id = StoreId.ForItem(State.MailboxGuid, folder, ordinal);
        while (State.Groups.ContainsKey(new ImGroupId(id)) || State.Contacts.ContainsKey(new ContactId(id)))
            id = StoreId.ForItem(State.MailboxGuid, folder, ++ordinal);
        return (ordinal, id);
    }

    private EwsResult<ImGroup> FindGroupOrOtherContacts(string? groupId) => groupId is null
        ? State.Groups.Values.Single(group => group.Type == GroupType.OtherContacts)
        : FindGroup(groupId, whenUnknown: EwsError.ItemNotFound);

    private EwsResult<ImGroup> FindGroup(string id, string type, EwsError whenUnknown) =>
        FindGroup(id, whenUnknown).Then<ImGroup>(group => group.Type == type ? group : EwsError.InvalidImGroupId);

    private EwsResult<ImGroup> FindGroup(string id, EwsError whenUnknown)
    {
        if (State.Groups.TryGetValue(new ImGroupId(id), out var group))
            return group;
        if (State.Contacts.ContainsKey(new ContactId(id)))
            return EwsError.InvalidImGroupId;
        return IncomingId.Classify(id, State.MailboxGuid, whenPersona: EwsError.InvalidImGroupId) ?? whenUnknown;
    }

    private EwsResult<Contact> FindImContact(string id, EwsError whenUnknown)
    {
        if (State.Contacts.TryGetValue(new ContactId(id), out var contact))
            return contact.IsImContact ? contact : EwsError.InvalidImContactId;
        if (State.Groups.ContainsKey(new ImGroupId(id)))
            return EwsError.InvalidImContactId;
        return IncomingId.Classify(id, State.MailboxGuid, whenPersona: EwsError.InvalidImContactId) ?? whenUnknown;
    }
}
