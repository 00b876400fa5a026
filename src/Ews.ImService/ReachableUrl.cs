using System.Text.RegularExpressions;
using Ews.ImService.Protocol;

namespace Ews.ImService;

/// <summary>Converts a URL to listen on into a URL that clients on this machine can use.</summary>
internal static partial class ReachableUrl
{
    /// <summary>Returns the URL with the host <c>localhost</c> if its host means all addresses.</summary>
    public static string From(string url) => AnyHost().Replace(url, "$1localhost$2");

    /// <summary>Returns the EWS URL below a URL to listen on.</summary>
    public static Uri OfEws(string url) => new(new Uri(From(url)), EwsOptions.Path);

    [GeneratedRegex(@"^(https?://)(?:\*|\+|0\.0\.0\.0|\[::\])(:|/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex AnyHost();
}
