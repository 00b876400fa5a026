using System.Text.RegularExpressions;

namespace Ews.ImService;

/// <summary>Makes a URL to go to of one to listen on.</summary>
internal static partial class ReachableUrl
{
    /// <summary>The URL, with a name that works from this machine where it says "any".</summary>
    public static string Of(string url) => AnyHost().Replace(url, "$1localhost$2");

    [GeneratedRegex(@"^(https?://)(?:\*|\+|0\.0\.0\.0|\[::\])(:|/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex AnyHost();
}
