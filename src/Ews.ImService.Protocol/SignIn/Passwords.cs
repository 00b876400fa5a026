using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>What is kept of an account's password.</summary>
/// <param name="Slow">A salted hash of many rounds, for Basic; null where only the other is kept.</param>
/// <param name="Nt">The hash that NTLM needs; null where only the other is kept.</param>
public sealed record StoredPassword(PasswordHash? Slow, byte[]? Nt)
{
    /// <summary>Both hashes of a password.</summary>
    public static StoredPassword Create(string password) => new(PasswordHash.Create(password), NtHash.Compute(password));
}

/// <summary>PBKDF2 with HMAC-SHA256 of a password. RFC 8018.</summary>
/// <param name="Iterations">The rounds.</param>
/// <param name="Salt">The salt.</param>
/// <param name="Hash">The hash.</param>
public sealed record PasswordHash(int Iterations, byte[] Salt, byte[] Hash)
{
    private const string Prefix = "pbkdf2-sha256";
    private const int Bytes = 32;
    private const int SaltBytes = 16;
    private const int MaxIterations = 10_000_000;

    /// <summary>Few enough that a test with a hundred sign-ins does not notice.</summary>
    private const int OwnIterations = 20_000;

    /// <summary>Hashes a password with a salt of its own.</summary>
    public static PasswordHash Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(OwnIterations, salt, Derive(password, salt, OwnIterations, Bytes));
    }

    /// <summary>A hash that no password has, made without a round: every start makes one.</summary>
    public static PasswordHash Dummy() => new(OwnIterations, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads what <see cref="ToString"/> wrote, or null for what is none.</summary>
    public static PasswordHash? Read(string text)
    {
        var parts = text.Split('$');
        if (parts is not [Prefix, var iterations, var salt, var hash]
            || !int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) || rounds is < 1 or > MaxIterations)
        {
            return null;
        }

        var (saltBytes, hashBytes) = (FromBase64(salt), FromBase64(hash));
        return saltBytes is { Length: > 0 } && hashBytes is { Length: Bytes } ? new PasswordHash(rounds, saltBytes, hashBytes) : null;
    }

    /// <summary>Whether this is the password's hash; takes as long for a wrong password as for the right one.</summary>
    public bool Verify(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Iterations, Hash.Length), Hash);

    /// <summary>Takes as long as so many rounds, for nothing.</summary>
    public static void BurnRounds(string password, int iterations)
    {
        if (iterations > 0)
            _ = Derive(password, new byte[SaltBytes], iterations, Bytes);
    }

    /// <summary>The form that configuration holds.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}${Iterations}${Convert.ToBase64String(Salt)}${Convert.ToBase64String(Hash)}");

    private static byte[] Derive(string password, byte[] salt, int iterations, int bytes) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, bytes);

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}

/// <summary>The passwords of declared accounts.</summary>
/// <param name="byAddress">What is kept of them, by primary address.</param>
public sealed class Passwords(IReadOnlyDictionary<SmtpAddress, StoredPassword> byAddress)
{
    /// <summary>What somebody is checked against who does not exist, so that the check takes as long.</summary>
    private static readonly StoredPassword Nobody = new(PasswordHash.Dummy(), RandomNumberGenerator.GetBytes(NtHash.Bytes));

    private readonly Dictionary<SmtpAddress, StoredPassword> _byAddress = new(byAddress);
    private readonly ConcurrentDictionary<SmtpAddress, byte[]> _proven = new();
    private readonly int _mostIterations = byAddress.Values.Select(password => password.Slow?.Iterations ?? 0).Append(Nobody.Slow!.Iterations).Max();
    private readonly byte[] _provenKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>Whether anybody has a password.</summary>
    public bool HasAny => _byAddress.Count > 0;

    /// <summary>Whether anybody has a password that NTLM can be told.</summary>
    public bool HasNt => _byAddress.Values.Any(password => password.Nt is not null);

    /// <summary>No accounts.</summary>
    public static Passwords None { get; } = new(new Dictionary<SmtpAddress, StoredPassword>());

    /// <summary>Whether a password is an account's. Who was right before is known again at once; who is not waits the same, whether or not the account exists.</summary>
    /// <param name="smtpAddress">The account's primary address; null where there is no account.</param>
    /// <param name="password">The password.</param>
    public bool IsRight(SmtpAddress? smtpAddress, string password)
    {
        var seen = HMACSHA256.HashData(_provenKey, Encoding.UTF8.GetBytes(password));
        if (smtpAddress is { } known && _proven.TryGetValue(known, out var proven) && CryptographicOperations.FixedTimeEquals(seen, proven))
            return true;

        var stored = smtpAddress is { } address && _byAddress.TryGetValue(address, out var kept) ? kept : Nobody;
        var slow = stored.Slow ?? Nobody.Slow!;
        var isSlowRight = slow.Verify(password);
        PasswordHash.BurnRounds(password, _mostIterations - slow.Iterations);
        var isNtRight = CryptographicOperations.FixedTimeEquals(NtHash.Compute(password), stored.Nt ?? Nobody.Nt!);
        var isRight = stored != Nobody && (stored.Slow is not null ? isSlowRight : isNtRight);
        if (isRight)
            _proven[smtpAddress!.Value] = seen;
        return isRight;
    }

    /// <summary>Whether an NTLMv2 response proves an account's password.</summary>
    /// <param name="smtpAddress">The account's primary address; null where there is no account.</param>
    /// <param name="credentials">The response and who gave it.</param>
    /// <param name="challenge">The challenge that it answers.</param>
    internal bool IsProven(SmtpAddress? smtpAddress, NtlmCredentials credentials, byte[] challenge)
    {
        var stored = smtpAddress is { } address && _byAddress.TryGetValue(address, out var kept) ? kept.Nt : null;
        var isProven = NtHash.Proves(stored ?? Nobody.Nt!, credentials.UserName, credentials.Domain, challenge, credentials.Response);
        return isProven && stored is not null;
    }
}
