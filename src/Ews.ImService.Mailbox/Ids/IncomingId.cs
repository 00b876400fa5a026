namespace Ews.ImService.Mailbox;

/// <summary>Determines the error of an id that matches no stored object.</summary>
/// <remarks>
/// Learn: "EWS identifiers in Exchange". Ids are opaque, so callers compare them with stored objects first. The checks have the order of
/// Exchange: empty, too long, malformed, of another mailbox, of another type.
/// </remarks>
public static class IncomingId
{
    /// <summary>Classifies the id of an item.</summary>
    /// <param name="id">The Id attribute.</param>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <param name="whenPersona">The error for the id of a persona.</param>
    /// <returns>The error, or <c>null</c> for a well-formed id of an item in this mailbox.</returns>
    public static EwsError? Classify(string id, Guid mailboxGuid, EwsError whenPersona) => KindOf(id, mailboxGuid).Match(
        kind => kind switch
        {
            StoreObjectKind.Folder => EwsError.CannotUseFolderIdForItemId,
            StoreObjectKind.Persona => whenPersona,
            _ => null,
        },
        error => error);

    /// <summary>Classifies the id of a persona that does not exist.</summary>
    /// <param name="id">The Id attribute.</param>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    public static EwsError ClassifyPersona(string id, Guid mailboxGuid) => KindOf(id, mailboxGuid).Match(
        kind => kind == StoreObjectKind.Persona ? EwsError.ItemNotFound : EwsError.InvalidIdMalformed,
        error => error);

    /// <summary>Classifies the id of a folder that does not exist.</summary>
    /// <param name="id">The Id attribute.</param>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    public static EwsError ClassifyFolder(string id, Guid mailboxGuid) => KindOf(id, mailboxGuid).Match(
        kind => kind == StoreObjectKind.Folder ? EwsError.FolderNotFound : EwsError.CannotUseItemIdForFolderId,
        error => error);

    private static EwsResult<StoreObjectKind> KindOf(string id, Guid mailboxGuid)
    {
        if (id.Length == 0)
            return EwsError.InvalidIdEmpty;

        return StoreId.Read(id).Then<StoreObjectKind>(read =>
            read.MailboxGuid.Equals(mailboxGuid.ToString("D"), StringComparison.OrdinalIgnoreCase)
                ? read.Kind
                : EwsError.NonExistentMailboxGuid(read.MailboxGuid));
    }
}
