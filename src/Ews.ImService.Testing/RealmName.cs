using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Ews.ImService.Testing;

/// <summary>Verifies and creates names of realms.</summary>
internal static partial class RealmName
{
    private const int MaxLength = 64;
    private const int SuffixLength = 8;

    /// <summary>Returns a name if it is valid.</summary>
    /// <exception cref="ArgumentNullException">The name is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    public static string Verify(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        const string Rule = "It must have 1 to 64 letters, digits, '.', '-' and '_', and begin with a letter or a digit.";
        return Valid().IsMatch(name)
            ? name
            : throw new ArgumentException($"'{name}' is not a valid realm name. {Rule}", nameof(name));
    }

    /// <summary>Creates a name that is different from all others.</summary>
    /// <param name="beginning">The beginning of the name. Characters that are not valid are replaced.</param>
    /// <exception cref="ArgumentNullException"><paramref name="beginning"/> is <c>null</c>.</exception>
    public static string CreateUnique(string beginning)
    {
        ArgumentNullException.ThrowIfNull(beginning);
        var valid = InvalidCharacters().Replace(beginning, "_").TrimStart('.', '-', '_');
        var maxLength = MaxLength - SuffixLength - 1;
        var start = valid.Length == 0 ? "realm" : valid.Length > maxLength ? valid[..maxLength] : valid;
        return $"{start}-{RandomNumberGenerator.GetHexString(SuffixLength, lowercase: true)}";
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Valid();

    [GeneratedRegex("[^A-Za-z0-9._-]+")]
    private static partial Regex InvalidCharacters();
}
