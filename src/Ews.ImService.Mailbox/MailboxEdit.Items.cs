using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>A property's new value.</summary>
/// <param name="Path">The property's path, see <see cref="ContactProperties"/>.</param>
/// <param name="Values">Its values; none removes it.</param>
public sealed record PropertyChange(string Path, ImmutableArray<string> Values)
{
    /// <summary>Whether the values join those that are there: a body's text goes behind the text, list entries behind the entries.</summary>
    public bool IsAppended { get; init; }
}

/// <summary>The rules of contacts as items.</summary>
public sealed partial class MailboxEdit
{
    /// <summary>Makes an ordinary contact. Learn: "CreateItem operation (contact)".</summary>
    /// <param name="properties">What it says.</param>
    public MailboxItem CreateContact(ContactProperties properties)
    {
        var counter = NextCounter();
        var now = Now();
        var contact = new Contact(new ContactId(StoreId.ForItem(State.MailboxGuid, MailboxFolder.Contacts, counter)), NewPersonaId(counter), properties, now, now, Version: 1, counter);
        Record(new MailboxChange.ContactAdded(contact));
        return MailboxItem.Of(State.MailboxGuid, contact);
    }

    /// <summary>Changes what a contact says. Learn: "UpdateItem operation (contact)".</summary>
    /// <param name="itemId">The Id attribute of ItemId.</param>
    /// <param name="changes">The properties to set and to remove, in order.</param>
    /// <param name="conflict">Whether a change in between counts, by the change key that the caller read.</param>
    /// <returns>
    /// The item, or ErrorItemNotFound, ErrorInvalidPropertySet, ErrorInvalidPropertyDelete, ErrorChangeKeyRequiredForWriteOperations,
    /// ErrorIrresolvableConflict or an id error.
    /// </returns>
    public EwsResult<MailboxItem> UpdateItem(string itemId, IReadOnlyList<PropertyChange> changes, ConflictRule conflict)
    {
        var item = State.FindItem(itemId);
        if (!item.Succeeded)
            return item.Error;
        if (conflict.Check(item.Value) is { } refused)
            return refused;

        return State.Contacts.TryGetValue(new ContactId(itemId), out var contact) ? Update(contact, changes)
            : State.QuickContacts.TryGetValue(new ImContactId(itemId), out var quickContact) ? Update(quickContact, changes)
            : EwsError.InvalidPropertySet(changes[0].Path);
    }

    /// <summary>Deletes a contact or an IM group. Learn: "DeleteItem operation".</summary>
    /// <remarks>An IM contact is off the list with it; a group's members stay, in Other Contacts if they are in no other group.</remarks>
    /// <param name="itemId">The Id attribute of ItemId.</param>
    /// <returns>Nothing, or ErrorItemNotFound, ErrorCannotDeleteObject for a system group, or an id error.</returns>
    public EwsResult<Done> DeleteItem(string itemId)
    {
        if (State.QuickContacts.TryGetValue(new ImContactId(itemId), out var quickContact))
            return RemoveQuickContact(quickContact);
        if (State.Groups.TryGetValue(new ImGroupId(itemId), out var group))
            return group.CountsAgainstLimit ? RemoveGroup(group) : EwsError.CannotDeleteObject;

        var item = State.FindItem(itemId);
        if (!item.Succeeded)
            return item.Error;
        Record(new MailboxChange.ContactRemoved(new ContactId(itemId)));
        return default(Done);
    }

    private EwsResult<MailboxItem> Update(Contact contact, IReadOnlyList<PropertyChange> changes)
    {
        var updated = contact with { Properties = Changed(contact.Properties, changes), LastModifiedTime = Now(), Version = contact.Version + 1 };
        Record(new MailboxChange.ContactUpdated(updated));
        return MailboxItem.Of(State.MailboxGuid, updated);
    }

    /// <summary>An IM contact is its address, and has a name: neither can be taken from it.</summary>
    private EwsResult<MailboxItem> Update(QuickContact contact, IReadOnlyList<PropertyChange> changes)
    {
        if (changes.FirstOrDefault(change => change.Path == ContactPath.ImAddress1) is { } address)
            return address.Values.IsEmpty ? EwsError.InvalidPropertyDelete(address.Path) : EwsError.InvalidPropertySet(address.Path);
        if (changes.FirstOrDefault(change => change.Path == ContactPath.DisplayName && (change.Values.IsEmpty || change.Values[0].Length == 0)) is { } name)
            return EwsError.InvalidPropertyDelete(name.Path);

        var updated = contact with { Properties = Changed(contact.Properties, changes), LastModifiedTime = Now(), Version = contact.Version + 1 };
        Record(new MailboxChange.QuickContactUpdated(updated));
        return MailboxItem.Of(State.MailboxGuid, updated);
    }

    private static ContactProperties Changed(ContactProperties properties, IReadOnlyList<PropertyChange> changes) =>
        changes.Aggregate(properties, (changed, change) => changed.With(change.Path, change.IsAppended ? Appended(changed.Values(change.Path), change) : change.Values));

    private static ImmutableArray<string> Appended(ImmutableArray<string> present, PropertyChange change)
    {
        if (present.IsEmpty)
            return change.Values;
        return change.Path == ContactPath.Body ? present.SetItem(0, present[0] + change.Values[0]) : [.. present, .. change.Values];
    }
}

/// <summary>What an update does about changes since the caller read the item. Learn: "UpdateItem".</summary>
/// <param name="ChangeKey">The change key that the caller sent; null where it sent none.</param>
/// <param name="NeedsChangeKey">Whether there has to be one: always, unless everything may be overwritten.</param>
/// <param name="RefusesChanged">Whether an item that has changed is refused; otherwise the later change wins.</param>
public readonly record struct ConflictRule(string? ChangeKey, bool NeedsChangeKey, bool RefusesChanged)
{
    /// <summary>Null, or ErrorChangeKeyRequiredForWriteOperations or ErrorIrresolvableConflict.</summary>
    public EwsError? Check(MailboxItem item)
    {
        if (NeedsChangeKey && string.IsNullOrEmpty(ChangeKey))
            return EwsError.ChangeKeyRequired;
        return RefusesChanged && ChangeKey != item.ChangeKey ? EwsError.IrresolvableConflict : null;
    }
}
