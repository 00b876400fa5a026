using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>A salted hash of a password: PBKDF2 with HMAC-SHA256.</summary>
/// <param name="Iterations">The number of rounds.</param>
/// <param name="Salt">The salt.</param>
/// <param name="Hash">The hash of 32 bytes.</param>
/// <remarks>RFC 8018.</remarks>
public sealed record PasswordHash(int Iterations, byte[] Salt, byte[] Hash)
{
    private const string Prefix = "pbkdf2-sha256";
    private const int Bytes = 32;
    private const int SaltBytes = 16;
    private const int MaxIterations = 10_000_000;

    /// <summary>Low enough for tests with a hundred sign-ins.</summary>
    private const int DefaultIterations = 20_000;

    /// <summary>Hashes a password with a random salt and 20,000 rounds.</summary>
    /// <param name="password">The password.</param>
    public static PasswordHash Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(DefaultIterations, salt, Derive(password, salt, DefaultIterations, Bytes));
    }

    /// <summary>Creates a hash that matches no password. It is not computed with any rounds, because every start creates one.</summary>
    public static PasswordHash Dummy() =>
        new(DefaultIterations, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads the text that <see cref="ToString"/> returns.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The hash, or <c>null</c> if the text is not a hash of at most 10,000,000 rounds.</returns>
    public static PasswordHash? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('$');
        if (parts is not [Prefix, var iterations, var salt, var hash]
            || !int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            || rounds is < 1 or > MaxIterations)
        {
            return null;
        }

        var (saltBytes, hashBytes) = (FromBase64(salt), FromBase64(hash));
        return saltBytes is { Length: > 0 } && hashBytes is { Length: Bytes } ? new PasswordHash(rounds, saltBytes, hashBytes) : null;
    }

    /// <summary>Verifies a password, in the same time for a wrong password as for the correct one.</summary>
    /// <param name="password">The password.</param>
    /// <returns><c>true</c> if this is the hash of the password; otherwise, <c>false</c>.</returns>
    public bool Verify(string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Iterations, Hash.Length), Hash);

    /// <summary>Computes a number of rounds and discards the result, so that a verification takes as long as another one.</summary>
    /// <param name="password">The password.</param>
    /// <param name="iterations">The number of rounds; none if it is not positive.</param>
    public static void BurnRounds(string password, int iterations)
    {
        if (iterations > 0)
            _ = Derive(password, new byte[SaltBytes], iterations, Bytes);
    }

    /// <summary>Returns the text for settings: <c>pbkdf2-sha256$ROUNDS$SALT$HASH</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}${Iterations}${Convert.ToBase64String(Salt)}${Convert.ToBase64String(Hash)}");

    private static byte[] Derive(string password, byte[] salt, int iterations, int bytes) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, bytes);

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
