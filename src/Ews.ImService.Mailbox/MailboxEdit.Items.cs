using System.Collections.Immutable;
using System.Globalization;

namespace Ews.ImService.Mailbox;

/// <content>The rules of contacts as items.</content>
public sealed partial class MailboxEdit
{
    /// <summary>Determines whether contacts can be created in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>
    /// <c>null</c>, or ErrorCannotCreateContactInNonContactFolder, or ErrorCreateItemAccessDenied for the folders of the IM list.
    /// </returns>
    /// <remarks>Learn: "CreateItem operation (contact)".</remarks>
    public static EwsError? CheckForNewContact(MailboxFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!folder.IsContactsFolder)
            return EwsError.CannotCreateContactInNonContactFolder;
        return folder.IsOfImList ? EwsError.CreateItemAccessDenied : null;
    }

    /// <summary>Creates an ordinary contact.</summary>
    /// <param name="properties">The properties.</param>
    /// <param name="folder">A folder that <see cref="CheckForNewContact"/> accepts; the default is Contacts.</param>
    /// <returns>The contact as an item, or ErrorQuotaExceeded.</returns>
    /// <remarks>Learn: "CreateItem operation (contact)".</remarks>
    public EwsResult<MailboxItem> CreateContact(ContactProperties properties, MailboxFolder? folder = null)
    {
        if (State.OrdinaryContactCount >= limits.MaxItems)
            return EwsError.QuotaExceeded;
        var contact = NewContact(folder ?? MailboxFolder.Contacts, properties);
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
    /// ErrorInvalidPropertyDelete, ErrorChangeKeyRequiredForWriteOperations, ErrorInvalidChangeKey, ErrorIrresolvableConflict or an id
    /// error.
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
            if (Contact.IsDistributionListClass(properties[ContactPath.ItemClass]) != contact.IsDistributionList)
                return EwsError.ObjectTypeChanged;
            if (changes.Any(change => change.Path == ContactPath.Members))
            {
                var completed = CompleteMembers(properties);
                if (!completed.Succeeded)
                    return completed.Error;
                properties = completed.Value;
            }

            if (CheckFlag(properties) is { } future)
                return future;
            if (contact.IsImContact && CheckImContact(contact, properties) is { } violation)
                return violation;

            var updated = contact with
            {
                Properties = properties,
                LastModifiedTime = Now,
                Version = contact.Version + 1,
            };
            Record(new MailboxChange.ContactUpdated(updated));
            return new ItemUpdate(MailboxItem.From(State, updated), conflict.Count(item, properties, changes));
        });

    /// <summary>Deletes a contact or an IM group.</summary>
    /// <remarks>
    /// Learn: "DeleteItem operation", "Deleting items by using EWS in Exchange". An IM contact is removed from the list. Members of a
    /// deleted group that are in no other group become members of Other Contacts.
    /// </remarks>
    /// <param name="itemId">The Id attribute of ItemId.</param>
    /// <param name="type">The type of the deletion of an ordinary contact.</param>
    /// <returns>No value, or ErrorItemNotFound, ErrorCannotDeleteObject for a system group, or an id error.</returns>
    public EwsResult<Done> DeleteItem(string itemId, DeletionType type = DeletionType.HardDelete)
    {
        if (State.Contacts.TryGetValue(new ContactId(itemId), out var contact))
            return DeleteContact(contact, type);
        if (State.Groups.TryGetValue(new ImGroupId(itemId), out var group))
            return group.CountsAgainstLimit ? RemoveGroup(group) : EwsError.CannotDeleteObject;
        return IncomingId.Classify(itemId, State.MailboxGuid, whenPersona: EwsError.ItemNotFound) ?? EwsError.ItemNotFound;
    }

    /// <summary>Moves an ordinary contact to a folder. The contact has a new id there, and the same change key.</summary>
    /// <param name="itemId">The Id attribute of ItemId.</param>
    /// <param name="target">The folder: Deleted Items, or a folder of contacts that is not a folder of the IM list.</param>
    /// <returns>
    /// The contact as an item, or <c>null</c> for an IM contact that was moved to Deleted Items: it is removed from the IM list.
    /// ErrorItemNotFound, ErrorMoveCopyFailed or an id error otherwise.
    /// </returns>
    /// <remarks>Learn: "MoveItem operation".</remarks>
    public EwsResult<MailboxItem?> MoveItem(string itemId, MailboxFolder target)
    {
        if (target == MailboxFolder.DeletedItems
            && State.Contacts.TryGetValue(new ContactId(itemId), out var imContact)
            && imContact.IsImContact)
        {
            RemoveContact(imContact);
            return (MailboxItem?)null;
        }

        return FindMovable(itemId, target).Select(contact => (MailboxItem?)MailboxItem.From(State, MoveContact(contact, target)));
    }

    /// <summary>Copies an ordinary contact to a folder.</summary>
    /// <param name="itemId">The Id attribute of ItemId.</param>
    /// <param name="target">The folder: Deleted Items, or a folder of contacts that is not a folder of the IM list.</param>
    /// <returns>The copy as an item, or ErrorItemNotFound, ErrorMoveCopyFailed, ErrorQuotaExceeded or an id error.</returns>
    /// <remarks>Learn: "CopyItem operation".</remarks>
    public EwsResult<MailboxItem> CopyItem(string itemId, MailboxFolder target) =>
        FindMovable(itemId, target).Then<MailboxItem>(contact => State.OrdinaryContactCount >= limits.MaxItems
            ? EwsError.QuotaExceeded
            : MailboxItem.From(State, CopyContact(contact, target)));

    private EwsResult<Contact> FindMovable(string itemId, MailboxFolder target) => State.FindItem(itemId).Then<Contact>(_ =>
        State.Contacts.TryGetValue(new ContactId(itemId), out var contact) && !contact.IsImContact
            && (target == MailboxFolder.DeletedItems || CheckForNewContact(target) is null)
                ? contact
                : EwsError.MoveCopyFailed);

    private Contact MoveContact(Contact contact, MailboxFolder target)
    {
        var (ordinal, id) = NextItem(target);
        var moved = contact with { Id = new ContactId(id), Ordinal = ordinal, Folder = target.Counter };
        Record(new MailboxChange.ContactRemoved(contact.Id) { IsPartOfOther = true });
        Record(new MailboxChange.ContactAdded(moved) { Origin = new ContactOrigin(ChangeKind.Moved, contact.Id, contact.Folder) });
        return moved;
    }

    private Contact CopyContact(Contact contact, MailboxFolder target)
    {
        var copy = NewContact(target, contact.Properties);
        copy = copy with
        {
            Attachments = [.. contact.Attachments.Select((file, index) => file with { Number = copy.Ordinal + 1 + index })],
        };
        Record(new MailboxChange.ContactAdded(copy) { Origin = new ContactOrigin(ChangeKind.Copied, contact.Id, contact.Folder) });
        return copy;
    }

    /// <summary>Deletes a contact. An item that can only be recovered is deleted permanently, whatever the type is.</summary>
    private Done DeleteContact(Contact contact, DeletionType type)
    {
        if (type == DeletionType.HardDelete
            || contact.IsImContact
            || State.Folders.IsIn(contact.Folder, MailboxFolder.RecoverableItemsRoot.Counter))
        {
            return RemoveContact(contact);
        }

        MoveContact(contact, type == DeletionType.SoftDelete ? MailboxFolder.RecoverableItemsDeletions : MailboxFolder.DeletedItems);
        return default;
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
