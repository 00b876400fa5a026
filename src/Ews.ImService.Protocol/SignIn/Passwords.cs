using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>The passwords of the declared accounts.</summary>
/// <param name="byAddress">The hashes by primary address.</param>
public sealed class Passwords(IReadOnlyDictionary<SmtpAddress, StoredPassword> byAddress)
{
    private readonly Lazy<Verifier> _verifier = new(() => new Verifier(byAddress.Values));

    /// <summary>Gets an empty instance, without passwords.</summary>
    public static Passwords None { get; } = new(new Dictionary<SmtpAddress, StoredPassword>());

    /// <summary>Gets a value that indicates whether any account has a password.</summary>
    public bool HasAny => byAddress.Count > 0;

    /// <summary>Gets a value that indicates whether any account has a password that NTLM can use.</summary>
    public bool HasNt => byAddress.Values.Any(password => password.Nt is not null);

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
        var verifier = _verifier.Value;
        var seen = HMACSHA256.HashData(verifier.Key, Encoding.UTF8.GetBytes(password));
        if (smtpAddress is { } known && verifier.Seen.TryGetValue(known, out var verified)
            && CryptographicOperations.FixedTimeEquals(seen, verified))
        {
            return true;
        }

        var stored = Find(smtpAddress) ?? verifier.Dummy;
        var slow = stored.Slow ?? verifier.Dummy.Slow!;
        var isSlowCorrect = slow.Verify(password);
        PasswordHash.BurnRounds(password, verifier.MaxIterations - slow.Iterations);
        var isNtCorrect = CryptographicOperations.FixedTimeEquals(NtHash.Compute(password), stored.Nt ?? verifier.Dummy.Nt!);
        var isCorrect = stored != verifier.Dummy && (stored.Slow is not null ? isSlowCorrect : isNtCorrect);
        if (isCorrect)
            verifier.Seen[smtpAddress!.Value] = seen;
        return isCorrect;
    }

    /// <summary>Verifies the NTLMv2 response of an account and, if the client announced it, the integrity of the handshake.</summary>
    /// <param name="smtpAddress">The primary address of the account, or <c>null</c> if there is no account.</param>
    /// <param name="credentials">The credentials with the response.</param>
    /// <param name="handshake">The handshake.</param>
    /// <returns><c>true</c> if the response is correct; otherwise, <c>false</c>.</returns>
    internal bool Verify(SmtpAddress? smtpAddress, NtlmCredentials credentials, NtlmHandshake handshake)
    {
        var stored = Find(smtpAddress)?.Nt;
        var hash = stored ?? _verifier.Value.Dummy.Nt!;
        var (domain, userName, response) = credentials;
        return NtHash.Verify(hash, userName, domain, handshake.Challenge, response) && stored is not null
            && credentials.Integrity?.IsCorrect(NtHash.SessionKey(hash, userName, domain, response), handshake) is not false;
    }

    private StoredPassword? Find(SmtpAddress? smtpAddress) =>
        smtpAddress is { } address ? byAddress.GetValueOrDefault(address) : null;

    /// <summary>The objects that verifications need, created for the first one: random numbers load a library of cryptography.</summary>
    private sealed class Verifier
    {
        public Verifier(IEnumerable<StoredPassword> passwords) =>
            MaxIterations = passwords.Select(password => password.Slow?.Iterations ?? 0).Append(Dummy.Slow!.Iterations).Max();

        /// <summary>Gets the password of an unknown account, so that its verification takes the same time.</summary>
        public StoredPassword Dummy { get; } = new(PasswordHash.Dummy(), RandomNumberGenerator.GetBytes(NtHash.Bytes));

        /// <summary>Gets the keyed hashes of passwords that were correct.</summary>
        public ConcurrentDictionary<SmtpAddress, byte[]> Seen { get; } = new();

        /// <summary>Gets the key of these hashes.</summary>
        public byte[] Key { get; } = RandomNumberGenerator.GetBytes(32);

        /// <summary>Gets the number of rounds that each verification takes.</summary>
        public int MaxIterations { get; }
    }
}
