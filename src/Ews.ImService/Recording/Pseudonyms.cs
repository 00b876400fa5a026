using System.Globalization;
using System.Text.RegularExpressions;

namespace Ews.ImService.Recording;

/// <summary>Replaces email addresses and their domains by pseudonyms. The same address always gets the same pseudonym.</summary>
/// <remarks>Pseudonyms are numbered in the order in which the addresses appear, and case is ignored. Names are not replaced.</remarks>
/// <param name="domains">Domains to replace that may appear without an address, such as that of the server.</param>
internal sealed partial class Pseudonyms(params string[] domains)
{
    private const string Domain = "domain{0}.example";
    private const string User = "user{0}";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _domains = Number(domains);
    private readonly Dictionary<string, string> _users = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns a text with pseudonyms.</summary>
    public string? Replace(string? text)
    {
        if (text is null)
            return null;
        lock (_lock)
        {
            var replaced = Address().Replace(text, match => AddressOf(match.Groups["user"].Value, match.Groups["domain"].Value));
            foreach (var (domain, pseudonym) in _domains.OrderByDescending(pair => pair.Key.Length))
                replaced = Regex.Replace(replaced, $@"(?<![\w.-]){Regex.Escape(domain)}(?![\w-])", pseudonym, RegexOptions.IgnoreCase);
            return replaced;
        }
    }

    private static Dictionary<string, string> Number(string[] domains) => domains
        .Select((domain, i) => (domain, Pseudonym: Format(Domain, i + 1)))
        .ToDictionary(pair => pair.domain, pair => pair.Pseudonym, StringComparer.OrdinalIgnoreCase);

    private static string Format(string pattern, int number) => string.Format(CultureInfo.InvariantCulture, pattern, number);

    private string AddressOf(string user, string domain)
    {
        if (!_domains.TryGetValue(domain, out var domainPseudonym))
            _domains[domain] = domainPseudonym = Format(Domain, _domains.Count + 1);
        var address = $"{user}@{domain}";
        if (!_users.TryGetValue(address, out var userPseudonym))
            _users[address] = userPseudonym = Format(User, _users.Count + 1);
        return $"{userPseudonym}@{domainPseudonym}";
    }

    [GeneratedRegex(@"(?<user>[\w.+-]+)(?:@|%40)(?<domain>[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,})")]
    private static partial Regex Address();
}
