using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>The NT hash of a password, and the NTLMv2 response that proves it.</summary>
/// <remarks>[MS-NLMP] 3.3.2.</remarks>
public static class NtHash
{
    /// <summary>The length of the hash in bytes.</summary>
    public const int Bytes = 16;

    private const int ProofBytes = 16;
    private const int MinBlobBytes = 28;

    /// <summary>Computes NTOWFv1: MD4 of the password in UTF-16.</summary>
    /// <param name="password">The password.</param>
    public static byte[] Compute(string password) => Md4(Encoding.Unicode.GetBytes(password));

    /// <summary>Verifies an NTLMv2 response. An NTLMv1 response, which is shorter, is never correct.</summary>
    /// <param name="hash">The hash of the password.</param>
    /// <param name="userName">The user name as typed.</param>
    /// <param name="domain">The domain as typed.</param>
    /// <param name="challenge">The challenge of the server.</param>
    /// <param name="response">The NtChallengeResponse.</param>
    /// <returns><c>true</c> if the response proves the password; otherwise, <c>false</c>.</returns>
    [SuppressMessage("Security", "CA5351", Justification = "NTLM requires HMAC-MD5.")]
    public static bool Verify(
        byte[] hash, string userName, string domain, ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> response)
    {
        if (response.Length < ProofBytes + MinBlobBytes)
            return false;
        byte[] proven = [.. challenge, .. response[ProofBytes..]];
        var proof = HMACMD5.HashData(ResponseKey(hash, userName, domain), proven);
        return CryptographicOperations.FixedTimeEquals(proof, response[..ProofBytes]);
    }

    /// <summary>Computes the SessionBaseKey of a correct NTLMv2 response.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "NTLM requires HMAC-MD5.")]
    internal static byte[] SessionKey(byte[] hash, string userName, string domain, ReadOnlySpan<byte> response) =>
        HMACMD5.HashData(ResponseKey(hash, userName, domain), response[..ProofBytes]);

    /// <summary>Computes NTOWFv2.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "NTLM requires HMAC-MD5.")]
    private static byte[] ResponseKey(byte[] hash, string userName, string domain) =>
        HMACMD5.HashData(hash, Encoding.Unicode.GetBytes(userName.ToUpperInvariant() + domain));

    /// <summary>Computes MD4, which .NET does not support.</summary>
    /// <remarks>RFC 1320.</remarks>
    private static byte[] Md4(ReadOnlySpan<byte> message)
    {
        var padded = new byte[(message.Length + 8) / 64 * 64 + 64];
        message.CopyTo(padded);
        padded[message.Length] = 0x80;
        BinaryPrimitives.WriteUInt64LittleEndian(padded.AsSpan(padded.Length - 8), (ulong)message.Length * 8);

        uint a = 0x67452301, b = 0xefcdab89, c = 0x98badcfe, d = 0x10325476;
        var x = new uint[16];
        for (var block = 0; block < padded.Length; block += 64)
        {
            for (var i = 0; i < 16; i++)
                x[i] = BinaryPrimitives.ReadUInt32LittleEndian(padded.AsSpan(block + i * 4));
            var (a0, b0, c0, d0) = (a, b, c, d);
            for (var i = 0; i < 48; i++)
            {
                var (f, k, s) = (i / 16) switch
                {
                    0 => ((b & c) | (~b & d), i, Shift(i, 3, 7, 11, 19)),
                    1 => (((b & c) | (b & d) | (c & d)) + 0x5a827999, i % 4 * 4 + (i - 16) / 4, Shift(i, 3, 5, 9, 13)),
                    _ => ((b ^ c ^ d) + 0x6ed9eba1, ThirdRound(i - 32), Shift(i, 3, 9, 11, 15)),
                };
                (a, d, c, b) = (d, c, b, BitOperations.RotateLeft(a + f + x[k], s));
            }

            (a, b, c, d) = (a + a0, b + b0, c + c0, d + d0);
        }

        var hash = new byte[Bytes];
        foreach (var (word, i) in new[] { a, b, c, d }.Select((word, i) => (word, i)))
            BinaryPrimitives.WriteUInt32LittleEndian(hash.AsSpan(i * 4), word);
        return hash;
    }

    private static int Shift(int step, params ReadOnlySpan<int> shifts) => shifts[step % 4];

    /// <summary>Reverses the bits of the number of a step.</summary>
    private static int ThirdRound(int step) => ((step & 1) << 3) | ((step & 2) << 1) | ((step & 4) >> 1) | ((step & 8) >> 3);
}
