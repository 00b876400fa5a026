namespace Ews.ImService.Mailbox;

/// <summary>EWS response codes that this service answers with, spelled as on the wire.</summary>
/// <remarks>Learn: "ResponseCode". A code's text stands in <see cref="EwsError"/>.</remarks>
public enum ResponseCode
{
    /// <summary>The operation succeeded.</summary>
    NoError,

    /// <summary>The caller may not do this.</summary>
    ErrorAccessDenied,

    /// <summary>A folder id stands where an item id is needed.</summary>
    ErrorCannotUseFolderIdForItemId,

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

    /// <summary>The server failed; nothing was changed.</summary>
    ErrorInternalServerError,

    /// <summary>The ConnectingSID names nobody, or more than one.</summary>
    ErrorInvalidExchangeImpersonationHeaderData,

    /// <summary>An extended property is named by attributes that do not go together.</summary>
    ErrorInvalidExtendedProperty,

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

    /// <summary>A page has no rows.</summary>
    ErrorInvalidPagingMaxRows,

    /// <summary>The request is not one that can be answered.</summary>
    ErrorInvalidRequest,

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

    /// <summary>The item is not there, or may not be seen.</summary>
    ErrorItemNotFound,

    /// <summary>The request leaves out what it has to name.</summary>
    ErrorMissingArgument,

    /// <summary>More than one header says on whose behalf the request is made.</summary>
    ErrorMoreThanOneAccessModeSpecified,

    /// <summary>There is no such mailbox: of an SMTP address (a fault), or of an id (a response).</summary>
    ErrorNonExistentMailbox,

    /// <summary>A secondary address stands where the primary one is needed.</summary>
    ErrorNonPrimarySmtpAddress,

    /// <summary>The request violates the schema.</summary>
    ErrorSchemaValidation,

    /// <summary>The contact could not be taken out of the group.</summary>
    ErrorUnableToRemoveImContactFromGroup,

    /// <summary>The restriction is not one that is supported.</summary>
    ErrorUnsupportedQueryFilter,
}
