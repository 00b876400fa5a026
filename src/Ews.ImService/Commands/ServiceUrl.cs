using Ews.ImService.Configuration;
using Ews.ImService.Protocol.Http;

namespace Ews.ImService.Commands;

/// <summary>The URL of a running service, or of a realm of it.</summary>
/// <param name="Root">The root of the service.</param>
/// <param name="Realm">The realm that the path names; <c>null</c> if it names none.</param>
internal sealed record ServiceUrl(Uri Root, string? Realm)
{
    /// <summary>The rule of URLs, for messages: "must be …".</summary>
    public const string Rule = "the URL of a running service, such as http://localhost:5080, or of a realm, such as "
        + "http://localhost:5080/realms/my-test";

    /// <summary>Parses a URL. EWS URLs, and those of the control API, can be used as well.</summary>
    public static Parsed<ServiceUrl?> Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Port == 0)
            return new Violation(Rule);
        var root = new Uri(url, "/");
        if (!url.AbsolutePath.StartsWith(RequestRealm.PathPrefix, StringComparison.OrdinalIgnoreCase))
            return IsOfService(url.AbsolutePath) ? new ServiceUrl(root, null) : new Violation(Rule);
        var realm = Uri.UnescapeDataString(url.AbsolutePath[RequestRealm.PathPrefix.Length..].Split('/')[0]);
        return RequestRealm.IsValidName(realm)
            ? new ServiceUrl(root, realm)
            : new Violation($"a URL in which the name of the realm is {RequestRealm.NameRule}");
    }

    /// <summary>
    /// Returns <c>true</c> if the service has the path; otherwise, <c>false</c>. If other paths were ignored, a misspelled realm would be
    /// the default realm.
    /// </summary>
    private static bool IsOfService(string path) => path == "/"
        || path.StartsWith("/EWS/", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("/_control/", StringComparison.OrdinalIgnoreCase);
}
