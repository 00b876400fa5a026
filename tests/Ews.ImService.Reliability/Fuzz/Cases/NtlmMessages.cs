using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Reliability.Fuzz.Mutation;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>Creates the NTLM messages of a client.</summary>
/// <remarks>[MS-NLMP] 2.2.1, 3.3.2.</remarks>
internal static class NtlmMessages
{
    private const int HeaderLength = 64;
    private const int ChallengeOffset = 24;
    private const int ChallengeLength = 8;
    private const int ResponseField = 20;
    private const int UserField = 36;
    private const int FlagsOffset = 60;

    /// <summary>The offsets of the length, maximum length and offset of all fields of an AUTHENTICATE_MESSAGE.</summary>
    private static readonly int[] Fields = [12, 20, 28, 36, 44, 52];

    /// <summary>Gets the NT hash of the password "Password1".</summary>
    public static byte[] HashOfPassword1 { get; } = Convert.FromHexString("64F12CDDAA88057E06A81B54E73B949B");

    /// <summary>Gets the NT hash of no password.</summary>
    public static byte[] OtherHash { get; } = new byte[16];

    /// <summary>Creates a NEGOTIATE_MESSAGE with any flags.</summary>
    public static byte[] Negotiate(Random random) => [.. "NTLMSSP\0"u8, 1, 0, 0, 0, .. Values.Bytes(random, 4), .. new byte[16]];

    /// <summary>Returns the challenge in a WWW-Authenticate header, or <c>null</c>.</summary>
    public static byte[]? FindChallenge(string? header)
    {
        if (header?.StartsWith("NTLM ", StringComparison.Ordinal) != true)
            return null;
        return Convert.FromBase64String(header[5..])[ChallengeOffset..(ChallengeOffset + ChallengeLength)];
    }

    /// <summary>Creates an AUTHENTICATE_MESSAGE with an NTLMv2 response.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "NTLM requires HMAC-MD5.")]
    public static byte[] Authenticate(string userName, byte[] hash, byte[] challenge)
    {
        var (user, blob) = (Encoding.Unicode.GetBytes(userName), new byte[28]);
        var key = HMACMD5.HashData(hash, Encoding.Unicode.GetBytes(userName.ToUpperInvariant()));
        byte[] proven = [.. challenge, .. blob];
        byte[] response = [.. HMACMD5.HashData(key, proven), .. blob];
        byte[] message = [.. "NTLMSSP\0"u8, 3, 0, 0, 0, .. new byte[HeaderLength - 12], .. user, .. response];
        WriteField(message, UserField, user.Length, HeaderLength);
        WriteField(message, ResponseField, response.Length, HeaderLength + user.Length);
        message[FlagsOffset] = 1;
        return message;
    }

    /// <summary>Changes a length, an offset, the flags, or any byte of an AUTHENTICATE_MESSAGE.</summary>
    public static byte[] Change(Random random, byte[] message)
    {
        byte[] changed = [.. message];
        var field = random.Choose(Fields);
        switch (random.Next(4))
        {
            case 0:
                var length = random.Choose([0, 1, 15, 16, 43, 44, 0x7fff, 0xffff]);
                BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(field), (ushort)length);
                break;
            case 1:
                BinaryPrimitives.WriteUInt32LittleEndian(
                    changed.AsSpan(field + 4),
                    random.Choose([0u, 1u, (uint)message.Length - 1, (uint)message.Length, 0x7fffffffu, 0x80000000u, 0xffffffffu]));
                break;
            case 2:
                random.NextBytes(changed.AsSpan(FlagsOffset, 4));
                break;
            default:
                return random.Damage(changed);
        }

        return changed;
    }

    private static void WriteField(byte[] message, int at, int length, int offset)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at), (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at + 2), (ushort)length);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(at + 4), (uint)offset);
    }
}
