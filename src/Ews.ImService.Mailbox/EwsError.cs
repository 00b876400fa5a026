namespace Ews.ImService.Mailbox;

/// <summary>Why an operation said no: a code, the text that goes with it, and named values for the client.</summary>
/// <param name="Code">The response code's name; one that no operation here knows may be told on demand.</param>
/// <param name="MessageText">The text, as Exchange words it.</param>
/// <param name="Values">What goes into MessageXml as <c>t:Value</c> elements; usually nothing.</param>
/// <remarks>
/// Texts marked "proposal" are worded by this project, because no public source shows Exchange's own.
/// Learn: "ResponseCode", "MessageText", and the operation pages of the Unified Contact Store.
/// </remarks>
public sealed record EwsError(string Code, string MessageText, params EwsErrorValue[] Values)
{
    /// <summary>An error of a code that operations know.</summary>
    public EwsError(ResponseCode code, string messageText, params EwsErrorValue[] values)
        : this(code.ToString(), messageText, values)
    {
    }

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

    /// <summary>Learn: "AddDistributionGroupToImList operation".</summary>
    public static readonly EwsError InvalidImDistributionGroupSmtpAddress = new(
        ResponseCode.ErrorInvalidImDistributionGroupSmtpAddress, "The specified IM distribution group SMTP address is invalid.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidExtendedProperty = new(
        ResponseCode.ErrorInvalidExtendedProperty, "The extended property attribute combination is invalid.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidExtendedPropertyValue = new(
        ResponseCode.ErrorInvalidExtendedPropertyValue, "The extended property value is inconsistent with its type.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidRestriction = new(ResponseCode.ErrorInvalidRestriction, "The restriction is invalid.");

    /// <summary>Proposal. Learn: "ResponseCode" says that the text names the argument.</summary>
    public static readonly EwsError MissingPersonaArgument = new(
        ResponseCode.ErrorMissingArgument, "A required argument is missing: PersonaId or EmailAddress.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidPagingMaxRows = new(
        ResponseCode.ErrorInvalidPagingMaxRows, "MaxEntriesReturned must be greater than zero.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidIndexedPagingParameters = new(
        ResponseCode.ErrorInvalidIndexedPagingParameters, "The specified indexed paging values are invalid.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError UnsupportedQueryFilter = new(
        ResponseCode.ErrorUnsupportedQueryFilter, "QueryFilter type is not supported.");

    /// <summary>Learn: "RemoveContactFromImList operation".</summary>
    public static readonly EwsError ItemNotFound = new(
        ResponseCode.ErrorItemNotFound, "The specified object was not found in the store.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError FolderNotFound = new(
        ResponseCode.ErrorFolderNotFound, "The specified folder could not be found in the store.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError CannotUseItemIdForFolderId = new(
        ResponseCode.ErrorCannotUseItemIdForFolderId, "Expected a folder Id but received an item Id.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError ChangeKeyRequired = new(
        ResponseCode.ErrorChangeKeyRequiredForWriteOperations, "ChangeKey is required for this operation.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError IrresolvableConflict = new(
        ResponseCode.ErrorIrresolvableConflict,
        "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.");

    /// <summary>Proposal.</summary>
    public static readonly EwsError CannotDeleteObject = new(ResponseCode.ErrorCannotDeleteObject, "The object cannot be deleted.");

    /// <summary>Proposal: IM contacts come from AddNewImContactToGroup and its like alone.</summary>
    public static readonly EwsError CreateItemAccessDenied = new(
        ResponseCode.ErrorCreateItemAccessDenied, "Items cannot be created in this folder.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidItemForOperationCreateItem = new(
        ResponseCode.ErrorInvalidItemForOperationCreateItem, "Item type is invalid for CreateItem operation.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError ObjectTypeChanged = new(
        ResponseCode.ErrorObjectTypeChanged, "The item class of an item cannot be changed to that of another kind.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError IncorrectUpdatePropertyCount = new(
        ResponseCode.ErrorIncorrectUpdatePropertyCount, "An object within a change description must contain one and only one property to modify.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError UpdatePropertyMismatch = new(
        ResponseCode.ErrorUpdatePropertyMismatch, "The property that is described does not match the property that is supplied.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidFractionalPagingParameters = new(
        ResponseCode.ErrorInvalidFractionalPagingParameters, "Invalid fractional paging offset values.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError UnsupportedPathForSortGroup = new(
        ResponseCode.ErrorUnsupportedPathForSortGroup, "The property can not be used with sort or group operations.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError UnsupportedPathForQuery = new(
        ResponseCode.ErrorUnsupportedPathForQuery, "The property can not be used with this type of restriction.");

    /// <summary>Learn: "ResolveNames operation".</summary>
    public static readonly EwsError NameResolutionNoResults = new(
        ResponseCode.ErrorNameResolutionNoResults, "No results were found.");

    /// <summary>A warning. Learn: "ResolveNames operation".</summary>
    public static readonly EwsError NameResolutionMultipleResults = new(
        ResponseCode.ErrorNameResolutionMultipleResults, "Multiple results were found.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError UnsupportedTypeForConversion = new(
        ResponseCode.ErrorUnsupportedTypeForConversion, "The identifier cannot be converted to or from this format.");

    /// <summary>Proposal.</summary>
    public static readonly EwsError TimeZone = new(ResponseCode.ErrorTimeZone, "The server knows no time zone with this Id.");

    /// <summary>Proposal.</summary>
    public static readonly EwsError UserPhotoNotFound = new(ResponseCode.ErrorItemNotFound, "The user has no photo.");

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

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError AccessDenied = new(
        ResponseCode.ErrorAccessDenied, "Access is denied. Check credentials and try again.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InternalServerError = new(
        ResponseCode.ErrorInternalServerError, "An internal server error occurred. The operation failed.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidRequest = new(ResponseCode.ErrorInvalidRequest, "The request is invalid.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidServerVersion = new(
        ResponseCode.ErrorInvalidServerVersion, "The specified server version is invalid.");

    /// <summary>The two blanks are Exchange's. Learn: "GetImItemList operation".</summary>
    public static readonly EwsError IncorrectSchemaVersion = new(
        ResponseCode.ErrorIncorrectSchemaVersion,
        "The request is valid but does not specify the correct server version in the RequestServerVersion SOAP header.  Ensure that the RequestServerVersion SOAP header is set with the correct RequestServerVersionValue.");

    /// <summary>The fault's MESSAGE; its text also names the violation. Learn: "AddImGroup operation".</summary>
    public static readonly EwsError SchemaValidation = new(
        ResponseCode.ErrorSchemaValidation, "The request failed schema validation.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidExchangeImpersonationHeaderData = new(
        ResponseCode.ErrorInvalidExchangeImpersonationHeaderData,
        "An ExchangeImpersonation SOAP header must contain a user principal name, user SID, or primary SMTP address.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError MoreThanOneAccessModeSpecified = new(
        ResponseCode.ErrorMoreThanOneAccessModeSpecified, "Only one access mode header may be specified.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidSmtpAddress = new(
        ResponseCode.ErrorInvalidSmtpAddress, "The SMTP address format is invalid.");

    /// <summary>Learn: "PrimarySmtpAddress".</summary>
    public static readonly EwsError NonPrimarySmtpAddress = new(
        ResponseCode.ErrorNonPrimarySmtpAddress, "The primary SMTP address must be specified when referencing a mailbox.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidUserPrincipalName = new(
        ResponseCode.ErrorInvalidUserPrincipalName, "The impersonation principal name is invalid.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidSid = new(
        ResponseCode.ErrorInvalidSid, "A SID with an invalid format was encountered.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError InvalidUserSid = new(
        ResponseCode.ErrorInvalidUserSid, "The user SID is invalid or does not map to a user in the Active Directory.");

    /// <summary>Learn: "ResponseCode".</summary>
    public static readonly EwsError ImpersonateUserDenied = new(
        ResponseCode.ErrorImpersonateUserDenied, "The account does not have permission to impersonate the requested user.");

    /// <summary>Proposal.</summary>
    public static readonly EwsError ImpersonationDenied = new(
        ResponseCode.ErrorImpersonationDenied, "The account does not have permission to perform impersonation.");

    /// <summary>Exchange has the operation, this service has not; the second sentence is a proposal.</summary>
    /// <param name="operation">The operation's name.</param>
    public static EwsError NotSupported(string operation) => InvalidRequest with
    {
        MessageText = $"{InvalidRequest.MessageText} The operation {operation} is not available on this server.",
    };

    /// <summary>The caller, or the user to impersonate, has no mailbox here. Learn: "ResponseCode".</summary>
    /// <param name="smtpAddress">The address that was looked up.</param>
    public static EwsError NoMailboxOf(string smtpAddress) => new(
        ResponseCode.ErrorNonExistentMailbox, "The SMTP address has no mailbox associated with it.", new EwsErrorValue("SmtpAddress", smtpAddress));

    /// <summary>The server wants to be left alone for a while. Learn: "EWS throttling in Exchange".</summary>
    /// <param name="backOffMilliseconds">For how long.</param>
    public static EwsError ServerBusy(string backOffMilliseconds) => new(
        ResponseCode.ErrorServerBusy, "The server cannot service this request right now. Try again later.", new EwsErrorValue("BackOffMilliseconds", backOffMilliseconds));

    /// <summary>A property that no client may set. Learn: "ResponseCode".</summary>
    /// <param name="path">Its path.</param>
    public static EwsError InvalidPropertySet(string path) => new(
        ResponseCode.ErrorInvalidPropertySet, "Set action is invalid for property.", new EwsErrorValue("FieldURI", path));

    /// <summary>A property that no client may remove. Learn: "ResponseCode".</summary>
    /// <param name="path">Its path.</param>
    public static EwsError InvalidPropertyDelete(string path) => new(
        ResponseCode.ErrorInvalidPropertyDelete, "The delete action is not supported for this property.", new EwsErrorValue("FieldURI", path));

    /// <summary>A property that nothing can be appended to. Learn: "ResponseCode".</summary>
    /// <param name="path">Its path.</param>
    public static EwsError InvalidPropertyAppend(string path) => new(
        ResponseCode.ErrorInvalidPropertyAppend, "The append action is not supported for this property.", new EwsErrorValue("FieldURI", path));

    /// <summary>A property that contacts do not have here. Learn: "ResponseCode".</summary>
    /// <param name="path">Its path.</param>
    public static EwsError InvalidPropertyRequest(string path) => new(
        ResponseCode.ErrorInvalidPropertyRequest, "Property is not valid for this object type.", new EwsErrorValue("FieldURI", path));

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
