using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Ews.ImService.Recording;

/// <summary>Replaces email addresses, their domains and the hosts in them by pseudonyms. The same one always gets the same pseudonym.
/// </summary>
/// <remarks>Pseudonyms are numbered in the order in which the addresses appear, and case is ignored. Names are not replaced.</remarks>
internal sealed partial class Pseudonyms
{
    private const string Domain = "domain{0}.example";
    private const string Host = "host{0}";
    private const string User = "user{0}";

    /// <summary>The start of a word, also after a character in percent-encoding.</summary>
    private const string Start = @"(?:(?<=%[0-9A-Fa-f]{2})|(?<![\w%-])|(?<=%)(?![0-9A-Fa-f]{2}))";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _users = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates pseudonyms.</summary>
    /// <param name="server">The server; its domain may appear without an address.</param>
    public Pseudonyms(string server) => PseudonymOf(_domains, DomainOf(server), Domain);

    /// <summary>Assigns pseudonyms to the addresses in a text, so that their domains are also replaced in other texts.</summary>
    public void Learn(string? text)
    {
        lock (_lock)
            Address().Replace(text ?? "", AddressOf);
    }

    /// <summary>Returns a text with pseudonyms.</summary>
    public string? Replace(string? text)
    {
        if (text is null)
            return null;
        lock (_lock)
            return HostName().Replace(Address().Replace(text, AddressOf), HostOf);
    }

    /// <summary>Returns the domain of a host; an IP address or a single name as it is.</summary>
    private static string DomainOf(string host) =>
        host.Split('.') is { Length: > 2 } labels && !IPAddress.TryParse(host, out _) ? string.Join('.', labels[1..]) : host;

    private static string PseudonymOf(Dictionary<string, string> pseudonyms, string name, string pattern)
    {
        if (!pseudonyms.TryGetValue(name, out var pseudonym))
            pseudonyms[name] = pseudonym = string.Format(CultureInfo.InvariantCulture, pattern, pseudonyms.Count + 1);
        return pseudonym;
    }

    private string AddressOf(Match match)
    {
        var (user, domain) = (match.Groups["user"].Value, match.Groups["domain"].Value);
        var name = Uri.UnescapeDataString(WebUtility.HtmlDecode(user));
        var domainPseudonym = PseudonymOf(_domains, domain, Domain);
        return $"{PseudonymOf(_users, $"{name}@{domain}", User)}@{domainPseudonym}";
    }

    /// <summary>Returns the pseudonym of a host in a known domain, such as host1.domain1.example; other words as they are.</summary>
    private string HostOf(Match match)
    {
        var name = match.Value;
        for (var start = 0; start >= 0; start = name.IndexOf('.', start) is >= 0 and var dot ? dot + 1 : -1)
        {
            if (_domains.TryGetValue(name[start..], out var domain))
                return start == 0 ? domain : $"{PseudonymOf(_hosts, name, Host)}.{domain}";
        }

        return name;
    }

    // Characters that separate addresses from other texts in URLs and XML (/ = ? & %) are not part of a user, except in the form IMCEA,
    // in which Exchange writes addresses of other kinds.
    [GeneratedRegex(Start
        + @"(?<user>IMCEA[^\s@<>""]+|[\w!#$*+^`{|}~-](?:[\w!#$*+^`{|}~.'-]|&(?:apos|\#39|\#x27);|%27|%2[Bb])*)"
        + @"(?:@|%40)(?<domain>[^\W_](?:[\w-]*\.)+\p{L}[\w-]*\w)")]
    private static partial Regex Address();

    [GeneratedRegex(Start + @"[\w-]+(?:\.[\w-]+)*")]
    private static partial Regex HostName();
}
