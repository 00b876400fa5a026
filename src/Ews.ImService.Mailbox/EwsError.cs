namespace Ews.ImService.Mailbox;

/// <summary>The error that an operation returns: a response code, its text, and named values.</summary>
/// <param name="Code">The response code, exactly as on the wire.</param>
/// <param name="MessageText">The MessageText, exactly as on the wire.</param>
/// <param name="Values">The <c>t:Value</c> elements of MessageXml; usually empty.</param>
/// <remarks>
/// Each member names the EWS page that documents its code and text. Where no public source shows the text of Exchange, the member
/// states that the text was worded by this project.
/// </remarks>
public sealed record EwsError(string Code, string MessageText, params EwsErrorValue[] Values)
{
    /// <summary>Gets the path of the property that MessageXml names, or <c>null</c> if it names none.</summary>
    public string? Path { get; private init; }

    private static readonly Dictionary<string, EwsError> ByCode = new(StringComparer.Ordinal);

    /// <summary>Another IM group on the list has the display name.</summary>
    /// <remarks>Learn: "SetImGroup operation".</remarks>
    public static readonly EwsError ImGroupDisplayNameAlreadyExists = Define(
        "ErrorImGroupDisplayNameAlreadyExists",
        "An IM group with the specified display name already exists.");

    /// <summary>The IM list holds the maximum number of IM groups.</summary>
    /// <remarks>Text worded by this project.</remarks>
    public static readonly EwsError ImGroupLimitReached = Define(
        "ErrorImGroupLimitReached",
        "The maximum number of IM groups has been reached.");

