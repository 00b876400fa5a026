namespace Ews.ImService.Mailbox;

/// <summary>Says what is wrong with an id that matches no stored object.</summary>
public static class IncomingId
{
    /// <summary>Classifies the id of a persona that is not there.</summary>
    /// <param name="id">The Id attribute as received.</param>
    /// <param name="mailboxGuid">The mailbox that the caller works on.</param>
    /// <returns>ErrorInvalidIdEmpty, …TooLong or …Malformed, which is also the id of another kind, ErrorNonExistentMailbox or ErrorItemNotFound.</returns>
    public static EwsError ClassifyPersona(string id, Guid mailboxGuid)
    {
        if (id.Length == 0)
            return EwsError.InvalidIdEmpty;

        var read = StoreId.Read(id);
        if (!read.Succeeded)
            return read.Error;
        if (!string.Equals(read.Value.MailboxGuid, mailboxGuid.ToString("D"), StringComparison.OrdinalIgnoreCase))
            return EwsError.NoMailboxWithSuchGuid(read.Value.MailboxGuid);
        return read.Value.Kind == StoreObjectKind.Persona ? EwsError.ItemNotFound : EwsError.InvalidIdMalformed;
    }

    /// <summary>Classifies an id in Exchange's order: empty, too long, malformed, another mailbox's, not an item's.</summary>
    /// <param name="id">The Id attribute as received; ids are opaque, so a literal match with a stored object was tried before.</param>
    /// <param name="mailboxGuid">The mailbox that the caller works on.</param>
    /// <param name="whenPersona">The answer to a persona's id where an item's is needed.</param>
    /// <returns>The error, or null for a well-formed item id of this mailbox. Learn: "EWS identifiers in Exchange".</returns>
    public static EwsError? Classify(string id, Guid mailboxGuid, EwsError whenPersona)
    {
        if (id.Length == 0)
            return EwsError.InvalidIdEmpty;

        var read = StoreId.Read(id);
        if (!read.Succeeded)
            return read.Error;
        if (!string.Equals(read.Value.MailboxGuid, mailboxGuid.ToString("D"), StringComparison.OrdinalIgnoreCase))
            return EwsError.NoMailboxWithSuchGuid(read.Value.MailboxGuid);

        return read.Value.Kind switch
        {
            StoreObjectKind.Folder => EwsError.CannotUseFolderIdForItemId,
            StoreObjectKind.Persona => whenPersona,
            _ => null,
        };
    }
}
