using System.Security;

namespace Ews.ImService.Tests;

/// <summary>Writes requests. The operation has separate lines, so that the positions in faults are easy to count.</summary>
internal static class EwsRequest
{
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Services = "schemas.microsoft.com/exchange/services/2006";

    private const string AllEvents = "Created Modified Moved Copied Deleted NewMail FreeBusyChanged";

    public const string Version = """<t:RequestServerVersion Version="Exchange2013"/>""";

    /// <summary>Returns a request of any operation. Its element is on line 4, and its content on line 5.</summary>
    public static string For(string operation, string content, string header = Version, string spelling = "http", string attributes = "") =>
        Envelope(header, $"\n<m:{operation}{attributes}>\n{content}\n</m:{operation}>\n", spelling);

    public static string Envelope(string header, string body, string spelling = "http") => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <s:Envelope xmlns:s="{Soap}" xmlns:t="{spelling}://{Services}/types" xmlns:m="{spelling}://{Services}/messages">
        <s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>
        """;

    public static string AddImGroup(string displayName, string header = Version) =>
        For("AddImGroup", $"<m:DisplayName>{SecurityElement.Escape(displayName)}</m:DisplayName>", header);

    public static string SetImGroup(string groupId, string newDisplayName, string header = Version) => For(
        "SetImGroup",
        ItemId("GroupId", groupId) + $"<m:NewDisplayName>{SecurityElement.Escape(newDisplayName)}</m:NewDisplayName>",
        header);

    public static string AddImContactToGroup(string contactId, string? groupId) =>
        For("AddImContactToGroup", ItemId("ContactId", contactId) + ItemId("GroupId", groupId));

    public static string AddNewImContactToGroup(string imAddress, string? displayName = null, string? groupId = null) => For(
        "AddNewImContactToGroup",
        $"<m:ImAddress>{SecurityElement.Escape(imAddress)}</m:ImAddress>"
        + (displayName is null ? "" : $"<m:DisplayName>{SecurityElement.Escape(displayName)}</m:DisplayName>")
        + ItemId("GroupId", groupId));

    public static string RemoveImContactFromGroup(string contactId, string groupId) =>
        For("RemoveImContactFromGroup", ItemId("ContactId", contactId) + ItemId("GroupId", groupId));

    public static string RemoveImGroup(string groupId) => For("RemoveImGroup", ItemId("GroupId", groupId));

    public static string RemoveContactFromImList(string contactId) => For("RemoveContactFromImList", ItemId("ContactId", contactId));

    public static string AddNewTelUriContactToGroup(
        string telUri = "tel:5625550100",
        string sipUri = "sip:john@contoso.com",
        string number = "5625550100",
        string? groupId = null) => For(
        "AddNewTelUriContactToGroup",
        $"<m:TelUriAddress>{telUri}</m:TelUriAddress><m:ImContactSipUriAddress>{sipUri}</m:ImContactSipUriAddress>"
        + $"<m:ImTelephoneNumber>{number}</m:ImTelephoneNumber>"
        + ItemId("GroupId", groupId));

    public static string AddDistributionGroupToImList(string smtpAddress, string? displayName = null) => For(
        "AddDistributionGroupToImList",
        $"<m:SmtpAddress>{smtpAddress}</m:SmtpAddress>" + (displayName is null ? "" : $"<m:DisplayName>{displayName}</m:DisplayName>"));

    public static string RemoveDistributionGroupFromImList(string groupId) =>
        For("RemoveDistributionGroupFromImList", ItemId("GroupId", groupId));

    public static string GetImItemList(string content = "") => For("GetImItemList", content);

    public static string GetImItems(IEnumerable<string>? contactIds = null, IEnumerable<string>? groupIds = null, string content = "") =>
        For("GetImItems", Ids("ContactIds", contactIds) + Ids("GroupIds", groupIds) + content);

    /// <summary>Creates ordinary contacts with the given content.</summary>
    public static string CreateItem(params string[] contacts) =>
        For("CreateItem", $"<m:Items>{string.Concat(contacts.Select(contact => $"<t:Contact>{contact}</t:Contact>"))}</m:Items>");

    /// <summary>Requests items.</summary>
    /// <param name="ids">The ids of the items.</param>
    /// <param name="baseShape">The base shape.</param>
    /// <param name="additional">The paths of additional properties.</param>
    /// <param name="options">The elements between the base shape and the additional properties, such as BodyType.</param>
    /// <summary>Creates a distribution list with the given content.</summary>
    public static string CreateList(string content) =>
        For("CreateItem", $"<m:Items><t:DistributionList>{content}</t:DistributionList></m:Items>");

    /// <summary>Returns the members of a distribution list: the contents of their mailboxes.</summary>
    public static string Members(params string[] mailboxes) =>
        $"<t:Members>{string.Concat(mailboxes.Select(mailbox => $"<t:Member><t:Mailbox>{mailbox}</t:Mailbox></t:Member>"))}</t:Members>";

    /// <summary>Returns the id of an item as the content of a mailbox.</summary>
    public static string MailboxOf(string itemId) => $"<t:ItemId Id=\"{itemId}\"/>";

    /// <summary>Expands the distribution list in a mailbox with the given content.</summary>
    public static string ExpandDL(string mailbox) => For("ExpandDL", $"<m:Mailbox>{mailbox}</m:Mailbox>");

    public static string GetItem(
        IEnumerable<string> ids, string baseShape = "AllProperties", string additional = "", string options = "") => For(
        "GetItem", Shape("ItemShape", baseShape, additional, options) + Ids("ItemIds", ids));

    /// <summary>Changes one item.</summary>
    public static string UpdateItem(string id, string updates, string resolution = "AlwaysOverwrite", string changeKey = "") => For(
        "UpdateItem",
        $"<m:ItemChanges><t:ItemChange><t:ItemId Id=\"{id}\"{(changeKey.Length > 0 ? $" ChangeKey=\"{changeKey}\"" : "")}/>"
        + $"<t:Updates>{updates}</t:Updates></t:ItemChange></m:ItemChanges>",
        attributes: $" ConflictResolution='{resolution}'");

    public static string SetField(string fieldUri, string content) =>
        $"<t:SetItemField><t:FieldURI FieldURI='{fieldUri}'/><t:Contact>{content}</t:Contact></t:SetItemField>";

    public static string DeleteItem(params string[] ids) => DeleteItem(ids, "HardDelete");

    public static string DeleteItem(IEnumerable<string> ids, string type) =>
        For("DeleteItem", Ids("ItemIds", ids), attributes: $" DeleteType='{type}'");

    /// <summary>Attaches files with the given content to an item.</summary>
    public static string CreateAttachment(string itemId, params string[] attachments) =>
        For("CreateAttachment", ItemId("ParentItemId", itemId) + $"<m:Attachments>{string.Concat(attachments)}</m:Attachments>");

    public static string GetAttachment(params string[] ids) => For("GetAttachment", AttachmentIds(ids));

    public static string DeleteAttachment(params string[] ids) => For("DeleteAttachment", AttachmentIds(ids));

    /// <summary>Returns the picture of a contact as an attachment.</summary>
    public static string Picture(byte[] content) => File("ContactPicture.jpg", content, "<t:IsContactPhoto>true</t:IsContactPhoto>");

    /// <summary>Returns an attachment.</summary>
    public static string File(string name, byte[] content, string properties = "") =>
        $"<t:FileAttachment><t:Name>{name}</t:Name>{properties}<t:Content>{Convert.ToBase64String(content)}</t:Content></t:FileAttachment>";

    /// <summary>Stores out-of-office settings.</summary>
    /// <param name="duration">The start and the end, separated by <c>|</c>, or <c>null</c> for none.</param>
    /// <param name="replies">The internal and the external reply; <c>null</c> to omit one.</param>
    public static string SetUserOofSettings(
        string state,
        string audience = "All",
        string? duration = null,
        (string? Internal, string? External) replies = default,
        string address = TestService.DefaultMailbox,
        string header = Version) => For(
        "SetUserOofSettingsRequest",
        $"<t:Mailbox><t:Address>{address}</t:Address></t:Mailbox><t:UserOofSettings><t:OofState>{state}</t:OofState>"
        + $"<t:ExternalAudience>{audience}</t:ExternalAudience>"
        + (duration?.Split('|') is [var start, var end]
            ? $"<t:Duration><t:StartTime>{start}</t:StartTime><t:EndTime>{end}</t:EndTime></t:Duration>"
            : "")
        + Reply("InternalReply", replies.Internal)
        + Reply("ExternalReply", replies.External)
        + "</t:UserOofSettings>",
        header);

    public static string GetUserOofSettings(string address = TestService.DefaultMailbox, string header = Version) =>
        For("GetUserOofSettingsRequest", $"<t:Mailbox><t:Address>{address}</t:Address></t:Mailbox>", header);

    public static string FindItem(
        string folder,
        string baseShape = "AllProperties",
        string additional = "",
        string view = "",
        string rest = "",
        string traversal = "Shallow",
        string query = "") => For(
        "FindItem",
        Shape("ItemShape", baseShape, additional)
        + view
        + rest
        + $"<m:ParentFolderIds>{(folder.StartsWith('<') ? folder : $"<t:DistinguishedFolderId Id='{folder}'/>")}</m:ParentFolderIds>"
        + query,
        attributes: $" Traversal='{traversal}'");

    public static string GetFolder(string folders, string baseShape = "Default", string additional = "") => For(
        "GetFolder", Shape("FolderShape", baseShape, additional) + $"<m:FolderIds>{folders}</m:FolderIds>");

    public static string FindFolder(string parents, string traversal = "Shallow", string view = "", string baseShape = "Default") => For(
        "FindFolder",
        Shape("FolderShape", baseShape, "") + view + $"<m:ParentFolderIds>{parents}</m:ParentFolderIds>",
        attributes: $" Traversal='{traversal}'");

    /// <summary>Creates folders in a well-known folder.</summary>
    public static string CreateFolder(string parent, string folders) =>
        For("CreateFolder", $"<m:ParentFolderId>{FolderId(parent)}</m:ParentFolderId><m:Folders>{folders}</m:Folders>");

    /// <summary>Changes one folder.</summary>
    public static string UpdateFolder(string folder, string updates) => For(
        "UpdateFolder",
        $"<m:FolderChanges><t:FolderChange>{FolderId(folder)}<t:Updates>{updates}</t:Updates></t:FolderChange></m:FolderChanges>");

    public static string DeleteFolder(string folder, string type = "HardDelete") =>
        For("DeleteFolder", $"<m:FolderIds>{FolderId(folder)}</m:FolderIds>", attributes: $" DeleteType='{type}'");

    public static string EmptyFolder(string folder, string type = "HardDelete", bool deleteSubFolders = false) => For(
        "EmptyFolder",
        $"<m:FolderIds>{FolderId(folder)}</m:FolderIds>",
        attributes: $" DeleteType='{type}' DeleteSubFolders='{(deleteSubFolders ? "true" : "false")}'");

    /// <summary>Moves or copies folders.</summary>
    public static string TransferFolder(string operation, string target, params string[] folders) => For(
        operation,
        $"<m:ToFolderId>{FolderId(target)}</m:ToFolderId><m:FolderIds>{string.Concat(folders.Select(FolderId))}</m:FolderIds>");

    /// <summary>Moves or copies items.</summary>
    public static string TransferItem(string operation, string target, IEnumerable<string> ids, string rest = "") => For(
        operation, $"<m:ToFolderId>{FolderId(target)}</m:ToFolderId>{Ids("ItemIds", ids)}{rest}");

    /// <summary>Returns the id of a folder, given its distinguished name or its id.</summary>
    public static string FolderId(string folder) =>
        folder.Length < 40 ? $"<t:DistinguishedFolderId Id='{folder}'/>" : $"<t:FolderId Id='{folder}'/>";

    /// <summary>Synchronizes the folders below a folder, or below the root.</summary>
    public static string SyncFolderHierarchy(
        string? folder, string? syncState = null, string baseShape = "IdOnly", string additional = "") => For(
        "SyncFolderHierarchy",
        Shape("FolderShape", baseShape, additional)
        + (folder is null ? "" : $"<m:SyncFolderId>{FolderId(folder)}</m:SyncFolderId>")
        + (syncState is null ? "" : $"<m:SyncState>{syncState}</m:SyncState>"));

    /// <summary>Synchronizes the items of a folder.</summary>
    public static string SyncFolderItems(
        string folder,
        string? syncState = null,
        int maxChanges = 512,
        string baseShape = "IdOnly",
        string additional = "",
        string ignore = "") => For(
        "SyncFolderItems",
        Shape("ItemShape", baseShape, additional)
        + $"<m:SyncFolderId>{(folder.StartsWith('<') ? folder : $"<t:DistinguishedFolderId Id='{folder}'/>")}</m:SyncFolderId>"
        + (syncState is null ? "" : $"<m:SyncState>{syncState}</m:SyncState>")
        + ignore
        + $"<m:MaxChangesReturned>{maxChanges}</m:MaxChangesReturned>");

    /// <summary>Subscribes to all events of folders, which the client requests.</summary>
    /// <param name="folders">The names of the folders, separated by commas, or their ids as XML; empty for all folders.</param>
    public static string SubscribeToPull(string folders, string events = AllEvents, string watermark = "", int minutes = 10) =>
        Subscribe("Pull", folders, events, (watermark.Length > 0 ? $"<t:Watermark>{watermark}</t:Watermark>" : "")
            + $"<t:Timeout>{minutes}</t:Timeout>");

    /// <summary>Subscribes to all events of folders, which the client receives.</summary>
    /// <param name="folders">The names of the folders, separated by commas, or their ids as XML; empty for all folders.</param>
    public static string SubscribeToStream(string folders, string events = AllEvents, string header = Version) =>
        Subscribe("Streaming", folders, events, "", header);

    /// <summary>Subscribes to all events of folders, which the service sends to a URL, and at least once per day a notification.</summary>
    /// <param name="folders">The names of the folders, separated by commas, or their ids as XML; empty for all folders.</param>
    public static string SubscribeToPush(string folders, string url, string events = AllEvents, string watermark = "") =>
        Subscribe("Push", folders, events, (watermark.Length > 0 ? $"<t:Watermark>{watermark}</t:Watermark>" : "")
            + $"<t:StatusFrequency>1440</t:StatusFrequency><t:URL>{SecurityElement.Escape(url)}</t:URL>");

    public static string Unsubscribe(string subscriptionId) => For("Unsubscribe", $"<m:SubscriptionId>{subscriptionId}</m:SubscriptionId>");

    public static string GetEvents(string subscriptionId, string watermark) => For(
        "GetEvents", $"<m:SubscriptionId>{subscriptionId}</m:SubscriptionId><m:Watermark>{watermark}</m:Watermark>");

    public static string GetStreamingEvents(IEnumerable<string> subscriptionIds, int minutes = 1) => For(
        "GetStreamingEvents",
        "<m:SubscriptionIds>" + string.Concat(subscriptionIds.Select(id => $"<t:SubscriptionId>{id}</t:SubscriptionId>"))
        + $"</m:SubscriptionIds><m:ConnectionTimeout>{minutes}</m:ConnectionTimeout>");

    /// <summary>Returns a header that impersonates a user.</summary>
    public static string Impersonating(string kind, string value) =>
        $"{Version}<t:ExchangeImpersonation><t:ConnectingSID><t:{kind}>{SecurityElement.Escape(value)}</t:{kind}></t:ConnectingSID>"
        + "</t:ExchangeImpersonation>";

    private static string Subscribe(string kind, string folders, string events, string rest, string header = Version)
    {
        var ids = folders.StartsWith('<')
            ? folders
            : string.Concat(folders.Split(',').Select(name => $"<t:DistinguishedFolderId Id='{name}'/>"));
        return For(
            "Subscribe",
            $"<m:{kind}SubscriptionRequest{(folders.Length == 0 ? " SubscribeToAllFolders='true'" : "")}>"
            + (folders.Length == 0 ? "" : $"<t:FolderIds>{ids}</t:FolderIds>")
            + $"<t:EventTypes>{string.Concat(events.Split(' ').Select(type => $"<t:EventType>{type}Event</t:EventType>"))}</t:EventTypes>"
            + $"{rest}</m:{kind}SubscriptionRequest>",
            header);
    }

    private static string Shape(string element, string baseShape, string additional, string options = "") =>
        $"<m:{element}><t:BaseShape>{baseShape}</t:BaseShape>{options}"
        + (additional.Length > 0 ? $"<t:AdditionalProperties>{additional}</t:AdditionalProperties>" : "")
        + $"</m:{element}>";

    private static string Ids(string element, IEnumerable<string>? ids) => ids is null
        ? ""
        : $"<m:{element}>{string.Concat(ids.Select(id => $"""<t:ItemId Id="{SecurityElement.Escape(id)}"/>"""))}</m:{element}>";

    private static string Reply(string element, string? text) =>
        text is null ? "" : $"<t:{element}><t:Message>{text}</t:Message></t:{element}>";

    private static string AttachmentIds(string[] ids) =>
        $"<m:AttachmentIds>{string.Concat(ids.Select(id => $"<t:AttachmentId Id='{id}'/>"))}</m:AttachmentIds>";

    private static string ItemId(string element, string? id) => id is null ? "" : $"""<m:{element} Id="{SecurityElement.Escape(id)}"/>""";
}
