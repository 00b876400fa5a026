using System.Net;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>The receiver of push notifications.</summary>
/// <param name="Url">The URL of the receiver.</param>
/// <param name="StatusFrequency">The time without events after which a notification without events is sent.</param>
internal sealed record PushReceiver(Uri Url, TimeSpan StatusFrequency)
{
    /// <summary>The maximum length of a URL.</summary>
    /// <remarks>Learn: "ResponseCode", ErrorInvalidPushSubscriptionUrl.</remarks>
    private const int MaxUrlLength = 2082;

    private const string AnyHost = "*";

    /// <summary>Determines whether notifications can be sent to a URL.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="hosts">The hosts in addition to this machine; <c>*</c> for every host.</param>
    /// <param name="ownPorts">The ports on which the service listens, to which no notifications are sent on this machine.</param>
    /// <returns>The URL, or <c>null</c> if it is not an HTTP URL, or its host or port is not allowed.</returns>
    public static Uri? ReadUrl(string text, IReadOnlyCollection<string> hosts, IReadOnlyCollection<int> ownPorts)
    {
        text = text.Trim();
        if (text.Length > MaxUrlLength
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        var isAllowed = IsThisMachine(url)
            ? !ownPorts.Contains(url.Port)
            : hosts.Contains(AnyHost) || hosts.Contains(url.IdnHost, StringComparer.OrdinalIgnoreCase);
        return isAllowed ? url : null;
    }

    private static bool IsThisMachine(Uri url) => url.HostNameType == UriHostNameType.Dns
        ? url.Host == "localhost"
        : IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address);
}