    /// <summary>The mailbox contains the maximum number of items or folders, or its counter of ids is at the maximum.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError QuotaExceeded = Define(
        "ErrorQuotaExceeded",
        "Mailbox has exceeded maximum mailbox size.");

    /// <summary>The IM list holds the maximum number of IM contacts.</summary>
    /// <remarks>Text worded by this project.</remarks>
    public static readonly EwsError ImContactLimitReached = Define(
        "ErrorImContactLimitReached",
        "The maximum number of IM contacts has been reached.");

    /// <summary>The id does not identify an IM contact or, where required, a member of the group.</summary>
    /// <remarks>Learn: "AddImContactToGroup operation", "RemoveImContactFromGroup operation".</remarks>
    public static readonly EwsError InvalidImContactId = Define(
        "ErrorInvalidImContactId",
        "The specified Im Contact Id is invalid.");

    /// <summary>The id does not identify an IM group that the operation accepts.</summary>
    /// <remarks>Learn: "RemoveImGroup operation".</remarks>
    public static readonly EwsError InvalidImGroupId = Define("ErrorInvalidImGroupId", "The specified Im Group Id is invalid.");

    /// <summary>The address does not belong to a distribution group in the directory.</summary>
    /// <remarks>Learn: "AddDistributionGroupToImList operation".</remarks>
    public static readonly EwsError InvalidImDistributionGroupSmtpAddress = Define(
        "ErrorInvalidImDistributionGroupSmtpAddress",
        "The specified IM distribution group SMTP address is invalid.");

    /// <summary>The attributes of an extended property cannot be combined.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidExtendedProperty = Define(
        "ErrorInvalidExtendedProperty",
        "The extended property attribute combination is invalid.");

    /// <summary>The value of an extended property does not have the type of the property.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidExtendedPropertyValue = Define(
        "ErrorInvalidExtendedPropertyValue",
        "The extended property value is inconsistent with its type.");

    /// <summary>A named property was identified by a tag.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static readonly EwsError NoPropertyTagForCustomProperties = Define(
        "ErrorNoPropertyTagForCustomProperties",
        "Custom properties cannot be specified using property tags.  The GUID and Id/Name combination must be used instead.");

    /// <summary>The type of an extended property is not one that items can have.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static readonly EwsError UnsupportedMapiPropertyType = Define(
        "ErrorUnsupportedMapiPropertyType",
        "The MAPI property type is not supported.");

    /// <summary>The restriction is not valid.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidRestriction = Define("ErrorInvalidRestriction", "The restriction is invalid.");

    /// <summary>The request specifies neither a persona id nor an email address.</summary>
    /// <remarks>Learn: "ResponseCode", which states that the text names the argument. Text worded by this project.</remarks>
    public static readonly EwsError MissingPersonaArgument = Define(
        "ErrorMissingArgument",
        "A required argument is missing: PersonaId or EmailAddress.");

    /// <summary>The requested page has no rows.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidPagingMaxRows = Define(
        "ErrorInvalidPagingMaxRows",
        "MaxEntriesReturned must be greater than zero.");

    /// <summary>The requested page starts before the first row.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidIndexedPagingParameters = Define(
        "ErrorInvalidIndexedPagingParameters",
        "The specified indexed paging values are invalid.");

    /// <summary>The restriction is valid, but not supported by this service.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError UnsupportedQueryFilter = Define(
        "ErrorUnsupportedQueryFilter",
        "QueryFilter type is not supported.");

    /// <summary>The item does not exist, or the caller is not allowed to see it.</summary>
    /// <remarks>Learn: "RemoveContactFromImList operation".</remarks>
    public static readonly EwsError ItemNotFound = Define(
        "ErrorItemNotFound",
        "The specified object was not found in the store.");

    /// <summary>The end of a scheduled absence does not follow its start or the current time.</summary>
    /// <remarks>Learn: "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError InvalidScheduledOofDuration = Define(
        "ErrorInvalidScheduledOofDuration",
        "The duration of the scheduled absence is invalid.");

    /// <summary>An internal or external reply is missing.</summary>
    /// <remarks>Learn: "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError InvalidUserOofSettings = Define(
        "ErrorInvalidUserOofSettings",
        "The out-of-office settings are invalid: a reply is missing.");

    /// <summary>There is no attachment with the id.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidAttachmentId = Define(
        "ErrorInvalidAttachmentId",
        "The specified attachment Id is invalid.");

    /// <summary>The content of an attachment is too large.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError AttachmentSizeLimitExceeded = Define(
        "ErrorAttachmentSizeLimitExceeded",
        "The file attachment exceeds the maximum supported size.");

    /// <summary>An attached item is missing.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError MissingItemForCreateItemAttachment = Define(
        "ErrorMissingItemForCreateItemAttachment",
        "An item must be specified when creating an item attachment.");

    /// <summary>An address of a request for availability does not belong to a mailbox.</summary>
    /// <remarks>Learn: "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError MailRecipientNotFound = Define("ErrorMailRecipientNotFound", "The mail recipient was not found.");

    /// <summary>A request for availability contains neither FreeBusyViewOptions nor SuggestionsViewOptions.</summary>
    /// <remarks>Learn: "FreeBusyViewOptions", "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError MissingViewOptions = Define(
        "ErrorMissingArgument",
        "A required argument is missing: FreeBusyViewOptions or SuggestionsViewOptions.");

    /// <summary>The type of the requested view is None, or is not a single type.</summary>
    /// <remarks>Learn: "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError InvalidFreeBusyViewType = Define(
        "ErrorInvalidFreeBusyViewType",
        "The requested type of view is invalid.");

    /// <summary>The end of a time window precedes its start.</summary>
    /// <remarks>Learn: "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError InvalidTimeInterval = Define("ErrorInvalidTimeInterval", "The time interval is invalid.");

    /// <summary>A time window is too long.</summary>
    /// <remarks>Learn: "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError TimeIntervalTooBig = Define(
        "ErrorTimeIntervalTooBig",
        "The time interval is greater than the maximum.");

    /// <summary>The interval of merged free/busy information is too short or too long.</summary>
    /// <remarks>Learn: "MergedFreeBusyIntervalInMinutes". Text worded by this project.</remarks>
    public static readonly EwsError InvalidMergedFreeBusyInterval = Define(
        "ErrorInvalidMergedFreeBusyInterval",
        "The interval of the merged free/busy information is invalid.");

    /// <summary>Meeting suggestions cannot be determined.</summary>
    /// <remarks>Learn: "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError MeetingSuggestionGenerationFailed = Define(
        "ErrorMeetingSuggestionGenerationFailed",
        "Meeting suggestions are not available on this server.");

    /// <summary>The user is not a delegate of the mailbox.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError NotDelegate = Define("ErrorNotDelegate", "The user is not a delegate for the mailbox.");

    /// <summary>The folder does not exist.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError FolderNotFound = Define(
        "ErrorFolderNotFound",
        "The specified folder could not be found in the store.");

    /// <summary>An item id was specified where a folder id is required.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError CannotUseItemIdForFolderId = Define(
        "ErrorCannotUseItemIdForFolderId",
        "Expected a folder Id but received an item Id.");

    /// <summary>The change key is missing.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError ChangeKeyRequired = Define(
        "ErrorChangeKeyRequiredForWriteOperations",
        "ChangeKey is required for this operation.");

    /// <summary>The item changed after the caller read it.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError IrresolvableConflict = Define(
        "ErrorIrresolvableConflict",
        "The send or update operation could not be performed because the change key passed "
        + "in the request does not match the current change key for the item.");

    /// <summary>The object cannot be deleted.</summary>
    /// <remarks>Text worded by this project.</remarks>
    public static readonly EwsError CannotDeleteObject = Define("ErrorCannotDeleteObject", "The object cannot be deleted.");

    /// <summary>
    /// Items cannot be created in the folder. IM contacts are created by AddNewImContactToGroup and similar operations
    /// only.
    /// </summary>
    /// <remarks>Text worded by this project.</remarks>
    public static readonly EwsError CreateItemAccessDenied = Define(
        "ErrorCreateItemAccessDenied",
        "Items cannot be created in this folder.");

    /// <summary>Items of this type cannot be created.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidItemForOperationCreateItem = Define(
        "ErrorInvalidItemForOperationCreateItem",
        "Item type is invalid for CreateItem operation.");

    /// <summary>The new item class belongs to another type of item.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError ObjectTypeChanged = Define(
        "ErrorObjectTypeChanged",
        "Operation would change object type, which is not permitted.");

    /// <summary>The culture is not known.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static readonly EwsError UnsupportedCulture = Define(
        "ErrorUnsupportedCulture",
        "The specified item culture is not supported on this server.");

    /// <summary>Items of this type have no MIME content that can be set.</summary>
    /// <remarks>Learn: "GetItem operation (contact)".</remarks>
    public static readonly EwsError UnsupportedMimeConversion = Define(
        "ErrorUnsupportedMimeConversion",
        "Mime conversion is not supported for this item type.");

    /// <summary>The parts of an argument contradict each other.</summary>
    /// <remarks>Learn: "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError InvalidArgument = Define("ErrorInvalidArgument", "The argument is invalid.");

    /// <summary>The completion date of a flag is in the future.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static readonly EwsError InvalidCompleteDate = Define(
        "ErrorInvalidCompleteDate",
        "Complete date cannot be set in the future.");

    /// <summary>An update contains no property, or more than one.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError IncorrectUpdatePropertyCount = Define(
        "ErrorIncorrectUpdatePropertyCount",
        "An object within a change description must contain one and only one property to modify.");

    /// <summary>An update names one property and contains another.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError UpdatePropertyMismatch = Define(
        "ErrorUpdatePropertyMismatch",
        "Property for update does not match property in object.");

    /// <summary>The numerator and denominator do not form a fraction from 0 to 1.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidFractionalPagingParameters = Define(
        "ErrorInvalidFractionalPagingParameters",
        "Invalid fractional paging offset values.");

    /// <summary>Items cannot be sorted or grouped by the property.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError UnsupportedPathForSortGroup = Define(
        "ErrorUnsupportedPathForSortGroup",
        "The property can not be used with sort or group operations.");

    /// <summary>The restriction contains too many expressions.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static readonly EwsError RestrictionTooLong = Define("ErrorRestrictionTooLong", "Restriction contained too many elements.");

    /// <summary>The response already has the maximum length, so that it does not contain the result.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static readonly EwsError ResponseTooLarge = Define(
        "ErrorDataSizeLimitExceeded",
        "Property exceeds the maximum supported size.");

    /// <summary>Every item has the property, so that a restriction can only compare it.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError, with the two spaces between the sentences.</remarks>
    public static readonly EwsError InvalidPropertyForExists = Define(
        "ErrorInvalidPropertyForExists",
        "Property cannot be used in Exists expression.  Use IsEqualTo instead.");

    /// <summary>The constant of a restriction does not have the type of the property, or the type has no order.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static readonly EwsError InvalidValueForProperty = Define(
        "ErrorInvalidValueForProperty",
        "The specified value is invalid for property.");

    /// <summary>Only texts can contain a text.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static readonly EwsError ContainsFilterWrongType = Define(
        "ErrorContainsFilterWrongType",
        "The Contains filter can only be used for string properties.");

    /// <summary>The property cannot be used in a restriction.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError UnsupportedPathForQuery = Define(
        "ErrorUnsupportedPathForQuery",
        "The property can not be used with this type of restriction.");

    /// <summary>No person matches the name.</summary>
    /// <remarks>Learn: "ResolveNames operation".</remarks>
    public static readonly EwsError NameResolutionNoResults = Define("ErrorNameResolutionNoResults", "No results were found.");

    /// <summary>There is no distribution list with the address or name.</summary>
    /// <remarks>Learn: "ExpandDL operation", whose text differs from that of ResolveNames.</remarks>
    public static readonly EwsError ExpansionNoResults = NameResolutionNoResults with { MessageText = "No results are found." };

    /// <summary>The item to expand is not a distribution list.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidItemForOperationExpandDL = Define(
        "ErrorInvalidItemForOperationExpandDL",
        "ExpandDL operation does not support this item type.");

    /// <summary>More than one person matches the name. This is a warning.</summary>
    /// <remarks>Learn: "ResolveNames operation".</remarks>
    public static readonly EwsError NameResolutionMultipleResults = Define(
        "ErrorNameResolutionMultipleResults",
        "Multiple results were found.");

    /// <summary>The text cannot be a name.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidNameForNameResolution = Define(
        "ErrorInvalidNameForNameResolution",
        "The specified value is not a valid name for name resolution.");

    /// <summary>More than one folder is to be searched for a name.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError ResolveNamesOnlyOneContactsFolderAllowed = Define(
        "ErrorResolveNamesOnlyOneContactsFolderAllowed",
        "Only one contacts folder can be specified in request.");

    /// <summary>The folder to be searched for a name does not contain contacts.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError ResolveNamesInvalidFolderType = Define(
        "ErrorResolveNamesInvalidFolderType",
        "Cannot perform ResolveNames for non-contact folder.");

    /// <summary>The operation cannot be performed on a folder of this class.</summary>
    /// <remarks>Learn: "ResponseCode". Text worded by this project.</remarks>
    public static readonly EwsError InvalidFolderTypeForOperation = Define(
        "ErrorInvalidFolderTypeForOperation",
        "The folder type is invalid for the operation.");

    /// <summary>The id cannot be expressed in the format.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError UnsupportedTypeForConversion = Define(
        "ErrorUnsupportedTypeForConversion",
        "The identifier cannot be converted to or from this format.");

    /// <summary>The time zone is unknown.</summary>
    /// <remarks>Text worded by this project.</remarks>
    public static readonly EwsError TimeZone = Define("ErrorTimeZone", "The server knows no time zone with this Id.");

    /// <summary>The user has no photo.</summary>
    /// <remarks>Text worded by this project.</remarks>
    public static readonly EwsError UserPhotoNotFound = Define("ErrorItemNotFound", "The user has no photo.");

    /// <summary>An Id attribute is empty.</summary>
    /// <remarks>Learn: "EWS identifiers in Exchange".</remarks>
    public static readonly EwsError InvalidIdEmpty = Define("ErrorInvalidIdEmpty", "Id must be non-empty.");

    /// <summary>An Id attribute cannot be decoded.</summary>
    /// <remarks>Learn: "RemoveImGroup operation".</remarks>
    public static readonly EwsError InvalidIdMalformed = Define("ErrorInvalidIdMalformed", "Id is malformed.");

    /// <summary>An Id attribute decodes to more bytes than an id can have.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidIdStoreObjectIdTooLong = Define(
        "ErrorInvalidIdStoreObjectIdTooLong",
        "Id exceeded allowable length.");

    /// <summary>A folder id was specified where an item id is required.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError CannotUseFolderIdForItemId = Define(
        "ErrorCannotUseFolderIdForItemId",
        "Expected an item Id but received a folder Id.");

    /// <summary>The caller is not authorized to perform the request.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError AccessDenied = Define(
        "ErrorAccessDenied",
        "Access is denied. Check credentials and try again.");

    /// <summary>The service failed; nothing was changed.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InternalServerError = Define(
        "ErrorInternalServerError",
        "An internal server error occurred. The operation failed.");

    /// <summary>The request is not valid.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidRequest = Define("ErrorInvalidRequest", "The request is invalid.");

    /// <summary>A request for availability names too many mailboxes.</summary>
    /// <remarks>Text worded by this project.</remarks>
    public static readonly EwsError TooManyMailboxes = InvalidRequest with { MessageText = "The request contains too many mailboxes." };

    /// <summary>The requested schema version is unknown.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidServerVersion = Define(
        "ErrorInvalidServerVersion",
        "The specified server version is invalid.");

    /// <summary>The operation does not exist in the requested schema version.</summary>
    /// <remarks>Learn: "GetImItemList operation". Exchange writes the two spaces between the sentences.</remarks>
    public static readonly EwsError IncorrectSchemaVersion = Define(
        "ErrorIncorrectSchemaVersion",
        "The request is valid but does not specify the correct server version in the RequestServerVersion SOAP header.  "
        + "Ensure that the RequestServerVersion SOAP header is set with the correct RequestServerVersionValue.");

    /// <summary>The request violates the schema.</summary>
    /// <remarks>Learn: "AddImGroup operation". This is the MESSAGE of the fault, whose text also describes the violation.</remarks>
    public static readonly EwsError SchemaValidation = Define("ErrorSchemaValidation", "The request failed schema validation.");

    /// <summary>The ConnectingSID element identifies no account, or more than one.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidExchangeImpersonationHeaderData = Define(
        "ErrorInvalidExchangeImpersonationHeaderData",
        "An ExchangeImpersonation SOAP header must contain a user principal name, user SID, or primary SMTP address.");

    /// <summary>More than one header specifies the account for which the operation runs.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError MoreThanOneAccessModeSpecified = Define(
        "ErrorMoreThanOneAccessModeSpecified",
        "Only one access mode header may be specified.");

    /// <summary>The text is not a valid SMTP address.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidSmtpAddress = Define("ErrorInvalidSmtpAddress", "The SMTP address format is invalid.");

    /// <summary>A secondary SMTP address was specified where the primary one is required.</summary>
    /// <remarks>Learn: "PrimarySmtpAddress".</remarks>
    public static readonly EwsError NonPrimarySmtpAddress = Define(
        "ErrorNonPrimarySmtpAddress",
        "The primary SMTP address must be specified when referencing a mailbox.");

    /// <summary>No account has the user principal name.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidUserPrincipalName = Define(
        "ErrorInvalidUserPrincipalName",
        "The impersonation principal name is invalid.");

    /// <summary>The text is not a valid SID.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidSid = Define("ErrorInvalidSid", "A SID with an invalid format was encountered.");

    /// <summary>No account has the SID.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidUserSid = Define(
        "ErrorInvalidUserSid",
        "The user SID is invalid or does not map to a user in the Active Directory.");

    /// <summary>The authenticated user is not allowed to impersonate the requested user.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError ImpersonateUserDenied = Define(
        "ErrorImpersonateUserDenied",
        "The account does not have permission to impersonate the requested user.");

    /// <summary>The authenticated user is not allowed to impersonate any user.</summary>
    /// <remarks>Text worded by this project.</remarks>
    public static readonly EwsError ImpersonationDenied = Define(
        "ErrorImpersonationDenied",
        "The account does not have permission to perform impersonation.");

    /// <summary>The operation does not exist, or does not accept an object of this kind.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidOperation = Define("ErrorInvalidOperation", "The requested operation is invalid.");

    /// <summary>The synchronization state is not one that this service issued for the mailbox and folder.</summary>
    /// <remarks>Learn: "Handling synchronization-related errors in EWS in Exchange".</remarks>
    public static readonly EwsError InvalidSyncStateData = Define(
        "ErrorInvalidSyncStateData",
        "Synchronization state data is corrupt or otherwise invalid.");

    /// <summary>The folder to synchronize does not exist.</summary>
    /// <remarks>Learn: "Handling synchronization-related errors in EWS in Exchange".</remarks>
    public static readonly EwsError SyncFolderNotFound = Define(
        "ErrorSyncFolderNotFound",
        "The folder to be synchronized could not be found.");

    /// <summary>The operation cannot return the property.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidPropertyForOperation = Define(
        "ErrorInvalidPropertyForOperation",
        "Property is not valid for this operation.");

    /// <summary>A streaming connection names a subscription that does not exist or has another type.</summary>
    /// <remarks>Learn: "Handling notification-related errors in EWS in Exchange".</remarks>
    public static readonly EwsError InvalidSubscription = Define("ErrorInvalidSubscription", "Subscription is invalid.");

    /// <summary>The subscription does not exist; it may have expired.</summary>
    /// <remarks>Learn: "Unsubscribe operation", "GetEvents operation".</remarks>
    public static readonly EwsError SubscriptionNotFound = Define(
        "ErrorSubscriptionNotFound",
        "The specified subscription was not found.");

    /// <summary>The subscription was ended while a streaming connection was open.</summary>
    /// <remarks>Learn: "Handling notification-related errors in EWS in Exchange".</remarks>
    public static readonly EwsError SubscriptionUnsubscribed = Define(
        "ErrorSubscriptionUnsubscribed",
        "The StreamingSubscription was unsubscribed while the current connection was servicing it.");

    /// <summary>The caller is not the owner of the subscription.</summary>
    /// <remarks>Learn: "GetEvents operation".</remarks>
    public static readonly EwsError SubscriptionAccessDenied = Define(
        "ErrorSubscriptionAccessDenied",
        "Access is denied. Only the subscription owner may access the subscription.");

    /// <summary>The folder belongs to the mailbox of another user.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError SubscriptionDelegateAccessNotSupported = Define(
        "ErrorSubscriptionDelegateAccessNotSupported",
        "Subscriptions are not supported for delegate user access.");

    /// <summary>The subscription is not a pull subscription.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidPullSubscriptionId = Define(
        "ErrorInvalidPullSubscriptionId",
        "SubscriptionId is invalid. Subscription is not a pull subscription.");

    /// <summary>The service cannot send notifications to the URL of a push subscription.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidPushSubscriptionUrl = Define(
        "ErrorInvalidPushSubscriptionUrl",
        "URL specified for push subscription is invalid.");

    /// <summary>The subscription names no folder, or folders of several mailboxes.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidSubscriptionRequest = Define(
        "ErrorInvalidSubscriptionRequest",
        "A subscription can only be established on a single public folder or on folders from a single mailbox.");

    /// <summary>The watermark is not one that this service issued for the mailbox, or its change log does not contain it anymore.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidWatermark = Define("ErrorInvalidWatermark", "The watermark is invalid.");

    /// <summary>Events of the subscription were lost.</summary>
    /// <remarks>Learn: "Handling notification-related errors in EWS in Exchange".</remarks>
    public static readonly EwsError MissedNotificationEvents = Define(
        "ErrorMissedNotificationEvents",
        "The subscription has missed events, but will continue service on this connection.");

    /// <summary>Another streaming connection uses the subscription.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError NewEventStreamConnectionOpened = Define(
        "ErrorNewEventStreamConnectionOpened",
        "Another connection was opened against this subscription.");

    /// <summary>The account has the maximum number of subscriptions.</summary>
    /// <remarks>Learn: "EWS throttling in Exchange".</remarks>
    public static readonly EwsError ExceededSubscriptionCount = Define(
        "ErrorExceededSubscriptionCount",
        "You have exceeded the available subscriptions for your account.  Remove unnecessary subscriptions and try your request again.");

    /// <summary>The account has the maximum number of streaming connections.</summary>
    /// <remarks>Learn: "EWS throttling in Exchange".</remarks>
    public static readonly EwsError ExceededConnectionCount = Define(
        "ErrorExceededConnectionCount",
        "You have exceeded the available concurrent connections for your account.  Try again once your other requests have completed.");

    /// <summary>A contact cannot be created in a folder of another type.</summary>
    /// <remarks>Learn: "CreateItem operation (contact)".</remarks>
    public static readonly EwsError CannotCreateContactInNonContactFolder = Define(
        "ErrorCannotCreateContactInNonContactFolder",
        "Cannot create a contact in a non-contact Folder.");

    /// <summary>The mailbox has no folder with the name in which the item is to be created.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError SavedItemFolderNotFound = Define(
        "ErrorSavedItemFolderNotFound",
        "The folder in which items were to be saved could not be found.");

    /// <summary>Another folder in the parent folder has the name.</summary>
    /// <remarks>Learn: "CreateFolder operation".</remarks>
    public static readonly EwsError FolderExists = Define(
        "ErrorFolderExists",
        "A folder with the specified name already exists.");

    /// <summary>The folder in which a folder is to be created does not exist.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError ParentFolderNotFound = Define(
        "ErrorParentFolderNotFound",
        "The specified parent folder could not be found.");

    /// <summary>The target of a move or copy does not exist.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError ToFolderNotFound = Define(
        "ErrorToFolderNotFound",
        "The specified target folder could not be found.");

    /// <summary>A well-known folder cannot be deleted.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError DeleteDistinguishedFolder = Define(
        "ErrorDeleteDistinguishedFolder",
        "Distinguished folders cannot be deleted.");

    /// <summary>A well-known folder cannot be moved.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError MoveDistinguishedFolder = Define(
        "ErrorMoveDistinguishedFolder",
        "Cannot move distinguished folder.");

    /// <summary>The target cannot contain the object.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError MoveCopyFailed = Define(
        "ErrorMoveCopyFailed",
        "The move or copy operation failed.");

    /// <summary>The folder cannot be emptied.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError CannotEmptyFolder = Define(
        "ErrorCannotEmptyFolder",
        "Folder cannot be emptied.");

    /// <summary>The name or the class of a folder is not valid.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError FolderSavePropertyError = Define(
        "ErrorFolderSavePropertyError",
        "The folder save operation failed due to invalid property values.");

    /// <summary>The folder class belongs to another type of folder than the element.</summary>
    /// <remarks>Learn: "CreateFolder operation". Text worded by this project.</remarks>
    public static readonly EwsError NoFolderClassOverride = Define(
        "ErrorNoFolderClassOverride",
        "The folder class cannot be specified for this type of folder.");

    private static readonly EwsError NoMailbox = Define(
        "ErrorNonExistentMailbox",
        "The SMTP address has no mailbox associated with it.");

    private static readonly EwsError Busy = Define(
        "ErrorServerBusy",
        "The server cannot service this request right now. Try again later.");

    private static readonly EwsError PropertyNotSet = Define("ErrorInvalidPropertySet", "Set action is invalid for property.");

    private static readonly EwsError PropertyNotSaved = Define("ErrorItemSavePropertyError", "Item save operation did not succeed.");

    private static readonly EwsError PropertyNotUpdated = Define("ErrorPropertyUpdate", "Property update did not succeed.");

    private static readonly EwsError PropertyTooLarge = Define(
        "ErrorDataSizeLimitExceeded",
        "Property exceeds the maximum supported size.");

    private static readonly EwsError PropertyNotDeleted = Define(
        "ErrorInvalidPropertyDelete",
        "The delete action is not supported for this property.");

    private static readonly EwsError PropertyNotAppended = Define(
        "ErrorInvalidPropertyAppend",
        "The append action is not supported for this property.");

    private static readonly EwsError PropertyNotOfContacts = Define(
        "ErrorInvalidPropertyRequest",
        "Property is not valid for this object type.");

    /// <summary>A calendar view of a folder that is not a calendar.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError CalendarFolderIsInvalidForCalendarView = Define(
        "ErrorCalendarFolderIsInvalidForCalendarView",
        "Cannot request CalendarView for the folder.");

    /// <summary>The change key is empty or not base64.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidChangeKey = Define("ErrorInvalidChangeKey", "The change key is invalid.");

    /// <summary>An email address has characters that no address has.</summary>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static readonly EwsError InvalidContactEmailAddress = Define(
        "ErrorInvalidContactEmailAddress",
        "The e-mail address that was supplied isn't valid.");

    /// <summary>An email address has another index than those of the schema.</summary>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static readonly EwsError InvalidContactEmailIndex = Define(
        "ErrorInvalidContactEmailIndex",
        "The e-mail index supplied isn't valid.");

    /// <summary>Returns the error with the specified code, without the values that a request determines.</summary>
    /// <param name="code">The response code, exactly as on the wire.</param>
    /// <returns>The first error of this class with the code, or <c>null</c> if there is none.</returns>
    public static EwsError? FindByCode(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>Exchange supports the operation, but this service does not.</summary>
    /// <param name="operation">The name of the operation.</param>
    /// <remarks>
    /// Learn: "ResponseCode". The second sentence of the text is worded by this project. The code is not ErrorInvalidRequest, which clients
    /// take for a wrong RequestServerVersion.
    /// </remarks>
    public static EwsError NotSupported(string operation) => InvalidOperation with
    {
        MessageText = $"{InvalidOperation.MessageText} The operation {operation} is not available on this server.",
    };

    /// <summary>The caller, or the user to impersonate, has no mailbox.</summary>
    /// <param name="smtpAddress">The address, as specified in the request.</param>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static EwsError NonExistentMailbox(string smtpAddress) => NoMailbox with { Values = [new("SmtpAddress", smtpAddress)] };

    /// <summary>The id belongs to another mailbox than the caller's.</summary>
    /// <param name="mailboxGuid">The mailbox GUID, exactly as contained in the id.</param>
    /// <remarks>Learn: "AddNewImContactToGroup operation".</remarks>
    public static EwsError NonExistentMailboxGuid(string mailboxGuid) => NoMailbox with
    {
        MessageText = "No mailbox with such guid.",
        Values = [new("MailboxGuid", mailboxGuid)],
    };

    /// <summary>The server is busy, and the client must back off.</summary>
    /// <param name="backOffMilliseconds">The duration to back off, in milliseconds.</param>
    /// <remarks>Learn: "EWS throttling in Exchange".</remarks>
    public static EwsError ServerBusy(string backOffMilliseconds) => Busy with
    {
        Values = [new("BackOffMilliseconds", backOffMilliseconds)],
    };

    /// <summary>The property cannot be set, or not to this value.</summary>
    /// <param name="path">The path of the property, or <c>null</c> if it has none.</param>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static EwsError InvalidPropertySet(string? path) => OfProperty(PropertyNotSet, path);

    /// <summary>The property of a new item is not valid.</summary>
    /// <param name="path">The path of the property.</param>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static EwsError ItemSavePropertyError(string path) => OfProperty(PropertyNotSaved, path);

    /// <summary>The new value of a property is not valid.</summary>
    /// <param name="path">The path of the property.</param>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static EwsError PropertyUpdate(string path) => OfProperty(PropertyNotUpdated, path);

    /// <summary>The value of the property is too long.</summary>
    /// <param name="path">The path of the property.</param>
    /// <remarks>Learn: "ResponseCode". Text of the EWS Managed API, ServiceError.</remarks>
    public static EwsError DataSizeLimitExceeded(string path) => OfProperty(PropertyTooLarge, path);

    /// <summary>The property cannot be deleted.</summary>
    /// <param name="path">The path of the property.</param>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static EwsError InvalidPropertyDelete(string path) => OfProperty(PropertyNotDeleted, path);

    /// <summary>Values cannot be appended to the property.</summary>
    /// <param name="path">The path of the property.</param>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static EwsError InvalidPropertyAppend(string path) => OfProperty(PropertyNotAppended, path);

    /// <summary>Contacts do not have the property.</summary>
    /// <param name="path">The path of the property.</param>
    /// <remarks>Learn: "ResponseCode".</remarks>
    public static EwsError InvalidPropertyRequest(string path) => OfProperty(PropertyNotOfContacts, path);

    /// <summary>Determines whether another error has the same code, text, path and values.</summary>
    /// <param name="other">The other error.</param>
    public bool Equals(EwsError? other) =>
        other is not null && Code == other.Code && MessageText == other.MessageText && Path == other.Path
        && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, MessageText, Values.Length);

    private static EwsError OfProperty(EwsError error, string? path) => error with { Path = path };

    private static EwsError Define(string code, string messageText)
    {
        var error = new EwsError(code, messageText);
        ByCode.TryAdd(code, error);
        return error;
    }
}

/// <summary>A <c>t:Value</c> element of MessageXml.</summary>
/// <param name="Name">The Name attribute.</param>
/// <param name="Value">The text of the element.</param>
public sealed record EwsErrorValue(string Name, string Value);
