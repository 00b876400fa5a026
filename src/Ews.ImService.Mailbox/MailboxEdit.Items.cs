using System.Collections.Immutable;
using System.Globalization;

namespace Ews.ImService.Mailbox;

/// <content>The rules of contacts as items.</content>
public sealed partial class MailboxEdit
{
    /// <summary>Creates an ordinary contact.</summary>
    /// <param name="properties">The properties.</param>
    /// <returns>The contact as an item.</returns>
    /// <remarks>Learn: "CreateItem operation (contact)".</remarks>
    public MailboxItem CreateContact(ContactProperties properties)
    {
        var contact = NewContact(MailboxFolder.Contacts, properties);
        Record(new MailboxChange.ContactAdded(contact));
        return MailboxItem.From(State, contact);
    }

    /// <summary>Verifies that an item was not completed in the future.</summary>
    /// <param name="properties">The properties of the item.</param>
    /// <returns><c>null</c>, or ErrorInvalidCompleteDate.</returns>
    public EwsError? CheckFlag(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return ItemFlag.Read(properties.Values(ContactPath.Flag)) is { CompleteDate: { Length: > 0 } date }
            && DateTimeOffset.Parse(date, CultureInfo.InvariantCulture) > clock.GetUtcNow()
                ? EwsError.InvalidCompleteDate
                : null;
    }

    /// <summary>Updates the properties of a contact.</summary>
    /// <param name="itemId">The Id attribute of ItemId.</param>
    /// <param name="changes">The changes of properties, in order.</param>
    /// <param name="conflict">The rule for changes that other callers made after the caller read the contact.</param>
    /// <returns>
    /// The contact as an item and the number of resolved conflicts, or ErrorItemNotFound, ErrorInvalidPropertySet,
    /// ErrorInvalidPropertyDelete, ErrorChangeKeyRequiredForWriteOperations, ErrorInvalidChangeKey, ErrorIrresolvableConflict or an id error.
    /// </returns>
    /// <remarks>Learn: "UpdateItem operation (contact)".</remarks>
    public EwsResult<ItemUpdate> UpdateItem(string itemId, IReadOnlyList<PropertyChange> changes, ConflictRule conflict) =>
        State.FindItem(itemId).Then<ItemUpdate>(item =>
        {
            if (conflict.Check(item) is { } error)
                return error;
            if (!State.Contacts.TryGetValue(new ContactId(itemId), out var contact))
                return EwsError.InvalidPropertySet(changes is [var first, ..] ? first.Path : null);
            var properties = ContactNames.Apply(contact.Properties, changes);
            if (CheckFlag(properties) is { } future)
                return future;
            if (contact.IsImContact && CheckImContact(contact, properties) is { } violation)
                return violation;

            var updated = contact with
            {
                Properties = properties,
                LastModifiedTime = WholeSeconds.Now(clock),
                Version = contact.Version + 1,
            };
            Record(new MailboxChange.ContactUpdated(updated));
            return new ItemUpdate(MailboxItem.From(State, updated), conflict.Count(item, properties, changes));
        });

    /// <summary>Deletes a contact or an IM group.</summary>
    /// <remarks>
    /// Learn: "DeleteItem operation". An IM contact is removed from the list. Members of a deleted group that are in no other group become
    /// members of Other Contacts.
    /// </remarks>
    /// <param name="itemId">The Id attribute of ItemId.</param>
    /// <returns>No value, or ErrorItemNotFound, ErrorCannotDeleteObject for a system group, or an id error.</returns>
    public EwsResult<Done> DeleteItem(string itemId)
    {
        if (State.Contacts.TryGetValue(new ContactId(itemId), out var contact))
            return RemoveContact(contact);
        if (State.Groups.TryGetValue(new ImGroupId(itemId), out var group))
            return group.CountsAgainstLimit ? RemoveGroup(group) : EwsError.CannotDeleteObject;
        return IncomingId.Classify(itemId, State.MailboxGuid, whenPersona: EwsError.ItemNotFound) ?? EwsError.ItemNotFound;
    }

    /// <summary>The IM address of an IM contact cannot change, and its display name cannot be deleted.</summary>
    private static EwsError? CheckImContact(Contact contact, ContactProperties changed)
    {
        if (changed[ContactPath.ImAddress1] is not { } address)
            return contact.ImAddress is null ? CheckName(changed) : EwsError.InvalidPropertyDelete(ContactPath.ImAddress1);
        return address == contact.ImAddress ? CheckName(changed) : EwsError.InvalidPropertySet(ContactPath.ImAddress1);
    }

    private static EwsError? CheckName(ContactProperties changed) =>
        string.IsNullOrEmpty(changed[ContactPath.DisplayName]) ? EwsError.InvalidPropertyDelete(ContactPath.DisplayName) : null;
}
