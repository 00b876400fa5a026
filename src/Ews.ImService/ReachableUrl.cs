using System.Text.RegularExpressions;

namespace Ews.ImService;

/// <summary>Converts a URL to listen on into a URL that clients on this machine can use.</summary>
internal static partial class ReachableUrl
{
    /// <summary>Returns the URL with the host <c>localhost</c> if its host means all addresses.</summary>
    public static string From(string url) => AnyHost().Replace(url, "$1localhost$2");

    [GeneratedRegex(@"^(https?://)(?:\*|\+|0\.0\.0\.0|\[::\])(:|/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex AnyHost();
}
