namespace Ews.ImService.Mailbox;

/// <content>The rules of distribution lists as items.</content>
public sealed partial class MailboxEdit
{
    /// <summary>
    /// Completes the members of a distribution list with the present names and addresses of their items. A repeated member is omitted.
    /// </summary>
    /// <param name="properties">The properties of the item.</param>
    /// <returns>
    /// The properties, or ErrorInvalidPropertySet for an item that is not a distribution list or a member without address and item,
    /// ErrorItemNotFound or an id error for a member whose item does not exist.
    /// </returns>
    public EwsResult<ContactProperties> CompleteMembers(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var values = properties.Values(ContactPath.Members);
        if (!values.IsEmpty && !Contact.IsDistributionListClass(properties[ContactPath.ItemClass]))
            return EwsError.InvalidPropertySet(ContactPath.Members);
        var members = new List<ListMember>();
        foreach (var member in ListMember.Read(values))
        {
            if (member.ItemId.Length == 0 && member.EmailAddress.Length == 0)
                return EwsError.InvalidPropertySet(ContactPath.Members);
            if (member.ItemId.Length > 0 && CheckMember(member.ItemId) is { } error)
                return error;
            members.Add(State.Resolve(member));
        }

        return properties.With(ContactPath.Members, ListMember.ToValues(members.DistinctBy(member => member.Key)));
    }

    private EwsError? CheckMember(string itemId) => State.FindItem(itemId).Match(
        _ => State.Contacts.ContainsKey(new ContactId(itemId)) ? null : EwsError.InvalidPropertySet(ContactPath.Members),
        error => error);
}
