namespace Ews.ImService.Mailbox;

/// <summary>EWS response codes that this service answers with, spelled as on the wire.</summary>
/// <remarks>Learn: "ResponseCode". A code's text stands in <see cref="EwsError"/>.</remarks>
public enum ResponseCode
{
    /// <summary>The operation succeeded.</summary>
    NoError,

    /// <summary>The caller may not do this.</summary>
    ErrorAccessDenied,

    /// <summary>The object may not be deleted.</summary>
    ErrorCannotDeleteObject,

    /// <summary>A folder id stands where an item id is needed.</summary>
    ErrorCannotUseFolderIdForItemId,

    /// <summary>An item id stands where a folder id is needed.</summary>
    ErrorCannotUseItemIdForFolderId,

    /// <summary>The change key is missing.</summary>
    ErrorChangeKeyRequiredForWriteOperations,

    /// <summary>Nobody may create items in the folder.</summary>
    ErrorCreateItemAccessDenied,

    /// <summary>There is no such folder here.</summary>
    ErrorFolderNotFound,

    /// <summary>The IM list already holds as many contacts as it may.</summary>
    ErrorImContactLimitReached,

    /// <summary>Another IM group already has the display name.</summary>
    ErrorImGroupDisplayNameAlreadyExists,

    /// <summary>The IM list already holds as many groups as it may.</summary>
    ErrorImGroupLimitReached,

    /// <summary>The caller may impersonate, but not this user.</summary>
    ErrorImpersonateUserDenied,

    /// <summary>The caller may not impersonate at all.</summary>
    ErrorImpersonationDenied,

    /// <summary>Impersonation failed for a reason of the server's own.</summary>
    ErrorImpersonationFailed,

    /// <summary>The operation does not exist in the requested schema version.</summary>
    ErrorIncorrectSchemaVersion,

    /// <summary>An update has to hold one property.</summary>
    ErrorIncorrectUpdatePropertyCount,

    /// <summary>The server failed; nothing was changed.</summary>
    ErrorInternalServerError,

    /// <summary>The ConnectingSID names nobody, or more than one.</summary>
    ErrorInvalidExchangeImpersonationHeaderData,

    /// <summary>An extended property is named by attributes that do not go together.</summary>
    ErrorInvalidExtendedProperty,

    /// <summary>An extended property's value is not of its type.</summary>
    ErrorInvalidExtendedPropertyValue,

    /// <summary>A fraction is none.</summary>
    ErrorInvalidFractionalPagingParameters,

    /// <summary>An Id attribute is empty.</summary>
    ErrorInvalidIdEmpty,

    /// <summary>An Id attribute cannot be read.</summary>
    ErrorInvalidIdMalformed,

    /// <summary>An Id attribute decodes to more bytes than an id may have.</summary>
    ErrorInvalidIdStoreObjectIdTooLong,

    /// <summary>The id is not that of an IM contact, or not of a member of the group.</summary>
    ErrorInvalidImContactId,

    /// <summary>The address is not that of a distribution group in the directory.</summary>
    ErrorInvalidImDistributionGroupSmtpAddress,

    /// <summary>The id is not that of an IM group which the operation accepts.</summary>
    ErrorInvalidImGroupId,

    /// <summary>A page begins before the first row.</summary>
    ErrorInvalidIndexedPagingParameters,

    /// <summary>Items of this kind cannot be created here.</summary>
    ErrorInvalidItemForOperationCreateItem,

    /// <summary>A page has no rows.</summary>
    ErrorInvalidPagingMaxRows,

    /// <summary>Nothing can be appended to the property.</summary>
    ErrorInvalidPropertyAppend,

    /// <summary>The property cannot be removed.</summary>
    ErrorInvalidPropertyDelete,

    /// <summary>Contacts do not have the property here.</summary>
    ErrorInvalidPropertyRequest,

    /// <summary>The property cannot be set.</summary>
    ErrorInvalidPropertySet,

    /// <summary>The request is not one that can be answered.</summary>
    ErrorInvalidRequest,

    /// <summary>A restriction means nothing.</summary>
    ErrorInvalidRestriction,

    /// <summary>The requested schema version is not known.</summary>
    ErrorInvalidServerVersion,

    /// <summary>A SID cannot be read.</summary>
    ErrorInvalidSid,

    /// <summary>An SMTP address cannot be read.</summary>
    ErrorInvalidSmtpAddress,

    /// <summary>A user principal name maps to nobody.</summary>
    ErrorInvalidUserPrincipalName,

    /// <summary>A SID maps to nobody.</summary>
    ErrorInvalidUserSid,

    /// <summary>The item has changed since it was read.</summary>
    ErrorIrresolvableConflict,

    /// <summary>The item is not there, or may not be seen.</summary>
    ErrorItemNotFound,

    /// <summary>The request leaves out what it has to name.</summary>
    ErrorMissingArgument,

    /// <summary>More than one header says on whose behalf the request is made.</summary>
    ErrorMoreThanOneAccessModeSpecified,

    /// <summary>More than one person matches.</summary>
    ErrorNameResolutionMultipleResults,

    /// <summary>Nobody matches.</summary>
    ErrorNameResolutionNoResults,

    /// <summary>There is no such mailbox: of an SMTP address (a fault), or of an id (a response).</summary>
    ErrorNonExistentMailbox,

    /// <summary>A secondary address stands where the primary one is needed.</summary>
    ErrorNonPrimarySmtpAddress,

    /// <summary>An item's class names another kind of item.</summary>
    ErrorObjectTypeChanged,

    /// <summary>The request violates the schema.</summary>
    ErrorSchemaValidation,

    /// <summary>The server wants to be left alone for a while; told on demand only.</summary>
    ErrorServerBusy,

    /// <summary>The time zone is not known.</summary>
    ErrorTimeZone,

    /// <summary>The contact could not be taken out of the group.</summary>
    ErrorUnableToRemoveImContactFromGroup,

    /// <summary>The property cannot be searched.</summary>
    ErrorUnsupportedPathForQuery,

    /// <summary>The property cannot be sorted by.</summary>
    ErrorUnsupportedPathForSortGroup,

    /// <summary>The restriction is not one that is supported.</summary>
    ErrorUnsupportedQueryFilter,

    /// <summary>The id has no such form.</summary>
    ErrorUnsupportedTypeForConversion,

    /// <summary>An update names one property and holds another.</summary>
    ErrorUpdatePropertyMismatch,
}
