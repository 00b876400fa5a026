namespace Ews.ImService.Mailbox;

/// <summary>Tells whether a text is an SMTP address: RFC 5321's dot-atom or quoted local part, one @, a host name.</summary>
public static class SmtpAddress
{
    private const string AtomSymbols = "!#$%&'*+-/=?^_`{|}~";
    private const int MaxLocalPart = 64;
    private const int MaxDomain = 255;
    private const int MaxLabel = 63;

    /// <summary>How addresses compare.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether the text is an address; nothing is cut or repaired.</summary>
    public static bool IsValid(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && at <= MaxLocalPart && IsLocalPart(text.AsSpan(0, at)) && IsDomain(text.AsSpan(at + 1));
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local) =>
        local[0] == '"' ? IsQuotedString(local) : IsDotted(local, static c => char.IsAsciiLetterOrDigit(c) || AtomSymbols.Contains(c), MaxLocalPart);

    private static bool IsQuotedString(ReadOnlySpan<char> quoted)
    {
        if (quoted.Length < 2 || quoted[^1] != '"')
            return false;

        var inside = quoted[1..^1];
        for (var i = 0; i < inside.Length; i++)
        {
            var escaped = inside[i] == '\\';
            if (escaped && ++i == inside.Length)
                return false;
            if (inside[i] is < ' ' or > '~' || (inside[i] == '"' && !escaped))
                return false;
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain) =>
        domain.Length is > 0 and <= MaxDomain
        && IsDotted(domain, static c => char.IsAsciiLetterOrDigit(c) || c == '-', MaxLabel)
        && !domain.StartsWith("-") && !domain.EndsWith("-") && !domain.Contains(".-", StringComparison.Ordinal) && !domain.Contains("-.", StringComparison.Ordinal);

    private static bool IsDotted(ReadOnlySpan<char> text, Func<char, bool> allowed, int maxPart)
    {
        foreach (var part in text.Split('.'))
        {
            var (start, length) = part.GetOffsetAndLength(text.Length);
            if (length == 0 || length > maxPart)
                return false;
            foreach (var c in text.Slice(start, length))
            {
                if (!allowed(c))
                    return false;
            }
        }

        return true;
    }
}
