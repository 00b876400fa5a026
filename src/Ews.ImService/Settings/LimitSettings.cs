using Ews.ImService.Configuration;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Settings;

/// <summary>Settings of limits.</summary>
internal static class LimitSettings
{
    /// <summary>The default of <c>Limits:MaxConnections</c>.</summary>
    public const int DefaultMaxConnections = 1000;

    private const int SecondsOfDay = 24 * 60 * 60;

    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Limits");

    private static readonly Setting<int> MaxGroups = Group.Add(Setting.Positive(
        "Limits:MaxGroups",
        new MailboxLimits().MaxGroups,
        "The maximum number of IM groups in a mailbox, in addition to the three system groups."));

    private static readonly Setting<int> MaxContacts = Group.Add(Setting.Positive(
        "Limits:MaxContacts", new MailboxLimits().MaxContacts, "The maximum number of IM contacts in a mailbox."));

    private static readonly Setting<int> MaxFolders = Group.Add(Setting.Positive(
        "Limits:MaxFolders",
        new MailboxLimits().MaxFolders,
        "The maximum number of folders that clients create in a mailbox; further ones get ErrorQuotaExceeded."));

    private static readonly Setting<int> MaxItems = Group.Add(Setting.Positive(
        "Limits:MaxItems",
        new MailboxLimits().MaxItems,
        "The maximum number of ordinary contacts in a mailbox, including deleted ones; further ones get ErrorQuotaExceeded."));

    private static readonly Setting<int> MaxChanges = Group.Add(Setting.Positive(
        "Limits:MaxChanges",
        new MailboxLimits().MaxChanges,
        "The number of changes that the change log of a mailbox keeps at least; clients that synchronize less often must start again."));

    private static readonly Setting<int> MaxAttachmentBytes = Group.Add(Setting.Positive(
        "Limits:MaxAttachmentBytes",
        new MailboxLimits().MaxAttachmentBytes,
        "The maximum size of an attachment in bytes. The request that creates it must not exceed Limits:MaxRequestBytes."));

    private static readonly Setting<int> MaxRequestBytes = Group.Add(Setting.Positive(
        "Limits:MaxRequestBytes",
        new EwsOptions().MaxRequestBytes,
        "The maximum size of a request body in bytes; larger requests are rejected with status 413."));

    private static readonly Setting<int> MaxRequests = Group.Add(Setting.Positive(
        "Limits:MaxRequests",
        new EwsOptions().MaxRequests,
        "The maximum number of requests that are executed or wait for their execution; further requests get ErrorServerBusy."));

    private static readonly Setting<int> MaxRequestsPerMailbox = Group.Add(Setting.Positive(
        "Limits:MaxRequestsPerMailbox", new EwsOptions().MaxRequestsPerMailbox, "The same maximum for the requests of one mailbox."));

    private static readonly Setting<int> MaxBufferedBytes = Group.Add(Setting.Positive(
        "Limits:MaxBufferedBytes",
        new EwsOptions().MaxBufferedBytes,
        "The maximum size in bytes of all request bodies that are being received or processed, including those of control calls and "
        + "without the first 65536 bytes of each; further requests with larger bodies are rejected with status 503."));

    private static readonly Setting<int> MaxResponseBytes = Group.Add(Setting.Positive(
        "Limits:MaxResponseBytes",
        new EwsOptions().MaxResponseBytes,
        "The size in bytes of a response to GetAttachment, GetItem, FindItem, GetFolder or FindFolder beyond which it contains "
        + "ErrorDataSizeLimitExceeded instead of further results."));

    private static readonly Setting<int> BodyTimeoutSeconds = Group.Add(Setting.Positive(
        "Limits:BodyTimeoutSeconds",
        (int)new EwsOptions().BodyTimeout.TotalSeconds,
        "The maximum duration in seconds of the transfer of a request body, at most 86400; slower requests are rejected with status 408.",
        SecondsOfDay));

    private static readonly Setting<int> MaxConnections = Group.Add(Setting.Positive(
        "Limits:MaxConnections", DefaultMaxConnections, "The maximum number of concurrent connections; further connections are closed."));

    private static readonly Setting<int> MaxSubscriptions = Group.Add(Setting.Positive(
        "Limits:MaxSubscriptions",
        new EwsOptions().MaxSubscriptions,
        "The maximum number of subscriptions of an account; further ones get ErrorExceededSubscriptionCount."));

    private static readonly Setting<int> MaxStreamingConnections = Group.Add(Setting.Positive(
        "Limits:MaxStreamingConnections",
        new EwsOptions().MaxStreamingConnections,
        "The maximum number of concurrent GetStreamingEvents requests of an account; further ones get ErrorExceededConnectionCount."));

    private static readonly Setting<int> ResponseCacheBytes = Group.Add(Setting.Positive(
        "Limits:ResponseCacheBytes",
        new EwsOptions().ResponseCacheBytes,
        "The maximum memory in bytes for responses to GetImItemList that are kept for further requests."));

    /// <summary>Reads the limits of a mailbox.</summary>
    public static MailboxLimits Read(SettingValues values) => new(
        values.Get(MaxGroups), values.Get(MaxContacts), values.Get(MaxChanges), values.Get(MaxAttachmentBytes),
        values.Get(MaxFolders), values.Get(MaxItems));

    /// <summary>Reads the limits of the EWS endpoint.</summary>
    public static EwsOptions ReadEws(SettingValues values) => new()
    {
        MaxRequestBytes = values.Get(MaxRequestBytes),
        MaxRequests = values.Get(MaxRequests),
        MaxRequestsPerMailbox = values.Get(MaxRequestsPerMailbox),
        MaxBufferedBytes = values.Get(MaxBufferedBytes),
        MaxResponseBytes = values.Get(MaxResponseBytes),
        BodyTimeout = TimeSpan.FromSeconds(values.Get(BodyTimeoutSeconds)),
        ResponseCacheBytes = values.Get(ResponseCacheBytes),
        MaxSubscriptions = values.Get(MaxSubscriptions),
        MaxStreamingConnections = values.Get(MaxStreamingConnections),
    };

    /// <summary>Reads the maximum number of concurrent connections.</summary>
    public static int ReadMaxConnections(SettingValues values) => values.Get(MaxConnections);
}
