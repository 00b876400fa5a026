using System.Diagnostics.CodeAnalysis;

namespace Ews.ImService.Mailbox;

/// <summary>A valid SMTP address. Equality is case-insensitive.</summary>
/// <remarks>
/// RFC 5321, section 4.1.2: a dot-string or quoted string of at most 64 characters, <c>@</c>, and a domain name of at most 255 characters.
/// The default value is not a valid address: its <see cref="Value"/> is empty.
/// </remarks>
public readonly record struct SmtpAddress
{
    private const string AtomSymbols = "!#$%&'*+-/=?^_`{|}~";
    private const int MaxLocalPart = 64;
    private const int MaxDomain = 255;
    private const int MaxLabel = 63;

    private readonly string? _value;

    private SmtpAddress(string value) => _value = value;

    /// <summary>Gets the address as it was specified.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Gets the address in upper case, which is the same text for equal addresses.</summary>
    public string Key => Value.ToUpperInvariant();

    /// <summary>Gets the part before the last <c>@</c>.</summary>
    public string LocalPart => Value[..Math.Max(0, Value.LastIndexOf('@'))];

    /// <summary>Gets the part after the last <c>@</c>.</summary>
    public string Domain => Value[(Value.LastIndexOf('@') + 1)..];

    /// <summary>Parses an SMTP address. Nothing is trimmed or repaired.</summary>
    /// <param name="text">The text to parse.</param>
    /// <exception cref="FormatException"><paramref name="text"/> is not a valid SMTP address.</exception>
    public static SmtpAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a valid SMTP address.");

    /// <summary>Tries to parse an SMTP address. Nothing is trimmed or repaired.</summary>
    /// <param name="text">The text to parse.</param>
    /// <param name="address">The address, if the text is valid; otherwise, the default value.</param>
    /// <returns><c>true</c> if the text is a valid SMTP address; otherwise, <c>false</c>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out SmtpAddress address)
    {
        var isValid = text is not null && IsValid(text);
        address = isValid ? new SmtpAddress(text!) : default;
        return isValid;
    }

    /// <summary>Determines whether another address is equal, regardless of case.</summary>
    /// <param name="other">The other address.</param>
    public bool Equals(SmtpAddress other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns the address as it was specified.</summary>
    public override string ToString() => Value;

    private static bool IsValid(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && at <= MaxLocalPart && IsLocalPart(text.AsSpan(0, at)) && IsDomain(text.AsSpan(at + 1));
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local) =>
        local[0] == '"'
            ? IsQuotedString(local)
            : IsDotted(local, static c => char.IsAsciiLetterOrDigit(c) || AtomSymbols.Contains(c), MaxLocalPart);

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
        && !domain.StartsWith("-")
        && !domain.EndsWith("-")
        && !domain.Contains(".-", StringComparison.Ordinal)
        && !domain.Contains("-.", StringComparison.Ordinal);

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
