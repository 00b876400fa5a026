namespace Ews.ImService.Protocol.Operations;

/// <summary>
/// The names of the operations of Exchange. A request for an operation that this service does not support gets a fault that names the
/// operation.
/// </summary>
/// <remarks>Learn: "EWS operations in Exchange".</remarks>
internal static class ExchangeOperationNames
{
    /// <summary>The suffix of the request elements of some operations, such as GetUserAvailability.</summary>
    public const string RequestSuffix = "Request";

    /// <summary>All names, including those of the supported operations.</summary>
    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        "AddDelegate", "AddDistributionGroupToImList", "AddImContactToGroup", "AddImGroup", "AddNewImContactToGroup",
        "AddNewTelUriContactToGroup", "AddTag", "ApplyConversationAction", "ArchiveItem", "ConvertId", "CopyFolder", "CopyItem",
        "CreateAttachment", "CreateFolder", "CreateFolderPath", "CreateItem", "CreateManagedFolder", "CreateMeetingInstance",
        "CreateMeetingSpace", "CreateUserConfiguration", "DeleteAttachment", "DeleteFolder", "DeleteItem",
        "DeleteMeetingInstance", "DeleteMeetingSpace", "DeleteSearchSuggestion", "DeleteUserConfiguration", "DisableApp",
        "DisconnectPhoneCall", "EmptyFolder", "EndSearchSession", "ExecuteSearch", "ExpandDL", "ExportItems",
        "FindAvailableMeetingTimes", "FindConversation", "FindFolder", "FindItem", "FindMeetingSpaceByJoinUrl",
        "FindMeetingTimeCandidates", "FindMessageTrackingReport", "FindPeople", "FindTags", "GetAppManifests",
        "GetAppMarketplaceUrl", "GetAttachment", "GetClientAccessToken", "GetConversationItems", "GetDelegate",
        "GetDiscoverySearchConfiguration", "GetEvents", "GetFolder", "GetHoldOnMailboxes", "GetImItemList", "GetImItems",
        "GetInboxRules", "GetItem", "GetLastPrivateCatalogUpdate", "GetMailTips", "GetMeetingInstance", "GetMeetingSpace",
        "GetMessageTrackingReport", "GetNonIndexableItemDetails", "GetNonIndexableItemStatistics", "GetPasswordExpirationDate",
        "GetPersona", "GetPhoneCallInformation", "GetPrivateCatalogAddIns", "GetRoomLists", "GetRooms", "GetSearchSuggestions",
        "GetSearchableMailboxes", "GetServerTimeZones", "GetServiceConfiguration", "GetSharingFolder", "GetSharingMetadata",
        "GetSpecificUserConfiguration", "GetStreamingEvents", "GetUserAvailability", "GetUserConfiguration", "GetUserOofSettings",
        "GetUserPhoto", "GetUserRetentionPolicyTags", "HideTag", "InstallApp", "MarkAllItemsAsRead", "MarkAsJunk", "MoveFolder",
        "MoveItem", "PlayOnPhone", "RefreshSharingFolder", "RemoveContactFromImList", "RemoveDelegate",
        "RemoveDistributionGroupFromImList", "RemoveImContactFromGroup", "RemoveImGroup", "ReportMessage", "ResolveNames",
        "SearchMailboxes", "SendItem", "SetHoldOnMailboxes", "SetImGroup", "SetImListMigrationCompleted", "SetTeamMailbox",
        "SetUserOofSettings", "SetUserPhoto", "StartSearchSession", "Subscribe", "SyncFolderHierarchy", "SyncFolderItems",
        "UninstallApp", "UnpinTeamMailbox", "Unsubscribe", "UpdateDelegate", "UpdateFolder", "UpdateInboxRules", "UpdateItem",
        "UpdateItemInRecoverableItems", "UpdateMeetingInstance", "UpdateMeetingSpace", "UpdateUserConfiguration", "UploadItems",
    };

    /// <summary>Gets the local names of the elements that are requests for an operation.</summary>
    public static IEnumerable<string> Elements => All.Concat(All.Select(name => name + RequestSuffix));

    /// <summary>Finds an operation by the local name of its request element.</summary>
    /// <returns>
    /// The name of the operation, or <c>null</c> if Exchange does not have it. The element of some operations, such as
    /// GetUserAvailability, is the name with the suffix Request.
    /// </returns>
    public static string? FindByElement(string element)
    {
        var name = element.EndsWith(RequestSuffix, StringComparison.Ordinal) ? element[..^RequestSuffix.Length] : element;
        return All.Contains(name) ? name : null;
    }
}
