using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>The passwords of the declared accounts.</summary>
/// <param name="byAddress">The hashes by primary address.</param>
public sealed class Passwords(IReadOnlyDictionary<SmtpAddress, StoredPassword> byAddress)
{
    /// <summary>The password of an unknown account, so that its verification takes the same time.</summary>
    private static readonly StoredPassword Dummy = new(PasswordHash.Dummy(), RandomNumberGenerator.GetBytes(NtHash.Bytes));

    private readonly Dictionary<SmtpAddress, StoredPassword> _byAddress = new(byAddress);
    private readonly ConcurrentDictionary<SmtpAddress, byte[]> _verified = new();
    private readonly byte[] _verifiedKey = RandomNumberGenerator.GetBytes(32);
    private readonly int _maxIterations = byAddress.Values
        .Select(password => password.Slow?.Iterations ?? 0).Append(Dummy.Slow!.Iterations).Max();

    /// <summary>Gets an empty instance, without passwords.</summary>
    public static Passwords None { get; } = new(new Dictionary<SmtpAddress, StoredPassword>());

    /// <summary>Gets a value that indicates whether any account has a password.</summary>
    public bool HasAny => _byAddress.Count > 0;

    /// <summary>Gets a value that indicates whether any account has a password that NTLM can use.</summary>
    public bool HasNt => _byAddress.Values.Any(password => password.Nt is not null);

    /// <summary>Verifies the password of an account.</summary>
    /// <param name="smtpAddress">The primary address of the account, or <c>null</c> if there is no account.</param>
    /// <param name="password">The password.</param>
    /// <returns><c>true</c> if the password is correct; otherwise, <c>false</c>.</returns>
    /// <remarks>
    /// A password that was correct before is verified without any rounds. A wrong password takes the same time whether or not the account
    /// exists.
    /// </remarks>
    public bool Verify(SmtpAddress? smtpAddress, string password)
    {
        var seen = HMACSHA256.HashData(_verifiedKey, Encoding.UTF8.GetBytes(password));
        if (smtpAddress is { } known && _verified.TryGetValue(known, out var verified)
            && CryptographicOperations.FixedTimeEquals(seen, verified))
        {
            return true;
        }

        var stored = smtpAddress is { } address && _byAddress.TryGetValue(address, out var kept) ? kept : Dummy;
        var slow = stored.Slow ?? Dummy.Slow!;
        var isSlowCorrect = slow.Verify(password);
        PasswordHash.BurnRounds(password, _maxIterations - slow.Iterations);
        var isNtCorrect = CryptographicOperations.FixedTimeEquals(NtHash.Compute(password), stored.Nt ?? Dummy.Nt!);
        var isCorrect = stored != Dummy && (stored.Slow is not null ? isSlowCorrect : isNtCorrect);
        if (isCorrect)
            _verified[smtpAddress!.Value] = seen;
        return isCorrect;
    }

    /// <summary>Verifies the NTLMv2 response of an account and, if the client announced it, the integrity of the handshake.</summary>
    /// <param name="smtpAddress">The primary address of the account, or <c>null</c> if there is no account.</param>
    /// <param name="credentials">The credentials with the response.</param>
    /// <param name="handshake">The handshake.</param>
    /// <returns><c>true</c> if the response is correct; otherwise, <c>false</c>.</returns>
    internal bool Verify(SmtpAddress? smtpAddress, NtlmCredentials credentials, NtlmHandshake handshake)
    {
        var stored = smtpAddress is { } address && _byAddress.TryGetValue(address, out var kept) ? kept.Nt : null;
        var hash = stored ?? Dummy.Nt!;
        var (domain, userName, response) = credentials;
        return NtHash.Verify(hash, userName, domain, handshake.Challenge, response) && stored is not null
            && credentials.Integrity?.IsCorrect(NtHash.SessionKey(hash, userName, domain, response), handshake) is not false;
    }
}
