namespace Ews.ImService.Mailbox;

/// <summary>Says what is wrong with an id that matches no stored object, in Exchange's order.</summary>
/// <remarks>
/// Ids are opaque, so a literal match with a stored object is tried before. Then: empty, too long, malformed, another mailbox's,
/// of another kind. Learn: "EWS identifiers in Exchange".
/// </remarks>
public static class IncomingId
{
    /// <summary>Classifies an id where an item's is needed.</summary>
    /// <param name="id">The Id attribute as received.</param>
    /// <param name="mailboxGuid">The mailbox that the caller works on.</param>
    /// <param name="whenPersona">The answer to a persona's id.</param>
    /// <returns>The error, or null for a well-formed item id of this mailbox.</returns>
    public static EwsError? Classify(string id, Guid mailboxGuid, EwsError whenPersona)
    {
        var kind = KindOf(id, mailboxGuid);
        if (!kind.Succeeded)
            return kind.Error;
        return kind.Value switch
        {
            StoreObjectKind.Folder => EwsError.CannotUseFolderIdForItemId,
            StoreObjectKind.Persona => whenPersona,
            _ => null,
        };
    }

    /// <summary>Classifies the id of a persona that is not there.</summary>
    public static EwsError ClassifyPersona(string id, Guid mailboxGuid)
    {
        var kind = KindOf(id, mailboxGuid);
        if (!kind.Succeeded)
            return kind.Error;
        return kind.Value == StoreObjectKind.Persona ? EwsError.ItemNotFound : EwsError.InvalidIdMalformed;
    }

    /// <summary>Classifies the id of a folder that is not there.</summary>
    public static EwsError ClassifyFolder(string id, Guid mailboxGuid)
    {
        var kind = KindOf(id, mailboxGuid);
        if (!kind.Succeeded)
            return kind.Error;
        return kind.Value == StoreObjectKind.Folder ? EwsError.FolderNotFound : EwsError.CannotUseItemIdForFolderId;
    }

    private static EwsResult<StoreObjectKind> KindOf(string id, Guid mailboxGuid)
    {
        if (id.Length == 0)
            return EwsError.InvalidIdEmpty;

        var read = StoreId.Read(id);
        if (!read.Succeeded)
            return read.Error;
        return string.Equals(read.Value.MailboxGuid, mailboxGuid.ToString("D"), StringComparison.OrdinalIgnoreCase)
            ? read.Value.Kind
            : EwsError.NonExistentMailboxGuid(read.Value.MailboxGuid);
    }
}
