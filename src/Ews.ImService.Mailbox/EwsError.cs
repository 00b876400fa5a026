namespace Ews.ImService.Mailbox;

/// <summary>Why an operation said no: a code, the text that goes with it, and named values for the client.</summary>
/// <param name="Code">The response code.</param>
/// <param name="MessageText">The text, as Exchange words it.</param>
/// <param name="Values">What goes into MessageXml as <c>t:Value</c> elements; usually nothing.</param>
/// <remarks>
/// Texts marked "proposal" are worded by this project, because no public source shows Exchange's own.
/// Learn: "ResponseCode", "MessageText", and the operation pages of the Unified Contact Store.
/// </remarks>
public sealed record EwsError(ResponseCode Code, string MessageText, params EwsErrorValue[] Values)
{
    /// <summary>Learn: "SetImGroup operation".</summary>
    public static readonly EwsError ImGroupDisplayNameAlreadyExists = new(
        ResponseCode.ErrorImGroupDisplayNameAlreadyExists, "An IM group with the specified display name already exists.");

    /// <summary>Proposal.</summary>
    public static readonly EwsError ImGroupLimitReached = new(
        ResponseCode.ErrorImGroupLimitReached, "The maximum number of IM groups has been reached.");

    /// <summary>Proposal.</summary>
    public static readonly EwsError ImContactLimitReached = new(
        ResponseCode.ErrorImContactLimitReached, "The maximum number of IM contacts has been reached.");

    /// <summary>Learn: "AddImContactToGroup operation", "RemoveImContactFromGroup operation".</summary>
    public static readonly EwsError InvalidImContactId = new(
        ResponseCode.ErrorInvalidImContactId, "The specified Im Contact Id is invalid.");

    /// <summary>Learn: "RemoveImGroup operation".</summary>
    public static readonly EwsError InvalidImGroupId = new(
        ResponseCode.ErrorInvalidImGroupId, "The specified Im Group Id is invalid.");

    /// <summary>Learn: "RemoveContactFromImList operation".</summary>
    public static readonly EwsError ItemNotFound = new(
        ResponseCode.ErrorItemNotFound, "The specified object was not found in the store.");

    /// <summary>Learn: "EWS identifiers in Exchange".</summary>
    public static readonly EwsError InvalidIdEmpty = new(ResponseCode.ErrorInvalidIdEmpty, "Id must be non-empty.");

    /// <summary>Learn: "RemoveImGroup operation".</summary>
    public static readonly EwsError InvalidIdMalformed = new(ResponseCode.ErrorInvalidIdMalformed, "Id is malformed.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidIdStoreObjectIdTooLong = new(
        ResponseCode.ErrorInvalidIdStoreObjectIdTooLong, "Id exceeded allowable length.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError CannotUseFolderIdForItemId = new(
        ResponseCode.ErrorCannotUseFolderIdForItemId, "Expected an item Id but received a folder Id.");

    /// <summary>The id belongs to a mailbox that is not the caller's. Learn: "AddNewImContactToGroup operation".</summary>
    /// <param name="mailboxGuid">The GUID read from the id, as it stands there.</param>
    public static EwsError NoMailboxWithSuchGuid(string mailboxGuid) => new(
        ResponseCode.ErrorNonExistentMailbox, "No mailbox with such guid.", new EwsErrorValue("MailboxGuid", mailboxGuid));

    /// <summary>Records compare by reference member otherwise; two errors are equal when they say the same.</summary>
    public bool Equals(EwsError? other) =>
        other is not null && Code == other.Code && MessageText == other.MessageText && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, MessageText, Values.Length);
}

/// <summary>One <c>t:Value Name="…"</c> of a MessageXml.</summary>
/// <param name="Name">The Name attribute.</param>
/// <param name="Value">The content.</param>
public sealed record EwsErrorValue(string Name, string Value);
