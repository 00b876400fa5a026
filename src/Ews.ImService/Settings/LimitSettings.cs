using Ews.ImService.Configuration;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Settings;

/// <summary>Settings of limits.</summary>
internal static class LimitSettings
{
    /// <summary>The default of <c>Limits:MaxConnections</c>.</summary>
    public const int DefaultMaxConnections = 1000;

    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Limits");

    private static readonly Setting<int> MaxGroups = Group.Add(Setting.Positive(
        "Limits:MaxGroups",
        new MailboxLimits().MaxGroups,
        "The maximum number of IM groups in a mailbox, in addition to the three system groups."));

    private static readonly Setting<int> MaxContacts = Group.Add(Setting.Positive(
        "Limits:MaxContacts", new MailboxLimits().MaxContacts, "The maximum number of IM contacts in a mailbox."));

    private static readonly Setting<int> MaxRequestBytes = Group.Add(Setting.Positive(
        "Limits:MaxRequestBytes",
        new EwsOptions().MaxRequestBytes,
        "The maximum size of a request body in bytes; larger requests are rejected with status 413."));

    private static readonly Setting<int> MaxConnections = Group.Add(Setting.Positive(
        "Limits:MaxConnections", DefaultMaxConnections, "The maximum number of concurrent connections; further connections are closed."));

    private static readonly Setting<int> ResponseCacheBytes = Group.Add(Setting.Positive(
        "Limits:ResponseCacheBytes",
        new EwsOptions().ResponseCacheBytes,
        "The maximum size in bytes of the responses to GetImItemList that are kept for further requests."));

    /// <summary>Reads the limits of a mailbox.</summary>
    public static MailboxLimits Read(SettingValues values) => new(values.Get(MaxGroups), values.Get(MaxContacts));

    /// <summary>Reads the maximum size of a request body in bytes.</summary>
    public static int ReadMaxRequestBytes(SettingValues values) => values.Get(MaxRequestBytes);

    /// <summary>Reads the maximum size of the kept responses in bytes.</summary>
    public static int ReadResponseCacheBytes(SettingValues values) => values.Get(ResponseCacheBytes);

    /// <summary>Reads the maximum number of concurrent connections.</summary>
    public static int ReadMaxConnections(SettingValues values) => values.Get(MaxConnections);
}
