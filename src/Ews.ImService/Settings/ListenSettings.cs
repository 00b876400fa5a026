using Ews.ImService.Configuration;

namespace Ews.ImService.Settings;

/// <summary>Settings of the addresses to listen on.</summary>
internal static class ListenSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Addresses");

    /// <summary>The addresses to listen on; commands call the first of them by default.</summary>
    public static readonly Setting<IReadOnlyList<string>> Urls = Group.Add(
        new Setting<IReadOnlyList<string>>("urls", ["http://localhost:5080"], "The URLs to listen on, separated by semicolons.", ParseUrls)
        {
            ValueName = "urls",
            DefaultText = "http://localhost:5080",
        });

    private const string AnyUrl = "a URL such as http://localhost:5080";

    /// <summary>An HTTPS URL to listen on in addition to <see cref="Urls"/>.</summary>
    public static readonly Setting<string?> HttpsUrl = Group.Add(
        Setting.Optional("Https:Url", "An HTTPS URL to listen on in addition to 'urls'.", ParseHttpsUrl, "url") with
        {
            ShortName = "--https",
            ShortValue = "https://localhost:5443",
        });

    private static readonly Setting<bool> TrustForwardedHeaders = Group.Add(
        Setting.Boolean(
            "Proxy:TrustForwardedHeaders",
            false,
            "Derives the public URL of a request from the headers X-Forwarded-Host, X-Forwarded-Proto, X-Forwarded-Port and "
            + "X-Forwarded-Prefix of a proxy."));

    /// <summary>Reads the URLs to listen on.</summary>
    public static IReadOnlyList<string> ReadUrls(SettingValues values) =>
        values.Get(HttpsUrl) is { } https ? [.. values.Get(Urls), https] : values.Get(Urls);

    /// <summary>Reads the setting that trusts the headers of a proxy.</summary>
    public static bool ReadTrustForwardedHeaders(SettingValues values) => values.Get(TrustForwardedHeaders);

    /// <summary>Returns <c>true</c> if only clients on this machine can reach a URL; otherwise, <c>false</c>.</summary>
    public static bool IsLoopback(string url) => new Uri(WithConcreteHost(url)).IsLoopback;

    private static Parsed<IReadOnlyList<string>> ParseUrls(string text)
    {
        var urls = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var violation = urls.Length == 0 ? new Violation(AnyUrl) : urls.Select(Check).FirstOrDefault(found => found is not null);
        return violation is null ? urls : violation;
    }

    private static Parsed<string?> ParseHttpsUrl(string url)
    {
        if (Check(url) is { } violation)
            return violation;
        return url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? url : new Violation("a URL that begins with https://");
    }

    /// <summary>Checks a URL. Kestrel accepts more, and listens on all addresses for an unknown host name.</summary>
    private static Violation? Check(string url)
    {
        var concrete = WithConcreteHost(url);
        if (!Uri.TryCreate(concrete, UriKind.Absolute, out var uri)
            || !concrete.Contains(uri.Authority, StringComparison.OrdinalIgnoreCase))
        {
            return new Violation(AnyUrl, url);
        }

        var rule = uri switch
        {
            { Scheme: not ("http" or "https") } => "a URL that begins with http:// or https://",
            { HostNameType: not (UriHostNameType.IPv4 or UriHostNameType.IPv6), Host: not "localhost" } =>
                "a URL of localhost, of an IP address, or of * for all addresses",
            { Port: 0, Host: "localhost" } => "http://127.0.0.1:0 for any free port, because localhost has two addresses",
            { PathAndQuery: not "/" } or { UserInfo: not "" } => "a URL without a path",
            _ => null,
        };
        return rule is null ? null : new Violation(rule, url);
    }

    private static string WithConcreteHost(string url) =>
        url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
}
